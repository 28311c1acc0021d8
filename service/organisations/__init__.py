"""The register of organisations: buyers, firms, operators and the rest, once each, by SIRET."""
