"""Which of a query's expressions are dates, which moments and which lengths of time, as far as the schema tells."""

from collections.abc import Mapping
from enum import StrEnum

from sqlglot import exp

TIME_FUNCTIONS = (exp.TimestampTrunc, exp.CurrentTimestamp, exp.CurrentDatetime, exp.AtTimeZone)
LIKE_THEIR_ARGUMENT = (exp.Min, exp.Max, exp.Paren, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue, exp.AnyValue)


class TimeKind(StrEnum):
    """A calendar date, a moment without zone, a length of time, or none of them as far as known."""

    DATE = "DATE"
    MOMENT = "DATETIME"
    LENGTH = "INTERVAL"
    OTHER = "OTHER"


class TimeKinds:
    """Tells the kind of an expression of one query.

    Names are looked up without their table: in the course's schema a column name has one type wherever it stands, and an
    alias takes the kind of what it names. A name with two kinds counts as unknown.
    """

    def __init__(self, tree: exp.Expr, column_types: Mapping[str, str]) -> None:
        named = {alias.alias.lower() for alias in tree.find_all(exp.Alias)}
        types = {name: text.upper() for name, text in column_types.items() if name not in named}
        self._texts = {name for name, text in types.items() if text == "VARCHAR"}
        self._truths = {name for name, text in types.items() if text == "BOOLEAN"}
        self._by_name: dict[str, TimeKind] = {name: _of_type(text) for name, text in column_types.items()}
        for _ in range(3):  # an alias of an alias of an alias is as deep as analysts go
            for alias in tree.find_all(exp.Alias):
                self._by_name[alias.alias.lower()] = self.of(alias.this)

    def is_text(self, node: exp.Expr | None) -> bool:
        """Whether an expression is known to be a text."""
        if isinstance(node, exp.Column):
            return node.name.lower() in self._texts
        if isinstance(node, exp.Cast):
            return node.to.is_type("varchar", "text")
        return isinstance(node, exp.Lower | exp.Upper | exp.Trim) or (isinstance(node, exp.Literal) and node.is_string)

    def is_truth(self, node: exp.Expr | None) -> bool:
        """Whether an expression is known to be true or false."""
        if isinstance(node, exp.Column):
            return node.name.lower() in self._truths
        bare = node.unnest() if node is not None else None
        return isinstance(bare, exp.Predicate | exp.And | exp.Or | exp.Not | exp.Boolean)

    def of(self, node: exp.Expr | None) -> TimeKind:
        """The kind of `node`."""
        if isinstance(node, exp.Column):
            return self._by_name.get(node.name.lower(), TimeKind.OTHER)
        if isinstance(node, exp.Cast):
            return _of_type(node.to.sql("duckdb"))
        if isinstance(node, exp.Window):
            return self.of(node.this)
        if isinstance(node, exp.Add | exp.Sub):
            return self._of_sum(node)
        if isinstance(node, exp.Interval):
            return TimeKind.LENGTH
        if isinstance(node, exp.Mul | exp.Div | exp.Neg):
            sides = (self.of(node.this), self.of(node.args.get("expression")))
            return TimeKind.LENGTH if TimeKind.LENGTH in sides else TimeKind.OTHER
        if isinstance(node, exp.Case):
            return self.of(node.args["ifs"][0].args["true"])
        if isinstance(node, LIKE_THEIR_ARGUMENT):
            return self.of(node.this)
        if isinstance(node, exp.Coalesce | exp.Greatest | exp.Least):
            return self.of(node.this)
        if isinstance(node, exp.CurrentDate):
            return TimeKind.DATE
        if isinstance(node, (*TIME_FUNCTIONS, exp.DateTrunc)):
            return TimeKind.MOMENT
        return TimeKind.OTHER

    def _of_sum(self, node: exp.Expr) -> TimeKind:
        left, right = self.of(node.this), self.of(node.expression)
        if TimeKind.LENGTH in (left, right):
            return TimeKind.LENGTH if left is right else TimeKind.MOMENT  # a date that is moved becomes a moment
        if left is not TimeKind.OTHER and right is not TimeKind.OTHER:
            return TimeKind.OTHER if left is right is TimeKind.DATE else TimeKind.LENGTH  # days are counted
        return left if left is not TimeKind.OTHER else right


def _of_type(text: str) -> TimeKind:
    upper = text.upper()
    if upper == "DATE":
        return TimeKind.DATE
    return TimeKind.MOMENT if upper.startswith(("TIMESTAMP", "DATETIME")) else TimeKind.OTHER
