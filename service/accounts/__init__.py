"""Accounts: sign in and out, invitations, roles, the journal of acts and of readings."""
