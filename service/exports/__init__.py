"""Lists taken away as spreadsheets: exactly what the list shows its reader, all its pages."""
