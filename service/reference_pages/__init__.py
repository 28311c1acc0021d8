"""Communes and occupations to choose from, wherever a form asks for one."""
