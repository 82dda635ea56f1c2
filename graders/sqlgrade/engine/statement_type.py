"""What a statement does, by the engine's own name for it; every cell asks, so nothing else is loaded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def type_of(statement: duckdb.Statement) -> str:
    """The engine's name for what a statement does; its first word where the engine's own binding has no name for it."""
    try:
        return statement.type.name
    except ValueError:  # UPDATE EXTENSIONS, CONNECT: the parser knows more statements than the binding
        return next(iter(statement.query.split()), "").upper()
