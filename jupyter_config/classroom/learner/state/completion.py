"""What Tab offers: columns of the tables in use, tables, keywords, functions, % lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from classroom.learner.state.scope import in_text_or_comment, last_keyword, read_scope, statement_around
from classroom.session.schema_index import Function, read_functions
from classroom.session.sql_names import as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from classroom.learner.state.scope import Scope
    from classroom.session.connection import Session

KEYWORDS = (
    *(
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP BY",
        "HAVING",
        "ORDER BY",
        "LIMIT",
        "OFFSET",
        "DISTINCT",
        "AS",
        "AND",
        "OR",
        "NOT",
    ),
    *("IN", "BETWEEN", "LIKE", "ILIKE", "IS NULL", "IS NOT NULL", "CASE", "WHEN", "THEN", "ELSE", "END", "ASC", "DESC"),
    *(
        "JOIN",
        "LEFT JOIN",
        "FULL JOIN",
        "CROSS JOIN",
        "ON",
        "USING",
        "UNION ALL",
        "UNION",
        "EXCEPT",
        "INTERSECT",
        "WITH",
    ),
    *("COUNT(*)", "COUNT(DISTINCT", "OVER", "PARTITION BY", "ROWS BETWEEN", "NULLS LAST", "NULLS FIRST", "FILTER"),
    *("QUALIFY", "EXISTS", "INTERVAL", "DATE", "TIMESTAMP", "TRUE", "FALSE", "NULL", "CAST", "VALUES", "PIVOT"),
    *("UNPIVOT", "DESCRIBE", "SUMMARIZE", "SHOW TABLES", "EXPLAIN"),
)
_WORD = re.compile(r'(?:([^\W\d]\w*|"(?:[^"]|"")*")\s*\.\s*)?("?[^\W\d]?\w*)$')
_MAGIC = re.compile(r"^[ \t]*%(\w*)$")
_MAGIC_TABLE = re.compile(r"^[ \t]*%(?:schema|tables)[ \t]+(\w*)$")


@dataclass(frozen=True)
class Completion:
    """One completion."""

    text: str
    kind: str
    """table, column, keyword, function, magic, alias: shown beside the text."""


@dataclass
class Completer:
    """Completion over one session."""

    session: Session
    lines: Sequence[str] = ()
    """Names of the % lines that may be written here."""
    _functions: dict[str, Function] = field(default_factory=dict)

    def complete(self, code: str, cursor: int) -> tuple[list[Completion], int]:
        """The offers for the word before the cursor, and where that word begins."""
        line = code[code.rfind("\n", 0, cursor) + 1 : cursor]
        if found := _MAGIC.match(line):
            return [Completion(f"%{each}", "magic") for each in self.lines if each.startswith(found[1].lower())], (
                cursor - len(found[1]) - 1
            )
        if found := _MAGIC_TABLE.match(line):
            return _matching(found[1], self._tables()), cursor - len(found[1])
        statement, begin = statement_around(code, cursor)
        if in_text_or_comment(statement, cursor - begin):
            return [], cursor
        word = _WORD.search(statement[: cursor - begin])
        if word is None:
            return [], cursor
        scope = read_scope(statement)
        written = word[2]
        offers = (
            self._columns_of(word[1], scope) if word[1] else self._anything(scope, statement[: word.start(2)], written)
        )
        return _matching(written, offers), cursor - len(written)

    @property
    def functions(self) -> dict[str, Function]:
        """The built-in functions by name."""
        if not self._functions:
            self._functions = read_functions(self.session.connection)
        return self._functions

    def _anything(self, scope: Scope, before: str, written: str) -> Iterable[Completion]:
        if last_keyword(before) in ("FROM", "JOIN", "DESCRIBE", "SUMMARIZE"):
            yield from (Completion(name, "cte") for name in scope.ctes)
            yield from self._tables()
            return
        for source in scope.sources:
            yield from self._columns_of(source.table, scope)
            if source.alias != source.table:
                yield Completion(source.alias, "alias")
        yield from (Completion(name, "alias") for name in scope.given_names)
        if not scope.sources:
            yield from (
                Completion(as_written(each.name), "column")
                for table in self.session.schema.tables.values()
                for each in table.columns.values()
            )
        yield from (Completion(name, "cte") for name in scope.ctes)
        yield from self._tables()
        if written:
            lower = written.islower()
            yield from (Completion(word.lower() if lower else word, "keyword") for word in KEYWORDS)
            yield from (Completion(name if lower else name.upper(), "function") for name in self.functions)

    def _tables(self) -> Iterable[Completion]:
        return (Completion(as_written(name), "table") for name in sorted(self.session.schema.tables))

    def _columns_of(self, name: str, scope: Scope) -> Iterable[Completion]:
        schema = f"{name.lower()}."
        inside = [each for each in sorted(self.session.schema.tables) if each.lower().startswith(schema)]
        if inside and scope.table_called(name) is None:
            return (Completion(as_written(each.partition(".")[2]), "table") for each in inside)
        table = self.session.schema.table(scope.table_called(name) or name)
        return (Completion(as_written(each.name), "column") for each in table.columns.values()) if table else ()


def _matching(written: str, offers: Iterable[Completion]) -> list[Completion]:
    wanted = written.strip('"').lower()
    found = {
        offer.text.lower(): offer
        for offer in reversed(list(offers))
        if offer.text.strip('"').lower().startswith(wanted)
    }
    return list(reversed(found.values()))[:200]
