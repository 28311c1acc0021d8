"""The ledger's adapter: what the database holds of a lot, as the Structs that `clauses` judges.

Importing it makes every session keep the projections of the lots whose declarations it changes.
"""

from service.ledger import projection

__all__ = ["projection"]
