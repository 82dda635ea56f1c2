"""Proofs that what was planted in a data set is there: plain SQL files, and the schema's own constraints.

Each file in sql/ returns one row: ``ok``, what was ``planted`` and what was ``found``; its first two lines name it in both languages.
"""

from marketplace.checks.findings import Finding, Report
from marketplace.checks.running import check

__all__ = ["Finding", "Report", "check"]
