"""A solution made ready to run: its sort keys, its rows without LIMIT, the places it rounds to."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.compare import Reference, Same, compare
from sqlgrade.parse import UNREADABLE, all_parsed
from sqlgrade.tables.result import Result, RunError

if TYPE_CHECKING:
    from sqlgrade.engine.runner import Runner
    from sqlgrade.record import Rules


@dataclass(frozen=True)
class SolutionPlan:
    """How to get a solution's result together with its sort keys."""

    sql: str
    ordered: bool = False
    limited: bool = False
    offset: int = 0
    count: int | None = None
    probe: str | None = None
    """The query without LIMIT, with the sort keys as further columns; None if it could not be written."""
    keys: tuple[int, ...] = ()
    """Where the keys stand: a column of the output, or minus one minus the place among the further columns."""
    further: int = 0
    order: str = ""
    """The sort keys as an ORDER BY over the columns of the probe."""
    steps: tuple[tuple[int, float], ...] = ()


@functools.lru_cache(maxsize=512)
def plan_solution(sql: str) -> SolutionPlan:
    """Reads a solution's ORDER BY, LIMIT and ROUND; what sqlglot cannot read is run as it stands."""
    trees = all_parsed(sql)
    tree = trees[0] if trees else None
    if not isinstance(tree, (exp.Select, exp.SetOperation)):
        return SolutionPlan(sql)
    ordered, limited = bool(tree.args.get("order")), bool(tree.args.get("limit") or tree.args.get("offset"))
    steps = tuple(_steps(tree))
    if not ordered and not limited:
        return SolutionPlan(sql, steps=steps)
    offset = _offset(tree)
    try:
        written = _probe(tree) if offset is not None else None
    except UNREADABLE:
        written = None
    if written is None:
        return SolutionPlan(sql, ordered, limited, steps=steps)
    probe, keys, further = written
    order = _order(tree, keys)
    return SolutionPlan(sql, ordered, limited, offset or 0, _count(tree), probe, keys, further, order, steps)


def order_of_output(sql: str) -> str | None:
    """The query's ORDER BY over its output columns alone; None if it sorts by anything else."""
    plan = plan_solution(sql)
    return plan.order if plan.order and not plan.further else None


def _order(tree: exp.Query, places: tuple[int, ...]) -> str:
    """The sort keys by the places of their columns, each with its direction."""
    found = []
    for key, place in zip(tree.args["order"].expressions if places else (), places, strict=True):
        column = f"#{place + 1}" if place >= 0 else f'"__key_{-1 - place}"'
        ordered = key.copy() if isinstance(key, exp.Ordered) else exp.Ordered(this=key)
        ordered.set("this", exp.column("key"))
        found.append(ordered.sql(dialect="duckdb").replace("key", column, 1))
    return ", ".join(found)


def solve(
    plan: SolutionPlan, runner: Runner, name: str, rules: Rules, *, trusted: bool = False
) -> Reference | RunError:
    """The solution's reference on one loaded database; a trusted plan is run once, without LIMIT."""
    if trusted and plan.probe is not None:
        probed = runner.recall(plan.probe, name)
        return probed if isinstance(probed, RunError) else _with_keys(plan, _window(plan, probed), probed)
    result = runner.recall(plan.sql, name)
    if isinstance(result, RunError):
        return result
    plain = Reference(result, _row_numbers(result) if plan.ordered else None, steps=plan.steps, plain=True)
    if plan.probe is None:
        return plain
    probed = runner.recall(plan.probe, name)
    if isinstance(probed, RunError) or len(probed.columns) != len(result.columns) + plan.further:
        return plain
    full = _with_keys(plan, result, probed)
    return full if _explains(full, result, rules) else plain


def _window(plan: SolutionPlan, probed: Result) -> Result:
    """The solution's own result, cut out of its rows before LIMIT."""
    width = len(probed.columns) - plan.further
    stop = None if plan.count is None else plan.offset + plan.count
    rows = tuple(row[:width] for row in probed.rows[plan.offset : stop])
    return Result(probed.columns[:width], probed.types[:width], rows)


def _row_numbers(result: Result) -> tuple[tuple[int], ...]:
    """Keys that let no two rows change places."""
    return tuple((place,) for place in range(len(result.rows)))


def _with_keys(plan: SolutionPlan, result: Result, probed: Result) -> Reference:
    width = len(result.columns)
    keys = None
    if plan.ordered:
        places = [p if p >= 0 else width - 1 - p for p in plan.keys] or list(range(width))
        keys = tuple(tuple(row[p] for p in places) for row in probed.rows)
    rows = tuple(row[:width] for row in probed.rows)
    return Reference(result, keys, rows if plan.limited else None, plan.offset, plan.steps)


def _explains(full: Reference, result: Result, rules: Rules) -> bool:
    """True if the solution's own result is right by the reference, and equal keys stand together."""
    if len(set(map(repr, full.keys or ()))) not in {len(full.groups), 0}:
        return False
    return isinstance(compare(result, full, rules), Same)


def _count(tree: exp.Query) -> int | None:
    limit = tree.args.get("limit")
    count = limit.args.get("expression") or limit.args.get("count") if limit else None
    return int(count.this) if isinstance(count, exp.Literal) and count.is_int else None


def _offset(tree: exp.Query) -> int | None:
    """The number of rows skipped; None if LIMIT or OFFSET is not a plain number."""
    limit, offset = tree.args.get("limit"), tree.args.get("offset")
    count = limit.args.get("expression") or limit.args.get("count") if limit else None
    if limit and not (isinstance(count, exp.Literal) and count.is_int):
        return None
    if not offset:
        return 0
    skipped = offset.expression
    return int(skipped.this) if isinstance(skipped, exp.Literal) and skipped.is_int else None


def _probe(tree: exp.Query) -> tuple[str, tuple[int, ...], int] | None:
    copy = tree.copy()
    copy.set("limit", None)
    copy.set("offset", None)
    order = copy.args.get("order")
    if order is None:
        return copy.sql(dialect="duckdb"), (), 0
    outputs = _outputs(copy)
    places: list[int] = []
    further: list[exp.Expr] = []
    for ordered in order.expressions:
        key = ordered.this if isinstance(ordered, exp.Ordered) else ordered
        if isinstance(key, exp.Column) and key.name.upper() == "ALL" and not key.table:
            return copy.sql(dialect="duckdb"), (), 0
        place = _output_place(key, outputs)
        if place is None:
            if not _may_add_columns(copy):
                return None
            further.append(_without_aliases(key, outputs))
            place = -len(further)
        places.append(place)
    for number, key in enumerate(further):
        copy.args["expressions"].append(exp.alias_(key, f"__key_{number}", quoted=True))
    return copy.sql(dialect="duckdb"), tuple(places), len(further)


def _may_add_columns(tree: exp.Query) -> bool:
    distinct = tree.args.get("distinct")
    return isinstance(tree, exp.Select) and (distinct is None or bool(distinct.args.get("on")))


def _outputs(tree: exp.Query) -> list[exp.Expr]:
    while isinstance(tree, exp.SetOperation):
        tree = tree.this
    return list(tree.selects)


def _output_place(key: exp.Expr, outputs: list[exp.Expr]) -> int | None:
    """The output column that a sort key names, by number, by alias or by the same expression."""
    stars = any(isinstance(o, exp.Star) or o.find(exp.Star, bfs=True) is o.this for o in outputs)
    if isinstance(key, exp.Literal) and key.is_int:
        return int(key.this) - 1
    if stars:
        return None
    if isinstance(key, exp.Column) and not key.table:
        for place, output in enumerate(outputs):
            if isinstance(output, exp.Alias) and output.alias.lower() == key.name.lower():
                return place
    text = key.sql(dialect="duckdb", normalize=True).lower()
    for place, output in enumerate(outputs):
        inner = output.this if isinstance(output, exp.Alias) else output
        if inner.sql(dialect="duckdb", normalize=True).lower() == text:
            return place
    if isinstance(key, exp.Column) and not key.table:
        names = [place for place, output in enumerate(outputs) if output.alias_or_name.lower() == key.name.lower()]
        return names[0] if names else None
    return None


def _without_aliases(key: exp.Expr, outputs: list[exp.Expr]) -> exp.Expr:
    """The key with output aliases inside expressions replaced by what they stand for."""
    aliases = {o.alias.lower(): o.this for o in outputs if isinstance(o, exp.Alias)}

    def replaced(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name.lower() in aliases:
            return exp.paren(aliases[node.name.lower()].copy())
        return node

    return key.copy().transform(replaced)


def _steps(tree: exp.Query) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    for place, output in enumerate(_outputs(tree)):
        if output.is_star:
            break
        inner = output
        while isinstance(inner, (exp.Alias, exp.Cast, exp.Paren)):
            inner = inner.this
        if isinstance(inner, exp.Round):
            digits = inner.args.get("decimals")
            if digits is None or (isinstance(digits, exp.Literal) and digits.is_int):
                found.append((place, 0.5 * 10.0 ** -int(digits.this if digits else 0)))
    return found
