"""Notes on an answer's text: what is clumsy or can never matter, whether the answer is right or not (E11, E50 to E53)."""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.errors.quiet import quiet_mistakes
from sqlgrade.parse import RULE_FAULTS, UNREADABLE
from sqlgrade.query.query import Query
from sqlgrade.query.surgery import columns_in, conjuncts, has_aggregate, is_grouped
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlgrade.query.columns import SchemaColumns

    Check: TypeAlias = Callable[[Query], Iterator[Remark]]

_log = logging.getLogger(__name__)
_MOST_NOTES = 3
_SEPARATOR = re.compile(r"'?\s*[,、，]\s*'?")
"""What parts the values of a list that was written as one text, with the quotes around it."""


def lint(text: str, schema: SchemaColumns) -> tuple[Remark, ...]:
    """List the notes on a text, each kind once; a text that cannot be parsed has none."""
    try:
        query = Query(text, schema)
    except UNREADABLE:
        return ()
    found = [remark for check in CHECKS for remark in _first(check, query)]
    return tuple(found[:_MOST_NOTES])


def _first(check: Check, query: Query) -> list[Remark]:
    try:
        return list(check(query))[:1]
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", check.__name__, exc_info=True)
        return []


def comma_became_alias(query: Query) -> Iterator[Remark]:
    """Find `SELECT name city`: the second column of a table has become the first one's label."""
    cards = [card for card in quiet_mistakes(query.sql, query.schema.names) if card.key == "comma_became_alias"]
    written = {(str(card.params["left"]).casefold(), str(card.params["right"]).casefold()) for card in cards}
    for item in query.find(exp.Alias) if written else ():
        source = query.source_of(item.this) if isinstance(item.this, exp.Column) else None
        label = item.alias.casefold()
        if source is not None and label in source.families and (item.this.name.casefold(), label) in written:
            yield Remark("comma_became_alias", {"left": item.this.name, "right": item.alias})


def equals_null(query: Query) -> Iterator[Remark]:
    """Find `= NULL` and `<> NULL`, which are never true."""
    for node in query.find(exp.EQ, exp.NEQ):
        if isinstance(node.right, exp.Null) or isinstance(node.left, exp.Null):
            use = "IS NULL" if isinstance(node, exp.EQ) != _is_negated(node) else "IS NOT NULL"
            found = node.find_ancestor(exp.Not) if _is_negated(node) else node
            yield Remark("equals_null", {"found": _shown(found or node), "use": use})


def list_in_one_text(query: Query) -> Iterator[Remark]:
    """Find `IN ('a, b')`: one text with commas where several texts are meant."""
    for node in query.find(exp.In):
        written = node.expressions[0] if len(node.expressions) == 1 else None
        if isinstance(written, exp.Literal) and written.is_string and _SEPARATOR.search(written.name):
            parts = [f"'{part.strip()}'" for part in _SEPARATOR.split(written.name) if part.strip(" '")]
            if len(parts) > 1:
                yield Remark("list_in_one_text", {"found": _shown(written), "use": ", ".join(parts)})


def in_without_brackets(query: Query) -> Iterator[Remark]:
    """Find `x IN 'text'`, which asks whether x is a part of the text."""
    for node in query.find(exp.In):
        written = node.args.get("field")
        if isinstance(written, exp.Literal) and written.is_string:
            parts = [f"'{part.strip()}'" for part in _SEPARATOR.split(written.name) if part.strip()]
            yield Remark("in_without_brackets", {"found": _shown(written), "use": ", ".join(parts)})


def contradiction(query: Query) -> Iterator[Remark]:
    """Find conditions on one column that cannot all hold."""
    for parts in _all_conjuncts(query):
        by_column: dict[str, list[exp.Expr]] = defaultdict(list)
        for part in parts:
            if (
                isinstance(part, exp.Binary)
                and isinstance(part.right, exp.Literal)
                and isinstance(part.left, exp.Column)
            ):
                by_column[part.left.sql().lower()].append(part)
        for group in by_column.values():
            if _impossible(group):
                yield Remark("contradiction", {"condition": " AND ".join(_shown(part) for part in group)})


def tautology(query: Query) -> Iterator[Remark]:
    """Find conditions that hold for every value: `1 = 1`, `x <> 1 OR x <> 2`."""
    for node in query.find(exp.EQ, exp.Or):
        if isinstance(node, exp.EQ):
            if isinstance(node.left, exp.Literal) and node.left == node.right:
                yield Remark("tautology", {"condition": _shown(node)})
            continue
        sides = [side.unnest() for side in (node.left, node.right)]
        if all(isinstance(side, exp.NEQ) and isinstance(side.right, exp.Literal) for side in sides):
            first, second = sides
            if first.this == second.this and first.expression != second.expression:
                yield Remark("tautology", {"condition": _shown(node)})


def like_without_wildcard(query: Query) -> Iterator[Remark]:
    """Find LIKE with neither % nor _."""
    for node in query.find(exp.Like):
        pattern = node.expression
        if isinstance(pattern, exp.Literal) and not {"%", "_"} & set(pattern.name):
            yield Remark("like_without_wildcard", {"condition": _shown(node)})


def having_for_where(query: Query) -> Iterator[Remark]:
    """Find conditions on single rows in HAVING."""
    for having in query.find(exp.Having):
        for part in conjuncts(having.this):
            names = _output_names(having.parent)
            if columns_in(part) and not has_aggregate(part) and not names & {c.name.lower() for c in columns_in(part)}:
                yield Remark("having_for_where", {"condition": _shown(part)})


def needless_distinct(query: Query) -> Iterator[Remark]:
    """Find DISTINCT over rows that show a key of their only table, or every grouping column."""
    for select in query.selects():
        distinct = select.args.get("distinct")
        if distinct is None or distinct.args.get("on") is not None:
            continue
        shown = {item.unalias().name.lower() for item in select.expressions if isinstance(item.unalias(), exp.Column)}
        sources = list(query.sources(select).values())
        keys = query.schema.keys.get(sources[0].table or "", ()) if len(sources) == 1 else ()
        group = select.args.get("group")
        grouped = {key.name.lower() for key in group.expressions} if group is not None else set()
        if any(set(key) <= shown for key in keys if not is_grouped(select)) or (grouped and grouped <= shown):
            yield Remark("needless_distinct")


def needless_join(query: Query) -> Iterator[Remark]:
    """Find an outer join to the key of a table that nothing else names."""
    for select in query.selects():
        if any(item.is_star for item in select.expressions):
            continue
        for join in select.args.get("joins") or ():
            alias, on = join.this.alias_or_name.lower(), join.args.get("on")
            source = query.sources(select).get(alias)
            if join.side != "LEFT" or on is None or source is None or source.table is None:
                continue
            tied = {c.name.lower() for c in columns_in(on) if c.table.lower() == alias}
            used = [
                c for c in columns_in(select) if query.source_of(c) is source and c.find_ancestor(exp.Join) is not join
            ]
            if not used and any(set(key) <= tied for key in query.schema.keys.get(source.table, ())):
                yield Remark("needless_join", {"table": join.this.name})


def needless_order(query: Query) -> Iterator[Remark]:
    """Find ORDER BY without LIMIT inside a sub-query or CTE."""
    for order in query.find(exp.Order):
        block = order.parent
        if isinstance(block, exp.Query) and block.parent is not None and not block.args.get("limit"):
            yield Remark("needless_order")


def needless_group(query: Query) -> Iterator[Remark]:
    """Find GROUP BY a key of the only table, without any aggregate."""
    for select in query.selects():
        group = select.args.get("group")
        sources = list(query.sources(select).values())
        if group is None or len(sources) != 1 or any(has_aggregate(item) for item in select.expressions):
            continue
        names = {key.name.lower() for key in group.expressions}
        if any(set(key) <= names for key in query.schema.keys.get(sources[0].table or "", ())):
            yield Remark("needless_group")


def unreadable_names(query: Query) -> Iterator[Remark]:
    """Find labels of one letter on the columns that the reader sees."""
    if isinstance(query.tree, exp.Select):
        short = [item.alias for item in query.tree.expressions if isinstance(item, exp.Alias) and len(item.alias) == 1]
        short = [name for name in short if name.isascii()]
        if len(short) > 1:
            yield Remark("unreadable_names", {"names": ", ".join(short)})


CHECKS: tuple[Check, ...] = (
    comma_became_alias,
    equals_null,
    list_in_one_text,
    in_without_brackets,
    contradiction,
    tautology,
    like_without_wildcard,
    having_for_where,
    needless_distinct,
    needless_join,
    needless_order,
    needless_group,
    unreadable_names,
)
"""Checks from what is surely a mistake to what is only clumsy."""


def _all_conjuncts(query: Query) -> Iterator[list[exp.Expr]]:
    for holder in query.find(exp.Where, exp.Having, exp.Qualify):
        yield [part.unnest() for part in conjuncts(holder.this)]


def _impossible(parts: list[exp.Expr]) -> bool:
    """Tell whether comparisons of one column with constants exclude each other."""
    values = [(type(part), _value(part.expression)) for part in parts]
    equal = {value for kind, value in values if kind is exp.EQ}
    if len(equal) > 1:
        return True
    low = [(v, kind is exp.GT) for kind, v in values if kind in {exp.GT, exp.GTE}]
    high = [(v, kind is exp.LT) for kind, v in values if kind in {exp.LT, exp.LTE}]
    if any(kind is exp.NEQ and value in equal for kind, value in values):
        return True
    low += [(value, False) for value in equal]
    high += [(value, False) for value in equal]
    return any(
        type(a) is type(b) and (a > b or (a == b and (open_low or open_high)))  # type: ignore[operator]
        for a, open_low in low
        for b, open_high in high
    )


def _value(literal: exp.Expr) -> float | str:
    return literal.name if literal.is_string else float(literal.name)


def _output_names(block: exp.Expr | None) -> set[str]:
    if not isinstance(block, exp.Select):
        return set()
    return {item.alias.lower() for item in block.expressions if isinstance(item, exp.Alias)}


def _is_negated(node: exp.Expr) -> bool:
    """Whether NOT stands before a condition, or before the brackets around it alone."""
    above = node.parent
    while isinstance(above, exp.Paren):
        above = above.parent
    return isinstance(above, exp.Not)


def _shown(node: exp.Expr) -> str:
    return node.sql("duckdb")
