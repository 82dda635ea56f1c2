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
    "app_events",
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

FIXED: tuple[str, ...] = ("areas", "calendar", "recommender_releases")
"""The tables that hold the same rows in all data."""

_CONSTRAINT_LINE = re.compile(r"^  (?:PRIMARY KEY|FOREIGN KEY|UNIQUE|CHECK)\b.*\n", re.MULTILINE)
_COMMENT_LINE = re.compile(r"^--.*\n", re.MULTILINE)
_COMMA_BEFORE_END = re.compile(r",\n\);")


@cache
def ddl() -> str:
    """Return the DDL with keys, foreign keys, checks and comments."""
    return (files("marketplace") / "schema.sql").read_text(encoding="utf-8")


@cache
def fixed_rows() -> str:
    """Return a script that fills the fixed tables; its calendar reaches a year beyond the data on both sides."""
    return (files("marketplace") / "fixed.sql").read_text(encoding="utf-8")


@cache
def promises() -> tuple[str, ...]:
    """Return the queries that return no row on any data set: what holds beyond the schema's own checks."""
    text = (files("marketplace") / "promises.sql").read_text(encoding="utf-8")
    queries = _COMMENT_LINE.sub("", text).split(";")
    return tuple(query.strip() for query in queries if query.strip())


_PROMISE_ABOUT = (
    ("app_event", re.compile(r"\bevent_(params|name|timestamp)\b")),
    ("open_day", re.compile(r"\bcalendar\b")),
    ("refund", re.compile(r"\boriginal_payment_id\b")),
    ("resent", re.compile(r"\bevent_id\b")),
    ("same_person", re.compile(r"\b(guest|cast)_id <> ")),
)
"""What a promise is about, by what its query names; the first that fits."""


def promise_about(rule: str) -> str:
    """What a promise is about, of its query or of a condition made of it: a name for a sentence; empty if it is none of them."""
    return next((name for name, named in _PROMISE_ABOUT if named.search(rule)), "")


@cache
def keyless_ddl() -> str:
    """Return the DDL without keys and checks, for files that are filled by the million rows.

    A physical foreign key makes inserting about 30 times slower; ``penguin data check`` proves the keys instead.
    """
    return _COMMA_BEFORE_END.sub("\n);", _CONSTRAINT_LINE.sub("", ddl()))
