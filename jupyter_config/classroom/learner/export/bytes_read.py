"""How many bytes a query would read in BigQuery, which is what an on-demand query is charged by.

BigQuery stores columns: a query reads the columns that it names, in all rows, whatever it filters or limits. A value counts by its
type (GoogleSQL reference, "Data type sizes": https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types), NULL as 0
("On-demand query size calculation": https://cloud.google.com/bigquery/docs/estimate-costs). Of a table partitioned by day, only the
days that a filter on that column leaves are read, on the column itself or on CAST, DATE_TRUNC, EXTRACT(YEAR …) and the like of it, as its
page lists them (https://cloud.google.com/bigquery/docs/querying-partitioned-tables). A column
counts once, however often it is named; a table's number of rows is known without reading.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope

from sqlgrade.parse import RULE_FAULTS, read_tree
from sqlgrade.tables.values import quoted

Schema = Mapping[str, Mapping[str, str]]
"""Table -> column -> DuckDB's type, names in lower case."""
Measure = Callable[[str], tuple[object, ...]]
"""Runs a SELECT of one row."""

_FIXED = {
    "BOOLEAN": 1,
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"), 8),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"), 8),
    "UBIGINT": 16,
    "INTERVAL": 16,
    "HUGEINT": 32,
}
"""DuckDB's type -> bytes of a value in the BigQuery type that it becomes: BOOL, INT64, FLOAT64, DATE and so on, NUMERIC, BIGNUMERIC."""
_NUMERIC, _BIGNUMERIC = 16, 32
_NUMERIC_WHOLE, _NUMERIC_SCALE = 29, 9
"""Digits before and behind the point that a NUMERIC holds."""
_LENGTH = 2
"""Bytes of a text or of bytes beside its own."""
_MIRRORED = {exp.GT: exp.LT, exp.GTE: exp.LTE, exp.LT: exp.GT, exp.LTE: exp.GTE, exp.EQ: exp.EQ}


@dataclass(frozen=True)
class Touched:
    """A table that a query reads, its columns that it needs, and the days that it leaves of it."""

    table: str
    columns: tuple[str, ...]
    day_column: str = ""
    """The date or moment that is held against constants in WHERE; empty where none is in every place the table stands."""
    days: str = ""
    """The condition on its days, as SQL."""
    hidden: tuple[str, ...] = ()
    """Dates and moments that are only compared inside a calculation, by which no days can be left out."""


@dataclass(frozen=True)
class BytesRead:
    """The bytes that a query reads."""

    touched: tuple[Touched, ...]
    read: int
    """Of the columns that it needs."""
    all_columns: int
    """With SELECT * in place of its columns."""
    of_days: int | None
    """Where each table with a day column is partitioned by it; None if there is none."""


def bytes_read(sql: str, schema: Schema, measure: Measure, handed_over: str = "") -> BytesRead | None:
    """The bytes that a query would read in BigQuery, by the rows that `measure` sees; None where its tables or types are not known.

    Args:
        sql: the query, as DuckDB runs it.
        schema: its tables.
        measure: runs what sums up their sizes.
        handed_over: the query as BigQuery is given it, if it is: TIMESTAMP_ADD on the column leaves days out, a sum with `+` does not.
    """
    touched = touched_by(sql, schema, handed_over)
    if touched is None or any(_size(kind) is None for each in touched for kind in schema[each.table].values()):
        return None
    read = {each.table: _measured(each.table, each.columns, schema, measure) for each in touched}
    everything = sum(_measured(each.table, schema[each.table], schema, measure) for each in touched)
    parted = [each for each in touched if each.days]
    days = {each.table: _measured(each.table, each.columns, schema, measure, each.days) for each in parted}
    of_days = sum((read | days).values()) if parted else None
    return BytesRead(touched, sum(read.values()), everything, of_days)


def touched_by(sql: str, schema: Schema, handed_over: str = "") -> tuple[Touched, ...] | None:
    """The tables and columns that a query needs, in the order of the schema; None where it cannot be told."""
    try:
        tree = qualify(
            read_tree(sql),
            schema={table: dict(columns) for table, columns in schema.items()},
            dialect="duckdb",
            validate_qualify_columns=False,
            quote_identifiers=False,
        )
        whole = list(traverse_scope(tree))
        by_call = "INTERVAL" in handed_over.upper() and not _BY_SIGN.search(handed_over)
        cutting = (*_CUTTING, exp.Add, exp.Sub) if by_call else _CUTTING
        filters = [each for scope in whole for each in _filters(scope, schema, cutting)]
        needed = [each for scope in traverse_scope(pushdown_projections(tree)) for each in _needed(scope)]
    except RULE_FAULTS:
        return None
    tables = dict.fromkeys(each.table for each in filters)
    if any(table not in schema for table in tables):
        return None
    return tuple(_touched(table, needed, filters, schema) for table in schema if table in tables)


@dataclass(frozen=True)
class _Filter:
    """What one place where a table stands asks of its dates and moments."""

    table: str
    bounds: tuple[tuple[str, str], ...] = ()
    """Column and condition on its days."""
    hidden: tuple[str, ...] = ()


def _touched(table: str, needed: list[tuple[str, str]], filters: list[_Filter], schema: Schema) -> Touched:
    columns = tuple(name for name in schema[table] if (table, name) in needed)
    places = [each for each in filters if each.table == table]
    days = next((column for column, _ in places[0].bounds if all(column in dict(each.bounds) for each in places)), "")
    hidden = tuple(dict.fromkeys(name for each in places for name in each.hidden))
    if not days:
        return Touched(table, columns, hidden=hidden)
    asked = (" AND ".join(condition for column, condition in each.bounds if column == days) for each in places)
    return Touched(table, columns, days, " OR ".join(f"({each})" for each in dict.fromkeys(asked)))


def _needed(scope: Scope) -> Iterator[tuple[str, str]]:
    tables = {name: source.name.lower() for name, source in scope.sources.items() if isinstance(source, exp.Table)}
    yield from ((tables[each.table], each.name.lower()) for each in scope.columns if each.table in tables)


def _filters(scope: Scope, schema: Schema, cutting: tuple[type[exp.Expr], ...]) -> Iterator[_Filter]:
    """One for each place of a scope where a table stands."""
    where = scope.expression.args.get("where")
    terms = list(where.this.flatten()) if where is not None and isinstance(where.this, exp.And) else []
    terms = terms or ([where.this] if where is not None else [])
    for name, (_, source) in scope.selected_sources.items():
        if not isinstance(source, exp.Table) or isinstance(source.this, exp.Func):
            continue
        table = f"{source.db}.{source.name}".strip(".").lower()
        kinds = {column: kind for column, kind in schema.get(table, {}).items() if _is_moment(kind)}
        bounds = tuple(
            each
            for term in terms
            for each in (
                *_bounds(term.unnest(), name, kinds),
                *_by_function(term.unnest(), name, table, kinds, cutting),
            )
        )
        bound = {column for column, _ in bounds}
        compared = (each for term in terms for each in term.find_all(exp.Column) if each.table == name)
        hidden = (each.name.lower() for each in compared if each.name.lower() in kinds)
        yield _Filter(table, bounds, tuple(each for each in dict.fromkeys(hidden) if each not in bound))


def _bounds(term: exp.Expr, name: str, kinds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The conditions that a term puts on the days of a column of one table."""
    if isinstance(term, exp.Between):
        yield from _bound(exp.GTE, term.this, term.args["low"], name, kinds)
        yield from _bound(exp.LTE, term.this, term.args["high"], name, kinds)
    elif isinstance(term, exp.Binary) and type(term) in _MIRRORED:
        yield from _bound(type(term), term.this, term.expression, name, kinds)
        yield from _bound(_MIRRORED[type(term)], term.expression, term.this, name, kinds)


_CUTTING: tuple[type[exp.Expr], ...] = (
    exp.Cast,
    exp.DateTrunc,
    exp.TimestampTrunc,
    exp.Date,
    exp.TimeToStr,
    exp.Extract,
    exp.Year,
    exp.DateAdd,
    exp.DateSub,
    exp.DateDiff,
)
"""What may stand around the column: BigQuery still leaves days out (page querying-partitioned-tables, "Isolate the partitioning column or use
supported functions")."""
_BY_SIGN = re.compile(r"[-+]\s*INTERVAL\b", re.IGNORECASE)
"""A column moved by a sum, by which no days are left out there."""
_DIFFERENCE = "date_sub"
"""DuckDB's TIMESTAMP_DIFF."""
_WHOLE_DAYS = ("%F", "%Y-%m-%d", "%Y%m%d")
"""The formats of a moment by which days are left out."""


def _by_function(
    term: exp.Expr, name: str, table: str, kinds: Mapping[str, str], cutting: tuple[type[exp.Expr], ...]
) -> Iterator[tuple[str, str]]:
    """A term that holds a function of the column, or the column in a list, against constants: the days on which it is true of some row."""
    given = _sides(term)
    held = [side for side in given if side.find(exp.Column)]
    columns = {each.name.lower() for side in held for each in side.find_all(exp.Column)}
    if len(columns) != 1 or any(query.find(exp.Table) for query in term.find_all(exp.Query)):
        return
    [column] = columns
    owned = all(each.table == name for each in term.find_all(exp.Column))
    if column not in kinds or not owned or not all(_cuts_by_days(side, kinds[column], cutting) for side in held):
        return
    told = term.copy()
    for each in told.find_all(exp.Column):
        each.set("table", None)
    day = f"CAST({quoted(column)} AS DATE)"
    yield column, f"{day} IN (SELECT {day} FROM {quoted(table)} WHERE {told.sql('duckdb')})"


def _sides(term: exp.Expr) -> list[exp.Expr]:
    """What a comparison, BETWEEN or IN holds against each other; nothing where a bare column is compared, which needs no look at the rows."""
    if isinstance(term, exp.In):
        return [term.this, *term.expressions]
    if isinstance(term, exp.Between):
        given = [term.this, term.args["low"], term.args["high"]]
    else:
        given = [term.this, term.expression] if type(term) in _MIRRORED else []
    return [] if any(isinstance(side.unnest(), exp.Column) for side in given) else given


def _cuts_by_days(side: exp.Expr, kind: str, cutting: tuple[type[exp.Expr], ...]) -> bool:
    """Whether nothing but such functions stands between the column and the comparison."""
    column = side.find(exp.Column)
    above = column.parent if column is not None else None
    outer = side.parent
    while above is not None and above is not outer:
        if not isinstance(above, (*cutting, exp.Paren)) and above.name.lower() != _DIFFERENCE:
            return False
        if isinstance(above, exp.Extract) and above.this.name.upper() != "YEAR":
            return False
        if isinstance(above, exp.TimeToStr) and not (
            kind != "DATE" and above.this is column and above.args["format"].name in _WHOLE_DAYS
        ):
            return False
        above = above.parent
    return True


def _bound(
    comparison: type[exp.Binary], side: exp.Expr, other: exp.Expr, name: str, kinds: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    column = side.unnest()
    if not isinstance(column, exp.Column) or column.table != name or column.name.lower() not in kinds:
        return
    if other.find(exp.Column, exp.Query):
        return
    word, limit = quoted(column.name.lower()), other.sql("duckdb")
    if kinds[column.name.lower()] == "DATE":
        signs = {exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<=", exp.EQ: "="}
        yield column.name.lower(), f"{word} {signs[comparison]} CAST({limit} AS DATE)"
        return
    day, last = f"CAST({word} AS DATE)", f"CAST({limit} AS TIMESTAMP)"
    if comparison is exp.LT:
        last = f"{last} - INTERVAL 1 MICROSECOND"
    sign = {exp.GT: ">=", exp.GTE: ">=", exp.EQ: "="}.get(comparison, "<=")
    yield column.name.lower(), f"{day} {sign} CAST({last} AS DATE)"


def _is_moment(kind: str) -> bool:
    return kind == "DATE" or kind.startswith("TIMESTAMP")


def _measured(table: str, columns: Iterable[str], schema: Schema, measure: Measure, days: str = "") -> int:
    sizes = [_size_sql(name, schema[table][name]) for name in columns]
    where = f" WHERE {days}" if days else ""
    row = measure(f"SELECT {', '.join(sizes)} FROM {quoted(table)}{where}") if sizes else ()
    return sum(int(str(each)) for each in row)


def _size_sql(column: str, kind: str) -> str:
    name, size = quoted(column), _size(kind)
    if size == _LENGTH:
        length = "octet_length" if kind == "BLOB" else "strlen"
        return f"CAST(coalesce(sum({length}({name})), 0) + {_LENGTH} * count({name}) AS BIGINT)"
    return f"{size} * count({name})"


def _size(kind: str) -> int | None:
    """Bytes of a value; of a text those beside its own; None for a type that has no size here."""
    if kind in _FIXED:
        return _FIXED[kind]
    if kind in ("VARCHAR", "BLOB") or (kind.startswith("ENUM(") and not kind.endswith("]")):
        return _LENGTH
    if not kind.startswith("DECIMAL(") or kind.endswith("]"):
        return None
    digits, scale = (int(each) for each in kind[len("DECIMAL(") : -1].split(","))
    return _NUMERIC if digits - scale <= _NUMERIC_WHOLE and scale <= _NUMERIC_SCALE else _BIGNUMERIC
