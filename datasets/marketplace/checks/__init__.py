"""Proofs that what was planted in a data set is there: plain SQL files, and the schema's own constraints.

Each file in sql/ returns one row: ``ok``, then the facts that its head's ``found`` lines put into words; the head also names the check and
says what was planted, in both languages. The files in expo/ are alike: from 301 on the issues that an Expo may find, from 351 on what
looks like one and is none. They are run when they are asked for, since they name what learners look for themselves.
"""

from marketplace.checks.findings import Described, Finding, Report
from marketplace.checks.running import check, described

__all__ = ["Described", "Finding", "Report", "check", "described"]
