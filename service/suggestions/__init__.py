"""Candidates for an offer, offers for a participant: the matching core seen through each role's rights."""
