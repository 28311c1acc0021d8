"""Absences: a référent leaves her caseload to a colleague of her structure, from one day to another."""
