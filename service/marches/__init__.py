"""Marchés: the portfolio, a marché's file, its entry."""
