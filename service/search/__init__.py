"""One search box, answered by role."""
