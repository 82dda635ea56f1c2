"""What the mutation operators need to know of a schema: columns, their families, keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlgrade.dialect.given import flat_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlgrade.tables.model import SchemaModel

NUMBER, TEXT, DATE, TIMESTAMP, BOOLEAN, OTHER = "number", "text", "date", "timestamp", "boolean", "other"
TEMPORAL = frozenset({DATE, TIMESTAMP})

_FAMILIES = (
    ("TIMESTAMP", TIMESTAMP),
    ("DATETIME", TIMESTAMP),
    ("DATE", DATE),
    ("BOOL", BOOLEAN),
    ("VARCHAR", TEXT),
    ("CHAR", TEXT),
    ("TEXT", TEXT),
    ("STRING", TEXT),
    ("ENUM", TEXT),
    ("DEC", NUMBER),
    ("NUMERIC", NUMBER),
    ("DOUBLE", NUMBER),
    ("FLOAT", NUMBER),
    ("REAL", NUMBER),
    ("INTERVAL", OTHER),
)


def family_of(type_name: str) -> str:
    """Reduce a DuckDB type name to the family within which values can be compared."""
    upper = type_name.upper()
    if upper.endswith("]") or upper.startswith(("STRUCT", "MAP", "UNION", "TIME ")) or upper == "TIME":
        return OTHER
    for prefix, family in _FAMILIES:
        if upper.startswith(prefix):
            return family
    return NUMBER if "INT" in upper or upper in {"LONG", "SHORT", "SIGNED"} else OTHER


@dataclass(frozen=True)
class KeyColumns:
    """Columns of a table that point at the key of another."""

    table: str
    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True)
class SchemaColumns:
    """Tables with their columns' families (names in lower case), keys and references."""

    families: Mapping[str, Mapping[str, str]]
    not_null: frozenset[tuple[str, str]] = frozenset()
    keys: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    foreign_keys: tuple[KeyColumns, ...] = ()
    whole: frozenset[tuple[str, str]] = frozenset()
    """Columns that hold whole numbers."""
    given: frozenset[str] = frozenset()
    """Steps of a WITH, in lower case, that the task gives and nobody has written (see dialect.given)."""

    def columns(self, table: str) -> Mapping[str, str]:
        """Return the families by column of a table, empty for an unknown one."""
        return self.families.get(table.lower(), {})

    @property
    def names(self) -> Mapping[str, Sequence[str]]:
        """The names of the columns by table."""
        return {table: tuple(columns) for table, columns in self.families.items()}

    @classmethod
    def of(cls, model: SchemaModel, given: Iterable[str] = ()) -> SchemaColumns:
        """Read what the operators need from a schema; `given` names the views that the task gives."""
        return cls(
            given=frozenset(flat_name(name).lower() for name in given),
            families={
                t.name.lower(): {c.name.lower(): family_of(c.type.text) for c in t.columns} for t in model.tables
            },
            not_null=frozenset(
                (t.name.lower(), c.name.lower()) for t in model.tables for c in t.columns if not c.nullable
            ),
            keys={t.name.lower(): tuple(_lower(key) for key in t.uniques) for t in model.tables},
            foreign_keys=tuple(
                KeyColumns(t.name.lower(), _lower(k.columns), k.parent.lower(), _lower(k.parent_columns))
                for t in model.tables
                for k in t.foreign_keys
            ),
            whole=frozenset(
                (t.name.lower(), c.name.lower()) for t in model.tables for c in t.columns if c.type.family == "integer"
            ),
        )


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)
