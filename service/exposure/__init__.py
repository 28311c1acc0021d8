"""Who is suggested, proposed and hired, by group: read against those whom the PLIE accompanies."""
