"""UNION, INTERSECT and EXCEPT whose columns are matched by name (page query-syntax, "BY NAME or CORRESPONDING")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.forms import Unspoken
from sqlgrade.dialect.types import NULL

if TYPE_CHECKING:
    from sqlgrade.dialect.scope import Columns

Side = tuple[exp.Expr, "Columns"]
"""A query and its columns."""


def matched(
    node: exp.Expr, sides: tuple[tuple[exp.Expr, Columns | None], tuple[exp.Expr, Columns | None]]
) -> list[Side]:
    """Both queries with the same columns in the same order; raises Unspoken where their names do not allow it."""
    known = [columns for _, columns in sides if columns is not None]
    if len(known) < len(sides) or any(name.startswith("?") for columns in known for name in columns):
        raise Unspoken("unsupported", f"{node.key.upper()} BY NAME", node)
    names = _names(node, *known)
    return [_arranged(query, columns, names) for (query, _), columns in zip(sides, known, strict=True)]


def _names(node: exp.Expr, ours: Columns, theirs: Columns) -> list[str]:
    """The columns of the result, in their order."""
    side, kind = (str(node.args.get(each) or "").upper() for each in ("side", "kind"))
    listed = [each.name.lower() for each in node.args.get("on") or ()]
    if side == "LEFT":
        names, fits = list(ours), True
    elif side == "FULL" or kind == "OUTER":
        names, fits = [*ours, *(each for each in theirs if each not in ours)], True
    elif kind == "INNER":
        names = [each for each in ours if each in theirs]
        fits = bool(names)
    else:
        names, fits = list(ours), set(ours) == set(theirs)
    if listed:
        names, fits = listed, _allow(listed, ours, theirs, f"{side} {kind}".strip())
    if not fits:
        raise Unspoken("form", f"{node.key.upper()} … BY NAME", node, f"FULL OUTER {node.key.upper()} ALL BY NAME")
    return names


def _allow(listed: list[str], ours: Columns, theirs: Columns, mode: str) -> bool:
    """Whether both queries have what ON lists, as the mode wants it."""
    if not mode:
        return set(listed) == set(ours) == set(theirs)
    if mode == "INNER":
        return all(each in columns for each in listed for columns in (ours, theirs))
    return all(each in ours or (each in theirs and not mode.startswith("LEFT")) for each in listed)


def _arranged(query: exp.Expr, columns: Columns, names: list[str]) -> Side:
    if list(columns) == names:
        return query, columns
    outputs = [
        exp.column(exp.to_identifier(name, quoted=True))
        if name in columns
        else exp.Alias(this=exp.Null(), alias=exp.to_identifier(name, quoted=True))
        for name in names
    ]
    source = exp.Subquery(this=query, alias=exp.TableAlias(this=exp.to_identifier("_side")))
    return (
        exp.Select(expressions=outputs, from_=exp.From(this=source)),
        {name: columns.get(name, NULL) for name in names},
    )
