"""Proposals: a person proposed on an offer, from the référent's agreement to the hiring."""
