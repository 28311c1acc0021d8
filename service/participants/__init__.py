"""Participants: who they are, what they can do and when, what they look for, what happens next."""
