"""What a firm declares: the month on one page, its receipt, its corrections; the mandataire's visa."""
