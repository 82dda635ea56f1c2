"""The marketplace: a synthetic company whose guests book casts, at any size, with its truth known in advance."""

from marketplace.schema import TABLES, ddl, keyless_ddl

__all__ = ["TABLES", "ddl", "keyless_ddl"]
