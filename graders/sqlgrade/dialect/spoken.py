"""A text in BigQuery's dialect as DuckDB runs it, with the differences kept; or an honest word why it can't be run here.

A time column may be a DATETIME or a TIMESTAMP at a company, so a text is read with both, and has to agree with itself with one of them.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from sqlgrade.dialect.chains import chained
from sqlgrade.dialect.forms import Unspoken
from sqlgrade.dialect.given import given_for, mention, paths_of, written_out
from sqlgrade.dialect.heading import BIGQUERY, DIALECTS, DUCKDB, SYSTEMS, named_dialect
from sqlgrade.dialect.places import Places, PlacesAround
from sqlgrade.dialect.queries import Queries
from sqlgrade.dialect.reading import refusal, trees_of
from sqlgrade.dialect.scope import Scope
from sqlgrade.dialect.scripts import prepared
from sqlgrade.dialect.table_names import paths_as_written, without_schemas
from sqlgrade.dialect.types import DATETIME, TIMESTAMP
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tables = Mapping[str, Mapping[str, str]]

_log = logging.getLogger(__name__)
_OF_TIMESTAMPS = re.compile(
    r"\bTIMESTAMP_(?:DIFF|TRUNC|ADD|SUB)\b|\bFORMAT_TIMESTAMP\b|\bTIMESTAMP\s*['\"]", re.IGNORECASE
)
"""What is written by somebody to whom the time columns are TIMESTAMPs."""


_OF_NO_NUMBER = re.compile(r"\bIEEE_DIVIDE\b|['\"]nan['\"]|\bCORR\b", re.IGNORECASE)
"""What may give NaN."""


@dataclass(frozen=True)
class Spoken:
    """A text that was written otherwise than it is run: in another dialect, with schemas, or as a script."""

    written: str
    sql: str
    dialect: str = BIGQUERY
    """In which it was written."""
    start: int = 0
    """Where the views that it reads were put in, and how long they are."""
    length: int = 0
    stands_for: tuple[int, int] = (0, 0)
    """Where the text as it was written first speaks of one of them."""

    @property
    def own(self) -> str:
        """The text that is run, without the views that were put in."""
        return self.sql[: self.start] + self.sql[self.start + self.length :]

    @cached_property
    def places(self) -> Places | PlacesAround:
        """Where its words were written."""
        places = Places(self.written, self.own, self.dialect)
        return PlacesAround(places, (self.start, self.length), self.stands_for) if self.length else places

    def is_given(self, start: int, end: int) -> bool:
        """Whether a stretch of the text that is run lies within the views that were put in."""
        return self.start <= start and end <= self.start + self.length


def spoken(
    text: str,
    tables: Tables,
    dialect: str = DUCKDB,
    paths: Mapping[str, tuple[str, ...]] | None = None,
    keys: Mapping[str, tuple[str, ...]] | None = None,
    given: Mapping[str, str] | None = None,
    *,
    pasted: bool = False,
) -> Spoken | RunError | None:
    """A text in the dialect that it names, else in the one given, for DuckDB; None for one that can be run as it is.

    What may run is judged on the translated text, never before.

    Args:
        text: as written, its parameters filled in.
        tables: table -> column -> DuckDB's type.
        dialect: what a text is written in that names none.
        paths: the tables that the task's DDL puts in a schema, with their full names; where it has none, those that the text writes are left out.
        keys: table -> the columns of its primary key.
        pasted: whether it is a query from work and no answer: its line may name any of heading.SYSTEMS.
        given: name -> query of the views that the task gives (see dialect.given); `tables` has them by their flat names.
    """
    given = given_for(text, given)
    read = _read(text, tables, dialect, paths, keys or {}, paths_of(given), pasted=pasted)
    if not given or isinstance(read, RunError):
        return read
    out = written_out(text if read is None else read.sql, given)
    if out is None:
        return read
    named = DUCKDB if read is None else read.dialect
    return Spoken(text, out.sql, named, out.start, out.length, mention(text, given))


def _read(
    text: str,
    tables: Tables,
    dialect: str,
    paths: Mapping[str, tuple[str, ...]] | None,
    keys: Mapping[str, tuple[str, ...]],
    views: Mapping[str, tuple[str, ...]],
    *,
    pasted: bool,
) -> Spoken | RunError | None:
    """A text for DuckDB as spoken gives it, all views being tables."""
    named = named_dialect(text)
    dialect = named or dialect
    if dialect not in DIALECTS and (dialect not in SYSTEMS or (named is not None and not pasted)):
        return refusal("unknown", dialect, None, ", ".join(DIALECTS))
    single = chained(text, dialect)
    if isinstance(single, RunError):
        return single
    paths = {**(paths or paths_as_written(single, tables, dialect)), **views}
    plain = without_schemas(single, paths, dialect)
    if dialect in SYSTEMS:
        return _from_system(
            text,
            without_schemas(single, {name: (name,) for name in tables} | paths, dialect),
            tables,
            dialect,
            keys,
        )
    if dialect == DUCKDB:
        return Spoken(text, plain, DUCKDB) if plain != text else None
    read = _from_bigquery(plain, tables)
    if plain == text:
        return read
    if isinstance(read, Spoken):
        return replace(read, written=text)
    return _back(read, Places(text, plain, dialect))


def _back(error: RunError, places: Places) -> RunError:
    """The error with its place in the text as it was written."""
    return error if error.position is None else replace(error, position=places.back(error.position))


def _from_system(
    text: str, plain: str, tables: Tables, system: str, keys: Mapping[str, tuple[str, ...]]
) -> Spoken | RunError:
    from sqlgrade.dialect.systems import translated

    try:
        read = translated(plain, system, tables, keys)
    except RULE_FAULTS:
        _log.exception("a text for %s could not be translated", system)
        return refusal("unsupported", "SQL", None)
    if isinstance(read, str):
        return Spoken(text, read, system)
    return _back(read, Places(text, plain, system))


def _from_bigquery(text: str, tables: Tables) -> Spoken | RunError:
    try:
        return _translated(text, tables)
    except RecursionError:
        return refusal("unsupported", "(((…)))", None)
    except RULE_FAULTS:
        _log.exception("a text in BigQuery's dialect could not be translated")
        return refusal("unsupported", "SQL", None)


def _translated(text: str, tables: Tables) -> Spoken | RunError:
    trees = trees_of(text)
    if isinstance(trees, RunError):
        return trees
    may_be_nan = _OF_NO_NUMBER.search(text) is not None
    first: Unspoken | None = None
    for moment in (TIMESTAMP, DATETIME) if _OF_TIMESTAMPS.search(text) else (DATETIME, TIMESTAMP):
        try:
            queries, outermost = Queries(tables, moment), Scope(may_be_nan=may_be_nan)
            made = [queries.read(each, outermost)[0] for each in trees if not prepared(queries, each, outermost)]
        except Unspoken as trouble:
            if first is None or (trouble.rule, first.rule) in (("types", "unsupported"), ("form", "types")):
                first = trouble
            if trouble.rule != "types":
                break
            continue
        if not made:
            return RunError(
                kinds.NOT_ALLOWED, "statement_type", 0, "statement_type", trees[0].key.upper() if trees else ""
            )
        for each in made:
            _quote_only_where_needed(each)
        return Spoken(text, ";\n".join(each.sql("duckdb", pretty=len(text) < _LONGEST_LAID_OUT) for each in made))
    assert first is not None  # noqa: S101  (one of the two readings ended so)
    place = _place(first.node)
    if first.rule == "column":  # in the engine's own words, which the error cards know
        return RunError(kinds.BIND, f"Binder Error: {first.name}", place)
    return refusal(first.rule, first.name, place, first.use)


_LONGEST_LAID_OUT = 20_000
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RESERVED = frozenset(
    "ANALYSE ANALYZE ASYMMETRIC BOTH CHECK COLUMN CONSTRAINT DEFERRABLE DESCRIBE DO FOREIGN INITIALLY LAMBDA LEADING OFFSET ONLY "
    "PIVOT PLACING PRIMARY REFERENCES RETURNING SHOW SOME SUMMARIZE SYMMETRIC TABLE TRAILING UNIQUE UNPIVOT VARIADIC".split()
)
"""Words that DuckDB takes for a name only in quotes, and GoogleSQL without."""


def _quote_only_where_needed(tree: exp.Expr) -> None:
    """Names as the course writes them: a mistake is known by what stands there, not by its quotes."""
    for name in tree.find_all(exp.Identifier):
        word = name.name.upper()
        plain = _PLAIN.fullmatch(name.name) is not None and word not in DuckDB.Tokenizer.KEYWORDS
        name.set("quoted", word in _RESERVED or (bool(name.args.get("quoted")) and not plain))


def _place(node: exp.Expr | None) -> int | None:
    """Where an expression begins in the text, by the first of its words that knows."""
    if node is None:
        return None
    starts = [found.meta["start"] for found in node.walk() if "start" in found.meta]
    return min(starts, default=None)
