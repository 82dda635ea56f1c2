"""The learner's connection to the practice database: read-only, sealed off and locked."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.session.limits import QueryLimits, query_limits
from classroom.session.schema_index import SchemaIndex, read_schema
from coursebook.given_views import SCHEMA as GIVEN
from coursebook.given_views import mentions_given, view_statement
from coursebook.own_schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import duckdb

_READING_WORDS = frozenset("SELECT WITH FROM PIVOT UNPIVOT VALUES TABLE DESCRIBE DESC SUMMARIZE SHOW (".split())
_log = logging.getLogger(__name__)
_EXPLAINING_WORDS = frozenset({"EXPLAIN", "ANALYZE"})


@dataclass(frozen=True)
class CellStatement:
    """One statement of a cell."""

    sql: str
    kind: str
    """DuckDB's statement type, such as SELECT."""

    @property
    def act(self) -> str:
        """What it does: its type, or the first word of what is explained or holds a PIVOT, whose type is MULTI."""
        return _leading_word(self.sql) if self.kind in {"EXPLAIN", "MULTI"} else self.kind

    @property
    def reads_only(self) -> bool:
        """Whether a learner may run it; a write inside WITH meets the read-only file."""
        return self.act in _READING_WORDS


def _leading_word(sql: str) -> str:
    """The first word of a statement in capitals, past comments and an EXPLAIN with its options."""
    words = iter(_words(sql))
    word = next(words, "")
    while word in _EXPLAINING_WORDS:
        word = next(words, "")
        if word == "(" and (option := next(words, "")) not in _READING_WORDS:
            while option not in {")", ""}:
                option = next(words, "")
            word = next(words, "")
    return word


def _words(sql: str) -> Iterator[str]:
    """Words and signs in capitals, without comments, as the engine's own tokenizer cuts them."""
    import duckdb

    raw = sql.encode()
    tokens = [(place, kind) for place, kind in duckdb.tokenize(sql) if kind != duckdb.token_type.comment]
    for place, _ in tokens:
        word = re.match(r"\w+|\S", raw[place:].decode(errors="ignore"))
        yield word[0].upper() if word else ""


def _give(connection: duckdb.DuckDBPyConnection, given: Mapping[str, str]) -> None:
    """Make the views of lessons; one whose tables are not here, in data of another sort, is left out."""
    import duckdb

    for name, query in given.items():
        try:
            connection.execute(view_statement(name, query))
        except duckdb.Error as fault:
            _log.info("%s can't be given: %s", name, fault)


class Session:
    """One open practice database, as it is or after some nights."""

    def __init__(
        self,
        practice: Path | None,
        limits: QueryLimits | None = None,
        night: int = 0,
        *,
        own: bool = False,
        given: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        """Open it; with a night, through that night's file, which holds nothing later. Raises MarketplaceError.

        A night below 0 is a morning before the end of the data.

        With `own`, the learner's own schema stands beside it, empty as yet; `given` tells the views of lessons, name -> query,
        and is asked once something may read them: a first query of the day does not wait for the course to be read.
        """
        from sqlgrade.engine.sealed import FIRST, open_sealed
        from sqlgrade.engine.watchdog import Watchdog

        self.practice = practice
        self.limits = limits or query_limits()
        self.has_own = own
        self.held: dict[str, int] = {}
        """What the learner's own schema holds here: name -> number of its making."""
        memory, threads = self.limits.memory, self.limits.threads
        file, beside = practice, {}
        past: tuple[tuple[str, str], ...] = ()
        if night > 0 and practice is not None:
            from marketplace.nights import FIXED_NAME, ensure_night

            file, beside = ensure_night(practice, night), {FIXED_NAME: practice}
        elif night < 0 and practice is not None:
            from marketplace.nights import past_views

            past = tuple(past_views(night, FIRST))
        self.connection = open_sealed(
            file,
            memory=memory,
            threads=threads,
            timezone=None,
            beside=beside,
            own=SCHEMA if own else "",
            given=GIVEN if given else "",
            past=past,
        )
        self.watch = Watchdog(self.connection)
        self._schema: SchemaIndex | None = None
        self._ungiven = given
        if own:  # what the learner has made may read them
            self.give()

    @property
    def schema(self) -> SchemaIndex:
        """Tables and columns, read once."""
        if self._schema is None:
            self.give()
            self._schema = read_schema(self.connection)
        return self._schema

    def give(self) -> None:
        """Make the views of lessons, once."""
        if self._ungiven is not None:
            _give(self.connection, self._ungiven())
            self._ungiven = None  # at the end: whoever presses Stop meanwhile has them made by the next cell

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A second line to the data, on which names of tables mean what they mean on the first: DuckDB's own begins without."""
        made = self.connection.cursor()
        row = self.connection.execute("SELECT current_database()").fetchone()
        made.execute(f'USE "{row[0] if row else "memory"}"')
        return made

    def forget_schema(self) -> None:
        """Read the tables anew when they are asked for: the learner's own have changed."""
        self._schema = None

    def statements(self, sql: str) -> list[CellStatement]:
        """The statements of a text; raises duckdb.ParserException where it is not SQL."""
        from sqlgrade.engine.statement_type import type_of

        if mentions_given(sql):
            self.give()
        return [CellStatement(each.query, type_of(each)) for each in self.connection.extract_statements(sql)]

    def close(self) -> None:
        """Close the database."""
        self.watch.close()
        self.connection.close()
