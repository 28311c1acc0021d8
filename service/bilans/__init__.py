"""Bilans: the quarter of a lot, frozen; the year of a territory, by buyer, firm, public, employment."""
