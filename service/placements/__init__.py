"""Placements (mises à l'emploi): a person at work on a lot, before any hour."""
