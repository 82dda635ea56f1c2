"""What is often a mistake in a draft and shows by reading it; a fact with figures of the practice data where they tell more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from classroom.learner.panel.drafts.found import DeskCheck, Found
from classroom.learner.panel.drafts.shape import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from classroom.learner.panel.drafts.shape import Draft

    Count = Callable[[str], int]
    """Runs a SELECT of one number on the practice data."""

_CUTS = (exp.Cast, exp.TimestampTrunc, exp.DateTrunc, exp.TimeToStr, exp.TsOrDsToDate, exp.Date)
_STATES = ("status", "kind")
_LEFT = "LEFT"
_MOST_STATES = 6


def suspicions(draft: Draft, count: Count, listed: Callable[[str], list[tuple[object, ...]]]) -> Iterator[Found]:
    """Each once, in the order in which a reader would come upon them."""
    seen = set[tuple[str, str]]()
    for found in _all(draft, count, listed):
        key = (found.code, repr(found.params))
        if key not in seen:
            seen.add(key)
            yield found


def _all(draft: Draft, count: Count, listed: Callable[[str], list[tuple[object, ...]]]) -> Iterator[Found]:
    yield from _edges(draft)
    yield from _clocks(draft)
    yield from _blanks(draft, count)
    yield from _undone_joins(draft)
    yield from _unbracketed(draft)
    yield from _folding(draft)
    yield from _left_out(draft, count, listed)
    yield from _cut_off(draft)


def _found(code: str, *, looks: bool = True, **params: object) -> Found:
    return Found(DeskCheck.READ, code, params, to_look_at=looks)


def _edges(draft: Draft) -> Iterator[Found]:
    for each in draft.tree.find_all(exp.Between):
        column = each.this
        if isinstance(column, exp.Column) and (found := draft.source(column)) and found[1].type.startswith("TIMESTAMP"):
            high = as_text(each.args["high"])
            yield _found("between_moment", column=column.name, high=high)


def _clocks(draft: Draft) -> Iterator[Found]:
    for each in draft.tree.find_all(*_CUTS):
        column = each.this
        if isinstance(column, exp.Column) and draft.is_moment(column) and not _keeps_the_time(each):
            zone = _zone(column.name)
            if zone:
                yield _found(f"cut_{zone}", column=column.name, own=as_text(each))
    for bound in draft.tree.find_all(exp.GT, exp.GTE, exp.LT, exp.LTE):
        column, value = bound.this, bound.expression
        if isinstance(column, exp.Column) and draft.is_moment(column) and _at_midnight(value) and _zone(column.name):
            yield _found(f"midnight_{_zone(column.name)}", column=column.name, value=as_text(value))


def _keeps_the_time(node: exp.Expr) -> bool:
    return isinstance(node, exp.Cast) and not node.to.is_type("date")


def _zone(column: str) -> str:
    return next((zone for zone in ("utc", "jst") if column.lower().endswith(f"_{zone}")), "")


def _at_midnight(value: exp.Expr) -> bool:
    literal = value.find(exp.Literal)
    if literal is None or not literal.is_string or value.find(exp.Interval):
        return False
    time = literal.name.strip()[10:].strip(" T")
    return len(literal.name.strip()) >= len("2025-12-01") and not time.strip("0:.")


def _blanks(draft: Draft, count: Count) -> Iterator[Found]:
    for each in draft.tree.find_all(exp.EQ, exp.NEQ):
        if isinstance(each.expression, exp.Null):
            yield _found("equals_null", own=as_text(each))
    for column, own in _denied(draft):
        found = draft.source(column)
        if found is None:
            continue
        table, named = found
        blank = count(f'SELECT COUNT(*) FROM "{table.name}" WHERE "{named.name}" IS NULL')
        if blank and not _asked_for(draft, named.name):
            yield _found("blank_lost", own=own, column=named.name, table=table.name, rows=blank)
    for negation in draft.tree.find_all(exp.Not):
        listed = negation.this
        query = listed.args.get("query") if isinstance(listed, exp.In) else None
        if isinstance(query, exp.Subquery) and not query.this.find(exp.Placeholder):
            in_list = _blanks_listed(draft, query.this, count)
            if in_list is not None:
                yield _found("not_in_blank" if in_list else "not_in", own=as_text(listed.this), rows=in_list)


def _blanks_listed(draft: Draft, query: exp.Expr, count: Count) -> int | None:
    """How many blanks the list of a NOT IN holds; None where it cannot be run by itself."""
    import duckdb

    clause = draft.tree.args.get("with_")
    before = f"{clause.sql('duckdb')} " if clause is not None else ""
    try:
        return count(f"{before}SELECT COUNT(*) FROM ({query.sql('duckdb')}) AS listed(value) WHERE value IS NULL")
    except duckdb.Error:  # it looks at the row outside
        return None


def _denied(draft: Draft) -> Iterator[tuple[exp.Column, str]]:
    for each in draft.tree.find_all(exp.NEQ):
        if isinstance(each.this, exp.Column) and isinstance(each.expression, exp.Literal):
            yield each.this, as_text(each)
    for node in draft.tree.find_all(exp.Not):
        denied = node.this
        if isinstance(denied, exp.In | exp.Like | exp.ILike) and not denied.args.get("query"):
            yield from ((each, as_text(node)) for each in (denied.this,) if isinstance(each, exp.Column))


def _asked_for(draft: Draft, column: str) -> bool:
    """Whether the draft says elsewhere what becomes of blanks in a column."""
    kinds = (exp.Is, exp.Coalesce, exp.NullSafeNEQ)
    return any(each.name == column for node in draft.tree.find_all(*kinds) for each in node.find_all(exp.Column))


def _undone_joins(draft: Draft) -> Iterator[Found]:
    for select in draft.selects:
        outer = {each.this.alias_or_name for each in select.args.get("joins") or [] if each.side == _LEFT}
        where = select.args.get("where")
        for condition in where.this.flatten() if where is not None and isinstance(where.this, exp.And) else _one(where):
            sides = {each.table for each in condition.find_all(exp.Column)} & outer
            if sides and not condition.find(exp.Is, exp.Coalesce, exp.Or):
                yield _found("left_undone", table=min(sides), own=as_text(condition))


def _one(where: exp.Expr | None) -> list[exp.Expr]:
    return [where.this] if where is not None else []


def _unbracketed(draft: Draft) -> Iterator[Found]:
    for each in draft.tree.find_all(exp.Or):
        for side in (each.this, each.expression):
            if isinstance(side, exp.And):
                yield _found("and_or", own=as_text(side))


def _folding(draft: Draft) -> Iterator[Found]:
    for each in draft.tree.find_all(exp.Sum, exp.Avg):
        if isinstance(each.this, exp.Distinct):
            yield _found("folds_distinct", own=as_text(each))
        if isinstance(each, exp.Avg) and isinstance(each.this, exp.Coalesce):
            yield _found("mean_of_filled", own=as_text(each))
    for division in draft.tree.find_all(exp.IntDiv):
        yield _found("whole_division", own=as_text(division))


def _left_out(draft: Draft, count: Count, listed: Callable[[str], list[tuple[object, ...]]]) -> Iterator[Found]:
    if "is_test" not in draft.names:
        for table in draft.tables:
            tests = _of_tests(table.columns)
            rows = count(f'SELECT COUNT(*) FROM "{table.name}" WHERE {tests}') if tests else 0
            if rows:
                yield _found("tests_in", table=table.name, rows=rows)
    for table in draft.tables:
        for name in _STATES:
            if name in table.columns and name not in draft.names:
                counted = listed(f'SELECT "{name}", COUNT(*) FROM "{table.name}" GROUP BY 1 ORDER BY 2 DESC, 1')
                if len(counted) > 1:
                    states = ", ".join(f"{value} {rows:,}" for value, rows in counted[:_MOST_STATES])
                    yield _found("state_open", table=table.name, column=name, states=states)


def _of_tests(columns: Collection[str]) -> str:
    """A condition that finds the rows of test accounts in a table with these columns; empty where it has none."""
    if "is_test" in columns:
        return "is_test"
    if "guest_id" in columns:
        return "guest_id IN (SELECT guest_id FROM guests WHERE is_test)"
    return ""


def _cut_off(draft: Draft) -> Iterator[Found]:
    for select in draft.selects:
        if select.args.get("limit") and not select.args.get("order"):
            yield _found("limit_by_chance", own=as_text(select.args["limit"]))
        elif select.args.get("limit"):
            yield _found("limit_ties", looks=False, own=as_text(select.args["limit"]))
