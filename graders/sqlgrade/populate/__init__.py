"""Valid databases made for a set of queries."""

from sqlgrade.populate.generator import Generator
from sqlgrade.populate.harvest import Harvest

__all__ = ["Generator", "Harvest"]
