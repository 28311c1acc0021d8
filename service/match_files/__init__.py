"""Matching on plain files, without a database: what `passerelle match` and `passerelle schema` share."""
