"""Employers: the firms of the register, seen by those who place people."""
