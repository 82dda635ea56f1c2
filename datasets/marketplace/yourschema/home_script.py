"""Prints the read-only SQL that a company runs at home; what leaves is decided here, line by line."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from marketplace.yourschema.ddl_reader import DIALECTS
from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.meanings import ProfileClass
from marketplace.yourschema.privacy import QUANTILES, K
from marketplace.yourschema.schema import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from marketplace.yourschema.mapping import ColumnPlan, Mapping, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Schema

LEVELS = (1, 2)
"""1 counts column by column, 2 adds hours, lags, rows per parent and repeats."""

_ABOUT = """\
-- Statistics for a synthetic copy. It reads and writes nothing; its result has five columns, one number a line:
-- table_name, column_name, stat, item, amount. Read it before you hand it on.
-- Kept out: keys, identifiers, names, addresses and free text; names of values unless approved in the mapping;
-- cells of fewer than {k} rows; quantiles with fewer than {k} rows beyond them (so no smallest and no largest value).
-- 合成コピーのための集計です。読むだけで、何も書き換えません。結果は1行に1つの数字です。渡す前に中身を確かめてください。
-- 出さないもの: キー、識別子、氏名・住所・自由文、対応表で承認していない値の名前、{k}件未満の集計、外側が{k}件未満の分位点(最小・最大は出ません)。
"""


def home_script(schema: Schema, mapping: Mapping, dialect: str, level: int = 2, prefix: str = "") -> str:
    """Return the script for one dialect; `prefix` goes before table names, e.g. `project.dataset.` on BigQuery.

    Level 1 counts column by column; level 2 adds hours, lags, rows per parent and repeats.
    """
    if dialect not in DIALECTS:
        raise YourSchemaError("dialect_unknown", dialect=dialect)
    if level not in LEVELS:
        raise YourSchemaError("level_unknown", level=level)
    parts = _templates(dialect)
    writer = _Writer(schema, mapping, dialect, prefix)
    selects = [parts[name].format(**values) for name, values in writer.all(level)]
    order = "\nORDER BY table_name, column_name, stat, item;\n"
    wrapped = [f"SELECT * FROM ({select}) AS s{place}" for place, select in enumerate(selects)]
    return _ABOUT.format(k=K) + parts["head"] + "\n\n" + "\nUNION ALL\n".join(wrapped) + order


@cache
def _templates(dialect: str) -> dict[str, str]:
    text = (files("marketplace") / "yourschema" / "home_scripts" / f"{dialect}.sql").read_text("utf-8")
    pieces = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(pieces[::2], pieces[1::2], strict=True)}


class _Writer:
    """Decides which template is filled for which column."""

    def __init__(self, schema: Schema, mapping: Mapping, dialect: str, prefix: str) -> None:
        self._schema = schema
        self._mapping = mapping
        self._quote = "`" if dialect == "bigquery" else '"'
        self._prefix = prefix

    def all(self, level: int) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield (template, values) for every number that may leave."""
        for plan in self._mapping.tables:
            yield "rows", self._values(plan)
            for column in plan.columns:
                yield from self._column(plan, column)
                if level > 1:
                    yield from self._between(plan, column)

    def _column(self, plan: TablePlan, column: ColumnPlan) -> Iterator[tuple[str, dict[str, object]]]:
        values = self._values(plan, column)
        shape = self._shape(plan, column)
        if shape.nullable:
            yield "null_share", values
        if column.profile is ProfileClass.WEIGHTS and shape.kind is not Kind.OTHER:
            yield ("weight_approved" if column.values == "approved" else "weight_hidden"), values
        if column.profile is ProfileClass.QUANTILES:
            yield "quantile_number", values
            if shape.kind is Kind.INTEGER:
                yield "multiple_of", values
        if column.profile is ProfileClass.TIMES:
            yield "quantile_time", values
        if column.profile is ProfileClass.SHARE:
            yield "true_share", values

    def _between(self, plan: TablePlan, column: ColumnPlan) -> Iterator[tuple[str, dict[str, object]]]:
        values = self._values(plan, column)
        if column.profile is ProfileClass.TIMES:
            yield "weekday", values
            if self._shape(plan, column).kind is Kind.TIMESTAMP:
                yield "hour", values
            if column.after:
                yield "seconds_after", {**values, "time": self._name(column.after)}
        if column.references:
            parent = self._mapping.table(column.references[0])
            ends = {**values, **self._parent(column.references)}
            yield "rows_per_parent", ends
            if parent and plan.event_time and parent.event_time and parent is not plan:
                times = {"time": self._name(plan.event_time), "parent_time": self._name(parent.event_time)}
                yield "seconds_after_parent", {**ends, **times}
        if column.same_as:
            via = plan.column(column.same_as.via)
            if via and via.references:
                repeat = {"via": self._name(via.name), "other": self._name(column.same_as.column)}
                yield "same_share", {**values, **self._parent(via.references), **repeat}

    def _values(self, plan: TablePlan, column: ColumnPlan | None = None) -> dict[str, object]:
        values: dict[str, object] = {
            "T": _literal(plan.name),
            "table": self._table(plan.name),
            "k": K,
            "quantiles": ", ".join(f"{q:g}" for q in QUANTILES),
        }
        if column is not None:
            shape = self._shape(plan, column)
            digits = 0 if shape.kind is Kind.INTEGER else max(shape.scale, 0)
            values |= {"C": _literal(column.name), "column": self._name(column.name), "digits": digits}
        return values

    def _parent(self, target: tuple[str, str]) -> dict[str, object]:
        return {"parent": self._table(target[0]), "parent_column": self._name(target[1])}

    def _shape(self, plan: TablePlan, column: ColumnPlan) -> OwnColumn:
        table = self._schema.table(plan.name)
        found = table.column(column.name) if table else None
        if found is None:
            raise YourSchemaError("mapping_unknown_column", table=plan.name, column=column.name)
        return found

    def _table(self, name: str) -> str:
        if self._quote == "`":
            return f"`{self._prefix}{name}`"
        return self._prefix + self._name(name)

    def _name(self, name: str) -> str:
        return f"{self._quote}{name.replace(self._quote, self._quote * 2)}{self._quote}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
