"""What is to be said of a task's schema before its answers are believed: what of it the judge's databases do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.tables.model import LeftOut, SchemaModel

_MOST_NAMED = 5
_LONGEST = 60
_KINDS = ("table", "view", "type", "check", "key", "part")
_BLIND_TO_CASE = ("mysql", "tsql")
"""Systems that usually compare texts without regard to capitals."""


def schema_remarks(schema: SchemaModel, dialect: str) -> tuple[Remark, ...]:
    """A remark for each kind of thing that is left out of the schema, and one on texts where the system compares them otherwise."""
    return tuple(_remarks(schema, dialect))


def _remarks(schema: SchemaModel, dialect: str) -> Iterator[Remark]:
    for kind in _KINDS:
        named = list(dict.fromkeys(_said(each) for each in schema.left_out if each.kind == kind))
        if not named:
            continue
        names, more = ", ".join(named[:_MOST_NAMED]), len(named) - _MOST_NAMED
        yield Remark(
            f"{kind}_left_out" if more <= 0 else f"{kind}_left_out_and_more",
            {"names": names, **({"more": more} if more > 0 else {})},
        )
    if dialect in _BLIND_TO_CASE and any(
        "VARCHAR" in column.type.text for table in schema.tables for column in table.columns
    ):
        yield Remark("case_counts")


def _said(each: LeftOut) -> str:
    text = each.text if len(each.text) <= _LONGEST else f"{each.text[:_LONGEST]}…"
    return f"{each.name}: {text}" if text else each.name
