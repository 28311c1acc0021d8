"""Employers’ offers: list, file, entry by hand, state."""
