"""The weights of the two scores: read in words, tried on the territory, then kept as a new version."""
