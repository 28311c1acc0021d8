"""A lot: its file, calibration, events, parties."""
