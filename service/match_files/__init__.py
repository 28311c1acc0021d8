"""Matching on plain files, without a database: what `passerelle match`, `levers` and `schema` share."""
