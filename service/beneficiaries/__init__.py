"""Beneficiaries: the people of the clauses, with or without a parcours in the PLIE."""
