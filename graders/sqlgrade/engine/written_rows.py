"""Rows that a learner writes as INSERT … VALUES: read and put together by us, so that no text of theirs ever writes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.engine.checker import checker_for
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.parse import all_parsed
from sqlgrade.tables.result import Database, Row, RunError
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.tables.model import Column, SchemaModel, Table, Violation

MOST_ROWS = 200
"""Rows that an answer may write: a handful is asked for."""
_LONGEST_SHOWN = 80
"""Characters of a row, or of a statement, that are quoted."""
_VALUES = (exp.Literal, exp.Null, exp.Boolean, exp.Neg, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Paren)
_VALUES_TOO = (exp.Add, exp.Sub, exp.Mul, exp.Interval, exp.Var)
"""What a cell may be made of: written values, casts, intervals, and what is worked out from them."""
_FENCE = "```"
"""What stands around a block of code in a chat."""
_WRITES = re.compile(r"insert|values", re.IGNORECASE)
_UNUSUAL = ("returning", "conflict", "where", "with_", "overwrite", "exists", "ignore", "by_name", "alternative")
"""What an INSERT of rows does without."""
_OF_SELECT = frozenset({"expressions", "kind"})
"""All that a SELECT of written values has."""


class RowsRefused(Exception):  # noqa: N818  (a fact about the answer, told as a sentence)
    """The rows do not count."""

    def __init__(self, code: str, **params: Any) -> None:
        """`code` and `params` are those of the remark that says why."""
        super().__init__(code)
        self.remark = Remark(code, params)


@dataclass(frozen=True)
class WrittenRows:
    """What an answer writes."""

    database: Database
    """Its rows in tables that were empty; fixed ones keep theirs."""
    said: str = ""
    """What it says should come out of them, as a SELECT of written values; empty where it says nothing."""


def read_rows(schema: SchemaModel, text: str, runner: Runner, pattern: str = "") -> WrittenRows:
    """The database that an answer's INSERT statements make of empty tables, and what it says of the result.

    Args:
        schema: The tables.
        text: The answer.
        runner: Reads values.
        pattern: INSERT statements whose first row of each table gives what a row lacks: a column that must not be blank,
            and where a CHECK fails so, every column that the answer leaves out.

    Raises:
        RowsRefused: the text cannot be read, or its rows break a rule of the schema.
    """
    tables: dict[str, list[Row]] = defaultdict(list)
    patterns, said = _patterns(schema, pattern, runner), ""
    for statement in _statements(text, runner):
        if not isinstance(statement, exp.Insert):
            said = statement.sql("duckdb")
            continue
        table, rows = _rows_of(schema, statement, runner, tables, patterns)
        tables[table.name] += rows
        if sum(map(len, tables.values())) > MOST_ROWS:
            raise RowsRefused("rows_many", most=MOST_ROWS)
    database = Database({table.name: tuple(tables[table.name]) for table in schema.varied}, ("written",))
    if broken := _broken(schema, database):
        raise broken
    return WrittenRows(database, said)


def rows_written(text: str) -> int:
    """How many rows the INSERT statements of an answer hold; 0 where it has none, or cannot be read."""
    values = (each.expression for each in all_parsed(text) if isinstance(each, exp.Insert))
    return sum(len(each.expressions) for each in values if isinstance(each, exp.Values))


def _patterns(schema: SchemaModel, pattern: str, runner: Runner) -> dict[str, Row]:
    """The first row of each table that the pattern fills."""
    first: dict[str, Row] = {}
    for tree in all_parsed(pattern) if pattern else ():
        if isinstance(tree, exp.Insert) and isinstance(tree.expression, exp.Values):
            table, rows = _rows_of(schema, tree, runner, defaultdict(list), {})
            first.setdefault(table.name, rows[0])
    return first


def _is_said(tree: exp.Expr) -> bool:
    """Whether a statement says what should come out: written values and nothing else."""
    if isinstance(tree, exp.Union):
        return _is_said(tree.this) and _is_said(tree.expression)
    if not isinstance(tree, exp.Select) or any(value for name, value in tree.args.items() if name not in _OF_SELECT):
        return False
    return all(
        isinstance(node, (*_VALUES, *_VALUES_TOO)) for each in tree.expressions for node in each.unalias().walk()
    )


def _statements(text: str, runner: Runner) -> Iterator[exp.Expr]:
    """The INSERT statements of an answer, and what it says should come out, once at most."""
    if _FENCE in text:
        raise RowsRefused("rows_pasted")
    found = read_statement(text, runner)
    if isinstance(found, RunError) and found.kind == "syntax":
        raise RowsRefused("rows_unreadable" if _WRITES.search(text) else "rows_words", detail=found.message)
    trees = all_parsed(text)
    if not trees:
        raise RowsRefused("rows_unreadable", detail="")
    trees = [tree for tree in trees if not isinstance(tree, exp.Semicolon)]  # what follows the last one is a comment
    for tree in trees:
        if tree is trees[-1] and len(trees) > 1 and _is_said(tree):
            yield tree
            continue
        if refused := _no_insert(tree, after_rows=tree is trees[-1] and len(trees) > 1):
            raise refused
        yield tree


def _no_insert(tree: exp.Expr, *, after_rows: bool) -> RowsRefused | None:
    """Why a statement is none that writes rows; None where it is."""
    if isinstance(tree, exp.Query) and after_rows:
        return RowsRefused("rows_result_query")
    if isinstance(tree, exp.Query):
        return RowsRefused("rows_result_first" if _is_said(tree) else "rows_query")
    is_plain = isinstance(tree, exp.Insert) and isinstance(tree.expression, exp.Values)
    if is_plain and not any(tree.args.get(each) for each in _UNUSUAL):
        return None
    return RowsRefused("rows_statement", found=_cut(tree.sql("duckdb")))


def _rows_of(
    schema: SchemaModel,
    statement: exp.Insert,
    runner: Runner,
    before: dict[str, list[Row]],
    patterns: Mapping[str, Row],
) -> tuple[Table, list[Row]]:
    target = statement.this
    named = target.expressions if isinstance(target, exp.Schema) else []
    table = _table(schema, target.this if isinstance(target, exp.Schema) else target)
    columns = [_column(table, each.name) for each in named] or [column for _, column in table.stored]
    rows = []
    for number, written in enumerate(statement.expression.expressions, len(before[table.name]) + 1):
        cells = written.expressions if isinstance(written, exp.Tuple) else [written.unnest()]
        if len(cells) != len(columns):
            raise RowsRefused("rows_width", table=table.name, row=number, have=len(cells), want=len(columns))
        values = dict(zip([c.name for c in columns], _read(table, number, columns, cells, runner), strict=True))
        rows.append(_filled(schema, table, values, patterns.get(table.name, ())))
    return table, rows


def _filled(schema: SchemaModel, table: Table, values: Mapping[str, Any], pattern: Row) -> Row:
    """A row with what the answer leaves out."""
    alone = tuple(values.get(column.name) for column in table.columns)
    if not pattern:
        return alone
    like = dict(zip((column.name for column in table.columns), pattern, strict=True))
    needed = tuple(values.get(c.name, None if c.nullable else like[c.name]) for c in table.columns)
    checker = checker_for(schema)
    if all(False not in checker.holding(table, check, [needed]) for check in table.checks):
        return needed
    return tuple(values.get(c.name, like[c.name]) for c in table.columns)


def _table(schema: SchemaModel, target: exp.Expr) -> Table:
    named = target.name if isinstance(target, exp.Table) and not target.args.get("db") else target.sql("duckdb")
    table = next((each for each in schema.tables if each.name.casefold() == named.casefold()), None)
    if table is None:
        raise RowsRefused("rows_table", table=named, tables=", ".join(each.name for each in schema.varied))
    if table.fixed:
        raise RowsRefused("rows_fixed", table=table.name)
    return table


def _column(table: Table, name: str) -> Column:
    found = next((each for _, each in table.stored if each.name.casefold() == name.casefold()), None)
    if found is None:
        raise RowsRefused(
            "rows_column", table=table.name, column=name, columns=", ".join(c.name for _, c in table.stored)
        )
    return found


def _read(
    table: Table, number: int, columns: Sequence[Column], cells: Sequence[exp.Expr], runner: Runner
) -> tuple[Any, ...]:
    """The values of one row, each in its column's type."""
    for column, cell in zip(columns, cells, strict=True):
        if not all(isinstance(node, (*_VALUES, *_VALUES_TOO)) for node in cell.walk()):
            written = cell.sql("duckdb")
            code = "rows_unquoted" if isinstance(cell, exp.Column) else "rows_cell"
            raise RowsRefused(code, table=table.name, row=number, column=column.name, value=_cut(written))
    casts = [f"CAST({cell.sql('duckdb')} AS {column.type.text})" for column, cell in zip(columns, cells, strict=True)]
    found = runner.run(f"SELECT {', '.join(casts)}", "main")
    if not isinstance(found, RunError):
        return found.rows[0]
    for column, cell, cast in zip(columns, cells, casts, strict=True):
        if isinstance(runner.run(f"SELECT {cast}", "main"), RunError):
            told = {"column": column.name, "value": _cut(cell.sql("duckdb")), "type": column.type.text}
            raise RowsRefused("rows_value", table=table.name, row=number, **told)
    raise RowsRefused("rows_unreadable", detail=found.message.split("\n", 1)[0])


def _broken(schema: SchemaModel, database: Database) -> RowsRefused | None:
    """The first rule of the schema that the rows break, keys and references before the rest."""
    if found := schema.structural_violations(database):
        return _of_key(schema, database, found[0])
    checker = checker_for(schema)
    for table in schema.varied:
        rows = database.tables[table.name]
        for check in table.checks:
            good = checker.holding(table, check, rows)
            if False in good:
                return RowsRefused("rows_check", check=check, **_place(table, rows, rows[good.index(False)]))
    if rules := checker.broken(database, schema.assumptions):
        return RowsRefused("rows_rule", rule=" ".join(rules[0].rule.removeprefix("assume: ").split()))
    return None


def _of_key(schema: SchemaModel, database: Database, violation: Violation) -> RowsRefused:
    table = schema.table(violation.table)
    place = _place(table, database.tables[table.name], violation.row or ())
    sort, _, names = violation.rule.partition("NOT NULL ")
    if names:
        return RowsRefused("rows_blank", column=names, **place)
    sort, names = violation.rule.split(" KEY " if violation.rule.startswith("FOREIGN") else " ", 1)
    columns = tuple(names.split(", "))
    value = ", ".join(map(str, table.pick(violation.row or (), columns)))
    if sort == "UNIQUE":
        return RowsRefused("rows_key", columns=names, value=value, **place)
    link = next(each for each in table.foreign_keys if each.columns == columns)
    to = ", ".join(link.parent_columns)
    return RowsRefused("rows_reference", columns=names, value=value, parent=link.parent, to=to, **place)


def _place(table: Table, rows: Sequence[Row], row: Row) -> dict[str, Any]:
    """Which row of its table it is, and what it begins with; of two equal ones the later."""
    number = max((at for at, each in enumerate(rows, 1) if each is row), default=0)
    return {"table": table.name, "row": number, "values": _cut(", ".join("NULL" if v is None else str(v) for v in row))}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
