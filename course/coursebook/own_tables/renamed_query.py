"""A query of the course's on a company's tables: names and values exchanged, its layout as it is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sqlglot import exp

from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.telling import identifier
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coursebook.own_tables.names import Names
    from sqlgrade.query.query import Source

_TOKEN = re.compile(r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<text>'(?:[^']|'')*')|(?P<name>[^\W\d]\w*)", re.DOTALL)
_BY_THE_CLOCK = re.compile(r"\bINTERVAL\s+\d+\s+HOUR|\b(?:TIMESTAMP|DATE)\s+'|'\d{4}-\d\d-\d\d", re.IGNORECASE)
_ROW = re.compile(r"-- [a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*)*")
_HOURS = re.compile(r"\bINTERVAL\s+\d+\s+HOUR", re.IGNORECASE)
_DEEPEST = 12


def renamed_query(sql: str, names: Names, comment: Callable[[str], str] | None = None) -> str:
    """The query on the company's tables.

    Args:
        sql: A query that runs, or a piece of one that does not.
        names: What its names mean; what they become is remembered there.
        comment: What becomes of a comment; left out, its names alone are exchanged.

    Raises:
        NotPlayed: something that it reads has no counterpart.
    """
    return _exchanged(sql, names, _by_place(sql, names), comment or (lambda text: in_names(text, names)))


def renamed_piece(sql: str, names: Names) -> str:
    """A piece of a query, as a text quotes it; raises NotPlayed."""
    if re.search(r"\bFROM\b", sql):
        return renamed_query(sql, names)
    return _exchanged(sql, names, {}, lambda text: in_names(text, names))


def _exchanged(sql: str, names: Names, by_place: dict[int, str], comment: Callable[[str], str]) -> str:
    def exchanged(found: re.Match[str]) -> str:
        if found["comment"]:
            return comment(found[0])
        if found["text"]:
            return f"'{names.value(found[0][1:-1])}'"
        if found.start() in by_place:
            return by_place[found.start()]
        return _alone(found[0], names) if not by_place else found[0]

    return _TOKEN.sub(exchanged, sql)


def in_names(text: str, names: Names) -> str:
    """A text whose identifiers are exchanged: words with an underscore, and tables."""

    def exchanged(found: re.Match[str]) -> str:
        word = found[0]
        return names.free(word) if "_" in word.strip("_") or word in course_tables() else word

    if _ROW.fullmatch(text):
        return in_row(text, names)
    return re.sub(r"[a-z][a-z0-9_]*", exchanged, text)


def in_row(text: str, names: Names) -> str:
    """Names in a row, all of which are names: cast_id, grade."""
    return re.sub(r"[a-z][a-z0-9_]*", lambda word: names.free(word[0]), text)


def tables_in(sql: str) -> tuple[str, ...]:
    """The course's tables that a query reads, in their order; words of a text that can't be read."""
    query = _read(sql)
    if query is None:
        return tuple(dict.fromkeys(word for word in re.findall(r"[a-z_]+", sql) if word in course_tables()))
    found = [each.name.lower() for each in query.find(exp.Table)]
    return tuple(dict.fromkeys(each for each in found if each in course_tables()))


def _alone(word: str, names: Names) -> str:
    """A word of a query that can't be read."""
    return names.free(word) if word.islower() or "_" in word.strip("_") else word


@cache
def _columns() -> SchemaColumns:
    import marketplace
    from sqlgrade.engine.ddl import read_schema

    return SchemaColumns.of(read_schema(marketplace.ddl()))


def _read(sql: str) -> Query | None:
    try:
        return Query(sql, _columns())
    except RULE_FAULTS:
        return None


def _by_place(sql: str, names: Names) -> dict[int, str]:
    """Where an identifier begins -> what stands there instead; empty where the query can't be read."""
    query = _read(sql)
    if query is None:
        return {}
    return dict(_Renaming(query, names, sql).places())


class _Renaming:
    """One query's identifiers."""

    def __init__(self, query: Query, names: Names, sql: str) -> None:
        self.query, self.names, self.sql = query, names, sql
        self.read = tables_in(sql)
        if _HOURS.search(sql) and not names.parts.clock_is_the_courses:
            raise NotPlayed("clock")
        self.by_the_clock = bool(_BY_THE_CLOCK.search(sql))

    def places(self) -> Iterator[tuple[int, str]]:
        """Each identifier's place and its new name."""
        self._refuse_twins()
        for word in self.query.find(exp.Identifier):
            start = word.meta.get("start")
            if start is not None and not word.quoted and word.name.strip("_"):  # a blank to be filled in stays
                renamed = self._of(word)
                if renamed != word.name:
                    yield start, identifier(renamed)

    def _of(self, word: exp.Identifier) -> str:
        parent = word.parent
        if isinstance(parent, exp.Column):
            return self.names.meet(word.name, self._column(parent)) if word is parent.this else self._qualifier(parent)
        if isinstance(parent, exp.Table) and word is parent.this:
            return self._table(parent)
        if isinstance(parent, exp.Join):
            return self._merged(parent, word.name)
        return self.names.meet(word.name, self._output(word.name))

    def _table(self, table: exp.Table) -> str:
        source = next((each for each in self._sources(table) if each.node is table), None)
        if source is None or source.table is None:
            return self._output(table.name)
        return self.names.meet(table.name, self.names.free(table.name))

    def _sources(self, table: exp.Table) -> list[Source]:
        select = table.find_ancestor(exp.Select)
        return list(self.query.sources(select).values()) if select is not None else []

    def _qualifier(self, column: exp.Column) -> str:
        source = self.query.source_of(column)
        if source is not None and source.table is not None and source.alias == source.table:
            return self.names.parts.table(source.table).name
        return self._output(column.table)

    def _column(self, column: exp.Column) -> str:
        source = self.query.source_of(column)
        return self._of_source(source, column.name.lower()) if source is not None else self._output(column.name)

    def _of_source(self, source: Source, name: str, depth: int = 0) -> str:
        """The new name of a FROM item's column: a table's own, or what the block inside gives it."""
        if source.table in course_tables():
            played = self.names.parts.column(str(source.table), name)
            if played.shifted and self.by_the_clock:
                raise NotPlayed("shifted", column=f"{source.table}.{name}")
            return played.name
        block = self.query.block_of(source)
        for item in block.expressions if block is not None and depth < _DEEPEST else ():
            if isinstance(item, exp.Column) and item.name.lower() == name:
                inner = self.query.source_of(item)
                return self._of_source(inner, name, depth + 1) if inner is not None else self._output(name)
            if item.is_star and block is not None:
                for inner in self.query.sources(block).values():
                    if name in inner.families:
                        return self._of_source(inner, name, depth + 1)
        return self._output(name)

    def _output(self, name: str) -> str:
        return self.names.output(name, self.read)

    def _merged(self, join: exp.Join, name: str) -> str:
        """A column of USING, which both sides must have."""
        select = join.find_ancestor(exp.Select)
        found = {
            self._of_source(each, name)
            for each in (self.query.sources(select).values() if select is not None else ())
            if name in each.families
        }
        if len(found) > 1:
            raise NotPlayed("joined", column=name, names=", ".join(sorted(found)))
        return next(iter(found), name)

    def _refuse_twins(self) -> None:
        """No two columns of a result may get one name."""
        for block in self.query.selects():
            given = [self._item(each) for each in block.expressions if not each.is_star]
            before = [each.alias_or_name for each in block.expressions if not each.is_star]
            twins = sorted({each for each in given if each and given.count(each) > 1})
            if twins and len(set(before)) == len(before):
                raise NotPlayed("twins", column=twins[0])

    def _item(self, item: exp.Expr) -> str:
        if isinstance(item, exp.Column):
            return self._column(item)
        return self._output(item.alias) if isinstance(item, exp.Alias) else ""
