"""The values that a column of the schema is known to hold, to tell a misspelt one from one that is there."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from sqlgrade.parse import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlgrade.pack.contents import Pack

_NEAR_ENOUGH, _MOST_LETTERS_APART = 0.75, 2
_DATE, _YEAR = re.compile(r"\d{4}-\d"), re.compile(r"(19|20)\d\d")
_BETWEEN = re.compile(r"\s*[,、，;/]\s*")


class KnownValues:
    """Texts by column: all of them where a CHECK lists them or the table is fixed, else those that were ever seen."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._schema = pack.schema

    def complete(self, origin: str) -> frozenset[str]:
        """All values that `table.column` may hold, as far as its schema or a fixed table says so; else none."""
        return self._listed.get(origin) or self._fixed.get(origin) or frozenset()

    def of_column(self, origin: str) -> frozenset[str]:
        """All values of `table.column` that are known at all."""
        return self.complete(origin) or frozenset(self._seen.get(origin, ()))

    def table_of(self, origin: str) -> str:
        """The fixed table whose key `table.column` refers to, where its values can be looked up; empty if none."""
        name, _, column = origin.partition(".")
        links = (link for table in self._schema.tables if table.name.lower() == name for link in table.foreign_keys)
        named = (link.parent for link in links if [each.lower() for each in link.columns] == [column])
        return next((parent for parent in named if parent in self._schema.fixed), "")

    def lacks_end(self, tree: exp.Expr) -> bool:
        """Whether each right answer holds times against an end, a year being one, and no year of a query can be one."""
        if not all(map(_begins, (text for text in tree.find_all(exp.Literal) if _YEAR.match(text.name)))):
            return False
        try:
            right = [sqlglot.parse_one(each.sql, dialect="duckdb") for each in self._pack.exercise.solutions]
        except UNREADABLE:
            return False
        return all(map(_has_end, right))

    @cached_property
    def _seen(self) -> Mapping[str, set[str]]:
        """The texts of the author's pools and of the databases' rows."""
        pools = self._pack.exercise.pools.items()
        seen = {name.lower(): {value for value in values if isinstance(value, str)} for name, values in pools}
        for table, entry in itertools.product(self._schema.varied, self._pack.databases):
            for row in entry.database.tables.get(table.name, ()):
                for column, cell in zip(table.columns, row, strict=True):
                    if isinstance(cell, str):
                        seen.setdefault(f"{table.name}.{column.name}".lower(), set()).add(cell)
        return seen

    @cached_property
    def _listed(self) -> Mapping[str, frozenset[str]]:
        found = {}
        for table in self._schema.tables:
            for check in table.checks:
                listed = _list_in(check)
                if listed is not None:
                    found[f"{table.name}.{listed[0]}".lower()] = listed[1]
        return found

    @cached_property
    def _fixed(self) -> Mapping[str, frozenset[str]]:
        """The texts of fixed tables, for their own columns and for those that refer to them."""
        found: dict[str, frozenset[str]] = {}
        for name, rows in self._schema.fixed.items():
            table = self._schema.table(name)
            for place, column in enumerate(table.columns):
                values = frozenset(row[place] for row in rows if isinstance(row[place], str))
                found[f"{name}.{column.name}".lower()] = values
        for table in self._schema.tables:
            for link in table.foreign_keys:
                if len(link.columns) == 1 and (texts := found.get(f"{link.parent}.{link.parent_columns[0]}".lower())):
                    found.setdefault(f"{table.name}.{link.columns[0]}".lower(), texts)
        return found


def _begins(date: exp.Literal) -> bool:
    """Whether a date is one that times are to be later than."""
    above: exp.Expr = date
    while above.parent is not None and not isinstance(above.parent, exp.Predicate | exp.Query):
        above = above.parent
    return isinstance(above.parent, exp.GT | exp.GTE) and above.arg_key == "expression"


def _has_end(tree: exp.Expr) -> bool:
    """Whether times are held against a date that they lie before, or against a year."""
    for each in tree.find_all(exp.LT, exp.LTE, exp.Between, exp.EQ, exp.In):
        if isinstance(each, exp.EQ | exp.In):
            if any(
                isinstance(part, exp.Year) or part.name.lower() == "year"
                for part in each.find_all(exp.Year, exp.Extract)
            ):
                return True
        elif any(_DATE.match(text.name) for text in each.find_all(exp.Literal)):
            return True
    return False


def how_it_misses(value: str, known: Iterable[str]) -> tuple[str, str]:
    """Why a value is none of the known ones, and the one that it is near to: list, case, width, near or unknown."""
    known = sorted(known)
    parts = [part.strip(" '\"") for part in _BETWEEN.split(value)]
    if len(parts) > 1 and not set(parts).isdisjoint(known):
        return "list", ""
    for kind, same in (("case", str.casefold), ("width", _plain)):
        if near := next((each for each in known if same(each) == same(value)), ""):
            return kind, near
    near = _near(value, known)
    return ("near" if near else "unknown"), near


def _near(value: str, known: list[str]) -> str:
    """The one value that begins as another one does, or that is the likeliest to be meant by it; empty if there is none."""
    inside = [each for each in known if len(value) > 1 and (each.startswith(value) or value.startswith(each))]
    if len(inside) == 1:
        return inside[0]
    as_long = [each.casefold() for each in known if abs(len(each) - len(value)) <= _MOST_LETTERS_APART]
    close = difflib.get_close_matches(value.casefold(), as_long, 1, _NEAR_ENOUGH)
    return next((each for each in known if each.casefold() in close), "")


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _list_in(check: str) -> tuple[str, frozenset[str]] | None:
    """The column and the texts of a CHECK of the form `column IN ('a', 'b')`."""
    try:
        tree = sqlglot.parse_one(check, dialect="duckdb").unnest()
    except UNREADABLE:
        return None
    if not isinstance(tree, exp.In) or not isinstance(tree.this, exp.Column):
        return None
    values = [each.name for each in tree.expressions if isinstance(each, exp.Literal) and each.is_string]
    return (tree.this.name.lower(), frozenset(values)) if values and len(values) == len(tree.expressions) else None
