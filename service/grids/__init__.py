"""Eligibility grids: the territory's own, version after version, and which lots follow which."""
