"""The ledger's adapter: what the database holds of a lot, as the Structs that `clauses` judges."""
