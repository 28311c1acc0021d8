"""Files brought from elsewhere: read row by row, what cannot be read told, the rest kept."""
