"""Texts in another dialect than DuckDB's: BigQuery's GoogleSQL is read, checked by its own rules and made DuckDB's.

`spoken.spoken` is the one way in, `heading` tells whether there is anything to do. Nothing is let through that is not known: each kind of
node, clause and function is named in a table here, with the page of Google's reference that describes it, and anything else "cannot be run
here".
"""
