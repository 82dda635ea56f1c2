"""Statements on one's own schema, `my.`: a view or a small table of the learner's, and the query in it, which is what a judge reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCHEMA = "my"
_GAP = r"(?:\s++|--[^\n]*+\n|/\*.*?\*/)"
_NAME = r'(?P<name>"[^"\n]*"|\w+)'
_MAKES = re.compile(
    rf"{_GAP}*+CREATE{_GAP}++(?P<replaces>OR{_GAP}++REPLACE{_GAP}++)?+(?P<kind>VIEW|TABLE){_GAP}++"
    rf"(?P<if_new>IF{_GAP}++NOT{_GAP}++EXISTS{_GAP}++)?+my{_GAP}*+\.{_GAP}*+{_NAME}{_GAP}*+AS\b(?P<query>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DROPS = re.compile(
    rf"{_GAP}*+DROP{_GAP}++(?P<kind>VIEW|TABLE){_GAP}++(?P<if_there>IF{_GAP}++EXISTS{_GAP}++)?+my{_GAP}*+\.{_GAP}*+{_NAME}{_GAP}*+;?{_GAP}*+",
    re.IGNORECASE | re.DOTALL,
)
_MENTIONED = re.compile(r"\bmy\s*\.", re.IGNORECASE)
_FIT = re.compile(r"[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True)
class Making:
    """`CREATE [OR REPLACE] VIEW|TABLE [IF NOT EXISTS] my.name AS SELECT …`."""

    kind: str
    """`view` or `table`."""
    name: str
    query: str
    """What stands after AS."""
    start: int
    """Where that begins in the statement."""
    replaces: bool = False
    """Whether one of that name gives way."""
    only_if_new: bool = False
    """Whether one of that name stays."""

    @property
    def has_fit_name(self) -> bool:
        """Whether its name is one that every database takes: small letters, digits and _."""
        return _FIT.fullmatch(self.name) is not None


@dataclass(frozen=True)
class Dropping:
    """`DROP VIEW|TABLE [IF EXISTS] my.name`."""

    kind: str
    name: str
    only_if_there: bool = False


def own_statement(sql: str) -> Making | Dropping | None:
    """What one statement does to the learner's own schema; None if it does something else, or has another form."""
    if found := _MAKES.fullmatch(sql):
        return Making(
            found["kind"].lower(),
            found["name"].strip('"'),
            found["query"].strip().rstrip(";").rstrip(),
            found.start("query"),
            replaces=found["replaces"] is not None,
            only_if_new=found["if_new"] is not None,
        )
    if found := _DROPS.fullmatch(sql):
        return Dropping(found["kind"].lower(), found["name"].strip('"'), found["if_there"] is not None)
    return None


def mentions_own(sql: str) -> bool:
    """Whether a text may speak of the learner's own schema."""
    return _MENTIONED.search(sql) is not None


def query_in(sql: str) -> str:
    """The query of an answer that makes a view or table of it, at its place in the text; any other text as it is."""
    made = own_statement(sql)
    if not isinstance(made, Making):
        return sql
    return re.sub(r"[^\n]", " ", sql[: made.start]) + sql[made.start :]
