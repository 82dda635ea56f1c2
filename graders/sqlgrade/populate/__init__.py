"""Valid databases made for a set of queries (pass 6)."""

from sqlgrade.populate.generator import Generator

__all__ = ["Generator"]
