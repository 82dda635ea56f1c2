"""The data dictionary: the schema's facts joined with the sentences of texts/ja.toml and texts/en.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from marketplace.structure import TableShape, shapes_of

Lang = Literal["ja", "en"]
LANGS: tuple[Lang, ...] = ("ja", "en")

_TABLE_KEYS = {"title", "grain", "grows", "misunderstanding", "columns"}
_COLUMN_KEYS = {"meaning", "null", "trap"}
"""What the vocabulary may say of a table, and of a column."""


@dataclass(frozen=True)
class ColumnEntry:
    """What a column holds, what its NULL means and where people go wrong."""

    name: str
    type: str
    nullable: bool
    meaning: str
    null_meaning: str | None
    trap: str | None
    fk: str | None
    """The column it refers to, as table.column."""


@dataclass(frozen=True)
class TableEntry:
    """What a row of a table is, when rows are added, and the common misunderstanding."""

    name: str
    title: str
    grain: str
    key: tuple[str, ...]
    """Columns of the primary key; empty for a log without one."""
    grows: str
    misunderstanding: str
    columns: tuple[ColumnEntry, ...]

    def column(self, name: str) -> ColumnEntry | None:
        """Return the column of that name, or None."""
        return next((column for column in self.columns if column.name.lower() == name.lower()), None)


class DictionaryError(ValueError):
    """The texts and the schema name different tables or columns."""


def dictionary(lang: Lang = "ja") -> tuple[TableEntry, ...]:
    """Return an entry for each table, in the order of the schema; raises DictionaryError if a sentence is missing."""
    return _entries(lang)


def table_entry(name: str, lang: Lang = "ja") -> TableEntry | None:
    """Return the entry of one table, or None if there is no such table."""
    return next((entry for entry in dictionary(lang) if entry.name == name.lower()), None)


def texts(lang: Lang) -> dict[str, Any]:
    """Return the parsed sentences of one language: table name -> sentences and columns."""
    return tomllib.loads(files("marketplace").joinpath("texts", f"{lang}.toml").read_text(encoding="utf-8"))


def faults(lang: Lang) -> tuple[str, ...]:
    """Return one line for each place where the sentences and the schema disagree; empty when they agree."""
    written, shapes = texts(lang), {shape.name: shape for shape in _schema()}
    lines = [f"{name}: not in the schema" for name in written if name not in shapes]
    lines += [f"{name}: no sentences" for name in shapes if name not in written]
    for name in (name for name in shapes if name in written):
        lines += _table_faults(shapes[name], written[name])
    return tuple(f"texts/{lang}.toml: {line}" for line in lines)


def _table_faults(shape: TableShape, written: dict[str, Any]) -> list[str]:
    lines = [f"{shape.name}: unknown or missing {key}" for key in sorted(_TABLE_KEYS ^ set(written))]
    sentences: dict[str, dict[str, str]] = written.get("columns", {})
    known = {column.name: column for column in shape.columns}
    lines += [f"{shape.name}.{name}: not in the schema" for name in sentences if name not in known]
    for name, column in known.items():
        sentence = sentences.get(name)
        if sentence is None:
            lines.append(f"{shape.name}.{name}: no sentences")
            continue
        lines += [f"{shape.name}.{name}: unknown key {key}" for key in sorted(set(sentence) - _COLUMN_KEYS)]
        if "meaning" not in sentence:
            lines.append(f"{shape.name}.{name}: no meaning")
        if column.nullable != ("null" in sentence):
            lines.append(f"{shape.name}.{name}: {'say' if column.nullable else 'do not say'} what NULL means")
    return lines


@cache
def _schema() -> tuple[TableShape, ...]:
    from marketplace.schema import ddl

    return shapes_of(ddl())


@cache
def _entries(lang: Lang) -> tuple[TableEntry, ...]:
    if problems := faults(lang):
        raise DictionaryError("\n".join(problems))
    written = texts(lang)
    return tuple(_entry(shape, written[shape.name]) for shape in _schema())


def _entry(shape: TableShape, written: dict[str, Any]) -> TableEntry:
    references = {own: f"{fk.table}.{theirs}" for fk in shape.foreign_keys for own, theirs in fk.pairs()}
    columns = tuple(
        ColumnEntry(
            name=column.name,
            type=column.type,
            nullable=column.nullable,
            meaning=written["columns"][column.name]["meaning"],
            null_meaning=written["columns"][column.name].get("null"),
            trap=written["columns"][column.name].get("trap"),
            fk=references.get(column.name),
        )
        for column in shape.columns
    )
    return TableEntry(
        name=shape.name,
        title=written["title"],
        grain=written["grain"],
        key=shape.key,
        grows=written["grows"],
        misunderstanding=written["misunderstanding"],
        columns=columns,
    )
