"""Likely duplicates of persons and firms: listed for the coordination, set apart by hand, never merged."""
