"""Groups and single rows mixed up (E05, E06) and results of unequal width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlgrade.errors.card import ErrorCard, Failure

_NOT_GROUPED = re.compile(r'column "(?P<name>.*?)" must appear in the GROUP BY clause')
_HOLDS_AGGREGATE = re.compile(r"(?P<clause>WHERE|GROUP BY|ON|JOIN) clause cannot contain aggregates")
_HOLDS_WINDOW = re.compile(r"(?P<clause>[A-Z ]+?) clause cannot contain window functions")
_CLAUSES = frozenset({"SELECT", "FROM", "WHERE", "HAVING", "QUALIFY", "ORDER"})
_IN_CLAUSE = {"HAVING": "_in_having", "ORDER": "_in_order"}
"""Where a column is not shown, but compared or sorted by: the end of the key."""
_OUT_OF_RANGE = re.compile(
    r"(?P<clause>GROUP BY|ORDER)(?: BY)? term out of range - should be between 1 and (?P<most>\d+)"
)
_SUBQUERY_WIDTH = re.compile(r"Subquery returns (?P<found>\d+) columns - expected (?P<wanted>\d+)")


def aggregate_in_where(failure: Failure) -> ErrorCard | None:
    """An aggregate where rows are still single (E05)."""
    match = _HOLDS_AGGREGATE.search(failure.message)
    if match is None:
        return None
    if match["clause"] == "GROUP BY":
        return failure.card("E05", "aggregate_in_group_by")
    shown = failure.sql[failure.start : failure.end] if failure.start is not None else "COUNT(*)"
    return failure.card("E05", "aggregate_in_where", expression=shown)


def window_in_where(failure: Failure) -> ErrorCard | None:
    """A window function where it is not computed yet (E37)."""
    match = _HOLDS_WINDOW.search(failure.message)
    return failure.card("E37", "window_in_where", clause=match["clause"].strip()) if match else None


def ungrouped_column(failure: Failure) -> ErrorCard | None:
    """A column that is neither grouped nor aggregated (E06): what to do about it depends on where it stands."""
    match = _NOT_GROUPED.search(failure.message)
    if match is None:
        return None
    grouped, clause = _block_around(failure)
    key = "ungrouped_column" if grouped else "no_group_by"
    return failure.card("E06", f"{key}{_IN_CLAUSE.get(clause, '')}", name=match["name"])


def _block_around(failure: Failure) -> tuple[bool, str]:
    """Whether the block under the caret has GROUP BY, and the clause there; of the whole text where no caret points."""
    tokens, at = failure.tokens, failure.at
    if at is None:
        return any(token.upper == "GROUP" for token in tokens), ""
    level, begins = tokens[at].depth, at
    while begins > 0 and not (tokens[begins].upper == "SELECT" and tokens[begins].depth <= level):
        level = min(level, tokens[begins].depth)
        begins -= 1
    level = min(level, tokens[begins].depth)
    ends = next((place for place in range(at, len(tokens)) if tokens[place].depth < level), len(tokens))
    own = [(place, tokens[place].upper) for place in range(begins, ends) if tokens[place].depth == level]
    clause = next((word for place, word in reversed(own) if place <= at and word in _CLAUSES), "")
    return any(word == "GROUP" for _, word in own), clause


def nested_aggregate(failure: Failure) -> ErrorCard | None:
    """An aggregate of an aggregate (E45)."""
    return (
        failure.card("E45", "nested_aggregate")
        if "aggregate function calls cannot be nested" in failure.message
        else None
    )


def position_out_of_range(failure: Failure) -> ErrorCard | None:
    """GROUP BY 3 or ORDER BY 3 with fewer columns (E26, E23)."""
    match = _OUT_OF_RANGE.search(failure.message)
    if match is None:
        return None
    code, clause = ("E26", "GROUP BY") if match["clause"] == "GROUP BY" else ("E23", "ORDER BY")
    return failure.card(code, "position_out_of_range", clause=clause, most=int(match["most"]))


def unequal_width(failure: Failure) -> ErrorCard | None:
    """UNION arms or a sub-query with the wrong number of columns (E43)."""
    if "same number of result columns" in failure.message:
        return failure.card("E43", "union_width")
    match = _SUBQUERY_WIDTH.search(failure.message)
    if match is None:
        return None
    return failure.card("E43", "subquery_width", found=int(match["found"]), wanted=int(match["wanted"]))
