"""The marketplace: a synthetic company whose guests book casts, at any size, with its truth known in advance."""

from marketplace.data_dictionary import ColumnEntry, TableEntry, dictionary
from marketplace.lookup import Hit, describe_text, search
from marketplace.schema import TABLES, ddl, keyless_ddl

__all__ = [
    "TABLES",
    "ColumnEntry",
    "Hit",
    "TableEntry",
    "ddl",
    "describe_text",
    "dictionary",
    "keyless_ddl",
    "search",
]
