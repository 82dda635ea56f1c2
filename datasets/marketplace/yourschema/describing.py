"""The data dictionary of a company's own tables: its comments, sentences that somebody has written, else what a column means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from marketplace.data_dictionary import ColumnEntry, TableEntry
from marketplace.structure import ColumnShape, ForeignKey, TableShape
from marketplace.yourschema.fault import sentences
from marketplace.yourschema.meanings import REFERENCE

if TYPE_CHECKING:
    from collections.abc import Mapping as Written

    from marketplace.data_dictionary import Lang
    from marketplace.yourschema.mapping import Mapping, TablePlan
    from marketplace.yourschema.schema import OwnColumn, Schema, Table


def shapes_of_copy(schema: Schema, mapping: Mapping) -> tuple[TableShape, ...]:
    """Return the tables with keys and references, those read from the names among them."""
    return tuple(
        TableShape(
            table.name,
            tuple(ColumnShape(each.name, each.type, each.nullable) for each in table.columns),
            table.key,
            table.unique,
            tuple(ForeignKey(each.columns, each.table, each.referred) for each in plan.references),
        )
        for table, plan in _both(schema, mapping)
    )


def entries_of(schema: Schema, mapping: Mapping, lang: Lang, written: Written[str, Any]) -> tuple[TableEntry, ...]:
    """Return an entry for each table.

    Args:
        schema: The tables, with their comments.
        mapping: What their columns mean.
        lang: The language of what is said where there is no comment.
        written: Table -> title, grain, grows, misunderstanding, and columns -> meaning, null, trap; each may be left out.
    """
    return tuple(_entry(table, plan, lang, _table(written, table.name)) for table, plan in _both(schema, mapping))


def _both(schema: Schema, mapping: Mapping) -> list[tuple[Table, TablePlan]]:
    plans = {plan.name: plan for plan in mapping.tables}
    return [(table, plans[table.name]) for table in schema.tables if table.name in plans]


def _entry(table: Table, plan: TablePlan, lang: Lang, written: Written[str, Any]) -> TableEntry:
    own = _table(written, "columns")
    refers = {
        mine: f"{each.table}.{theirs}"
        for each in plan.references
        for mine, theirs in zip(each.columns, each.referred, strict=True)
    }
    return TableEntry(
        name=table.name,
        title=str(written.get("title", table.comment)),
        grain=str(written.get("grain", "")),
        key=table.key,
        grows=str(written.get("grows", "")),
        misunderstanding=str(written.get("misunderstanding", "")),
        columns=tuple(
            _column(each, plan, lang, _table(own, each.name), refers.get(each.name)) for each in table.columns
        ),
    )


def _column(column: OwnColumn, plan: TablePlan, lang: Lang, written: Written[str, Any], fk: str | None) -> ColumnEntry:
    return ColumnEntry(
        name=column.name,
        type=column.type,
        nullable=column.nullable,
        meaning=str(written.get("meaning", column.comment or _meaning(column, plan, lang, fk))),
        null_meaning=str(written["null"]) if "null" in written else None,
        trap=str(written["trap"]) if "trap" in written else None,
        fk=fk,
    )


def _meaning(column: OwnColumn, plan: TablePlan, lang: Lang, fk: str | None) -> str:
    """Return what a column without a comment is, as far as the mapping says."""
    words = sentences(lang)
    if fk:
        return words[f"meaning_{REFERENCE}"].format(table=fk.rpartition(".")[0])
    planned = plan.column(column.name)
    return words[f"meaning_{planned.meaning}"] if planned and planned.meaning != REFERENCE else ""


def _table(written: Written[str, Any], name: str) -> Written[str, Any]:
    """Return what is written under a name, where that is a table of the file."""
    found = written.get(name)
    return found if isinstance(found, dict) else {}
