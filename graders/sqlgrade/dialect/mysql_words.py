"""What MySQL, and in part SQL Server, make of words and types without being asked: sqlglot does not read it, DuckDB has no such rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.dialect.dependent_columns import tables_of
from sqlgrade.dialect.system_types import TEXTS_OF_TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlgrade.dialect.system_types import Types

_OF_MOMENTS = frozenset({exp.DataType.Type.DATETIME, exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPNTZ})
_WRITTEN_ALIKE = _OF_MOMENTS | {exp.DataType.Type.DATE, *exp.DataType.INTEGER_TYPES}
"""Types whose values are the same text there as here; moments are not in SQL Server."""
_CONDITIONS = (exp.Predicate, exp.Connector, exp.Not, exp.Boolean)
_COMPUTED = (
    *(exp.Avg, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance, exp.VariancePop),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod, exp.Neg),
)
"""What DuckDB knows for numbers alone; it adds conditions up by itself."""
_OF_TEXTS = (*TEXTS_OF_TEXTS, exp.Length, exp.StrPosition)
READ_AS_TEXTS = (exp.Like, exp.Case, exp.If, exp.Coalesce, *_OF_TEXTS)
"""What makes texts of days and numbers without being asked."""
_INTRODUCER = re.compile(r"(?<![\w'\"`])_(?:utf8\w*|latin1|ascii|binary)\s*(?=['\"])", re.IGNORECASE)


def without_introducers(text: str) -> str:
    """A text without the character sets that are named before texts (`_utf8'a'`), which say nothing of their values."""
    return _INTRODUCER.sub("", text)


def without_constant_order(tree: exp.Expr) -> None:
    """Takes texts out of ORDER BY: there they are constants, which order nothing."""
    for order in list(tree.find_all(exp.Order)):
        kept = [each for each in order.expressions if not (isinstance(each.this, exp.Literal) and each.this.is_string)]
        if kept and len(kept) < len(order.expressions):
            order.set("expressions", kept)
        elif not kept:
            order.pop()


def conditions_as_numbers(tree: exp.Expr, types: Types) -> None:
    """Makes 1 and 0 of the conditions that are computed with: there they are numbers, which have averages and products."""
    for node in list(tree.find_all(*_COMPUTED)):
        for part in (node.args.get("this"), node.args.get("expression")):
            if isinstance(part, exp.Expr) and _is_condition(part, types):
                part.replace(exp.cast(part.copy(), "INT"))


def _is_condition(node: exp.Expr, types: Types) -> bool:
    known = types.known(node)
    return isinstance(node.unnest(), _CONDITIONS) or (known is not None and known.this is exp.DataType.Type.BOOLEAN)


def as_texts(node: exp.Expr, types: Types, system: str) -> None:
    """Makes texts of days and whole numbers that a pattern is held against, of which letters are taken or, in MySQL, that stand beside a text."""
    if isinstance(node, (exp.Like, *_OF_TEXTS)):
        parts = [node.this]
    elif system == "mysql" and not (isinstance(node, exp.If) and isinstance(node.parent, exp.Case)):
        parts = _results(node)
        parts = parts if any(types.is_text(each) for each in parts) else []
    else:
        return
    for part in parts:
        known = types.known(part)
        if known is not None and known.this in _WRITTEN_ALIKE - (_OF_MOMENTS if system == "tsql" else set()):
            part.replace(exp.cast(part.copy(), "VARCHAR"))


def grouped_by_outputs(tree: exp.Expr, having: Callable[[str, Mapping[str, str]], list[str]]) -> None:
    """Takes a name in GROUP BY that several tables have for the output of that name, as MySQL does.

    Args:
        tree: a query, changed in place.
        having: a column's name and the block's tables by their aliases -> the aliases of those that have it.
    """
    for select in tree.find_all(exp.Select):
        group = select.args.get("group")
        outputs = {each.alias_or_name.lower(): each.unalias() for each in select.expressions}
        sources = {each.alias_or_name.lower(): each.name.lower() for each in tables_of(select)}
        for each in list(group.expressions) if group is not None else ():
            meant = outputs.get(each.name.lower()) if isinstance(each, exp.Column) and not each.table else None
            if isinstance(meant, exp.Column) and meant.table and len(having(each.name, sources)) > 1:
                each.replace(meant.copy())


def _results(node: exp.Expr) -> list[exp.Expr]:
    """What a CASE, IF or COALESCE may give."""
    if isinstance(node, exp.Coalesce):
        found = [node.this, *node.expressions]
    elif isinstance(node, exp.Case):
        found = [*(each.args["true"] for each in node.args["ifs"]), node.args.get("default")]
    else:
        found = [node.args["true"], node.args.get("false")]
    return [each for each in found if each is not None]
