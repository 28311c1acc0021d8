"""The parcours: spells in the PLIE, steps, contacts."""
