"""The schema of the marketplace: one SQL file, read with or without its keys."""

import re
from functools import cache
from importlib.resources import files

TABLES: tuple[str, ...] = (
    "areas",
    "calendar",
    "casts",
    "recommender_releases",
    "experiments",
    "campaigns",
    "guests",
    "guest_devices",
    "experiment_assignments",
    "sessions",
    "list_impressions",
    "talks",
    "messages",
    "cast_shifts",
    "appointments",
    "appointment_status_log",
    "payments",
    "point_ledger",
    "fraud_scores",
)
"""Every table, each after the tables that it refers to."""

_CONSTRAINT_LINE = re.compile(r"^  (?:PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b.*\n", re.MULTILINE)
_COMMA_BEFORE_END = re.compile(r",\n\);")


@cache
def ddl() -> str:
    """Return the DDL with keys, foreign keys, checks and comments."""
    return (files("marketplace") / "schema.sql").read_text(encoding="utf-8")


@cache
def keyless_ddl() -> str:
    """Return the DDL without keys and checks, for files that are filled by the million rows.

    A physical foreign key makes inserting about 30 times slower; ``penguin data check`` proves the keys instead.
    """
    return _COMMA_BEFORE_END.sub("\n);", _CONSTRAINT_LINE.sub("", ddl()))
