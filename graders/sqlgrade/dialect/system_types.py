"""What can be known of the types in a query of another system: where whole numbers are divided, where a column is a date."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from sqlgrade.parse import RULE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tables = Mapping[str, Mapping[str, str]]

_log = logging.getLogger(__name__)
_MARK = "number"
_COUNTS = (
    exp.Count,
    exp.CountIf,
    exp.RowNumber,
    exp.Rank,
    exp.DenseRank,
    exp.Ntile,
    exp.Length,
    exp.DateDiff,
    exp.StrPosition,
)
_PARTS = (exp.Year, exp.Month, exp.Day, exp.Quarter, exp.Hour, exp.Minute, exp.Second, exp.Week, exp.DayOfWeek)
_OF_ARGUMENT = (
    exp.Paren,
    exp.Neg,
    exp.Abs,
    exp.Max,
    exp.Min,
    exp.Window,
    exp.Lag,
    exp.Lead,
    exp.FirstValue,
    exp.LastValue,
    exp.Filter,
)
TEXTS_OF_TEXTS = (
    *(exp.Replace, exp.Left, exp.Right, exp.Substring),
    *(exp.Lower, exp.Upper, exp.Trim, exp.Pad, exp.Reverse),
)
"""What makes another text of a text."""
_MADE_TEXTS = (*TEXTS_OF_TEXTS, exp.Concat, exp.ConcatWs)
_OF_BOTH = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.IntDiv, exp.Mod)
_WIDE = (exp.DataType.Type.BIGINT, exp.DataType.Type.INT128)


@dataclass(frozen=True)
class Types:
    """The types of a query's nodes, by the number that each has in its meta."""

    of: Mapping[int, exp.DataType]
    system: str

    def known(self, node: exp.Expr) -> exp.DataType | None:
        """The type of an expression; None if it is not known."""
        found = self.of.get(node.meta.get(_MARK, -1))
        return None if found is None or found.this in (exp.DataType.Type.UNKNOWN, exp.DataType.Type.NULL) else found

    def is_date(self, node: exp.Expr) -> bool:
        """Whether an expression is a day without a time."""
        if isinstance(node, exp.Cast):
            return node.to.this is exp.DataType.Type.DATE
        return (found := self.known(node)) is not None and found.this is exp.DataType.Type.DATE

    def is_text(self, node: exp.Expr) -> bool:
        """Whether an expression is a text."""
        return (
            (isinstance(node, exp.Literal) and node.is_string)
            or isinstance(node, _MADE_TEXTS)
            or ((found := self.known(node)) is not None and found.this in exp.DataType.TEXT_TYPES)
        )

    def is_number(self, node: exp.Expr) -> bool:
        """Whether an expression is a number."""
        found = self.known(node)
        return (
            bool(self.is_whole(node))
            or isinstance(node, exp.Extract)
            or (found is not None and found.this in exp.DataType.NUMERIC_TYPES)
        )

    def is_whole(self, node: exp.Expr) -> bool | None:
        """Whether an expression is a whole number in this system; None if that is not known."""
        if isinstance(node, _COUNTS + _PARTS + (exp.Null,)):
            return True
        if isinstance(node, (exp.Nullif, *_OF_ARGUMENT)):
            return self.is_whole(node.this)
        if isinstance(node, _OF_BOTH):
            return self._of([node.left, node.right])
        if isinstance(node, exp.Case | exp.If | exp.Coalesce):
            return self._all(node)
        if isinstance(node, exp.Avg | exp.Floor | exp.Ceil | exp.Round | exp.Trunc):
            return self.system == "tsql" and self.is_whole(node.this)
        return self._is_whole_by_itself(node)

    def _is_whole_by_itself(self, node: exp.Expr) -> bool | None:
        match node:
            case exp.Literal():
                return node.is_number and node.is_int
            case exp.Cast():
                return node.to.this in exp.DataType.INTEGER_TYPES
            case exp.Sum():
                inner = self.known(node.this)
                wide = inner is None or inner.this in _WIDE or isinstance(node.this, exp.Count)
                return False if self.system == "postgres" and wide else self.is_whole(node.this)
            case exp.Extract():
                return self.system != "postgres"
            case exp.Subquery():
                query = node.unnest()
                return self.is_whole(query.expressions[0].unalias()) if isinstance(query, exp.Select) else None
        found = self.known(node)
        return None if found is None else found.this in exp.DataType.INTEGER_TYPES

    def _all(self, node: exp.Expr) -> bool | None:
        branches = [node.this, *node.expressions] if isinstance(node, exp.Coalesce) else []
        if isinstance(node, exp.If):
            branches = [node.args["true"], node.args.get("false")]
        if isinstance(node, exp.Case):
            branches = [*(each.args["true"] for each in node.args["ifs"]), node.args.get("default")]
        return self._of([each for each in branches if each is not None])

    def _of(self, parts: list[exp.Expr]) -> bool | None:
        found = [self.is_whole(each) for each in parts]
        return False if False in found else None if None in found else True


def types_of(tree: exp.Expr, tables: Tables, system: str) -> Types:
    """The types of a query's nodes, as far as the tables' columns and sqlglot's rules tell."""
    for number, node in enumerate(tree.walk()):
        node.meta[_MARK] = number
    copy = tree.copy()
    try:
        schema = MappingSchema({name: dict(columns) for name, columns in tables.items()}, dialect="duckdb")
        read = qualify(copy, schema=schema, dialect="duckdb", validate_qualify_columns=False, quote_identifiers=False)
        read = annotate_types(read, schema=schema, dialect="duckdb")
    except (AssertionError, *RULE_FAULTS):
        _log.info("the types of a query are not known", exc_info=True)
        return Types({}, system)
    return Types(
        {node.meta[_MARK]: node.type for node in read.walk() if _MARK in node.meta and node.type is not None}, system
    )
