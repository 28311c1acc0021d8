"""Penalties: simulated, proposed by the facilitator, decided by the buyer."""
