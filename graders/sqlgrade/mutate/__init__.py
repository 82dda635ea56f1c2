"""Mutants of a solution: the mistakes that learners make, made on purpose."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.mutate import (
    aggregates,
    cohorts,
    columns_out,
    comparisons,
    conditions,
    dates,
    grouping,
    joins,
    nulls,
    numbers,
    ordering,
    placement,
    subqueries,
    windows,
)
from sqlgrade.mutate.mutant import Edit, Mutant, MutantStatus, Operator, edit_key, short_digest
from sqlgrade.parse import RULE_FAULTS, UNREADABLE
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.query.span import SqlText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlgrade.verdict import Site

_log = logging.getLogger(__name__)

OPERATORS: tuple[Operator, ...] = (
    joins.spine_drop,
    cohorts.mature_drop,
    cohorts.asof_drop,
    cohorts.survivor,
    cohorts.denom_filter,
    cohorts.denom_level,
    cohorts.cohort_denom,
    numbers.avg_ratio,
    nulls.left_zero,
    dates.ts_between,
    dates.tz_shift,
    dates.trunc_unit,
    dates.diff_unit,
    dates.month_arith,
    windows.touch_tie,
    conditions.conj_drop,
    comparisons.cmp_op,
    joins.join_type,
    joins.tab_drop,
    grouping.grp_drop,
    grouping.grp_add,
    conditions.conn_swap,
    conditions.paren_drop,
    conditions.reassoc,
    conditions.not_toggle,
    comparisons.const_step,
    comparisons.null_test,
    comparisons.like_eq,
    comparisons.like_pos,
    comparisons.like_wild,
    conditions.pred_col,
    conditions.col_to_str,
    placement.on_where,
    placement.pred_move,
    placement.pred_level,
    subqueries.anti_form,
    joins.join_col,
    joins.join_op,
    joins.on_drop,
    joins.tab_swap,
    joins.tab_add,
    joins.fanout,
    aggregates.agg_distinct,
    aggregates.agg_fn,
    aggregates.count_form,
    aggregates.agg_arg,
    nulls.coalesce_drop,
    nulls.else_drop,
    numbers.div_kind,
    numbers.arith_op,
    numbers.round_early,
    columns_out.sel_distinct,
    columns_out.union_all,
    columns_out.col_drop,
    columns_out.col_add,
    columns_out.col_swap,
    columns_out.col_other,
    columns_out.comma_drop,
    windows.win_part,
    windows.win_order,
    windows.win_frame,
    windows.rank_fn,
    windows.lag_lead,
    windows.rows_range,
    ordering.ord_drop,
    ordering.ord_swap,
    ordering.ord_dir,
    ordering.ord_nulls,
    ordering.ord_key,
    ordering.limit_step,
    ordering.clause_drop,
)
"""Every operator; where two make the same query, the earlier one names the mistake."""

CAP_PER_OPERATOR = 24
"""Mutants kept of one operator, spread over its sites."""


@dataclass(frozen=True)
class Mutation:
    """All mutants of one solution, and what was left out."""

    mutants: tuple[Mutant, ...]
    skipped: tuple[str, ...] = ()
    """Operators that met a construct they do not know."""
    capped: tuple[str, ...] = ()
    """Operators of which not every site was used."""


def mutate(
    sql: str,
    schema: SchemaColumns,
    binds: Callable[[str], bool],
    operators: Iterable[Operator] = OPERATORS,
) -> Mutation:
    """Apply every operator at every site, drop repeats, and ask `binds` whether DuckDB takes the result.

    A text that sqlglot cannot parse has no mutants.
    """
    try:
        query = Query(sql, schema)
        text = SqlText(sql)
    except UNREADABLE:
        return Mutation((), ("parse",))
    before = query.tree.sql("duckdb")
    seen = {before}
    mutants: list[Mutant] = []
    skipped: list[str] = []
    capped: list[str] = []
    for operator in operators:
        edits, complete = _edits(operator, query)
        if not complete:
            skipped.append(operator.__name__)
        fresh = _fresh(edits, seen)
        kept = spread(fresh, CAP_PER_OPERATOR)
        if len(kept) < len(fresh):
            capped.append(operator.__name__)
        mutants += [_mutant(operator.__name__, found, printed, before, text, binds) for found, printed in kept]
    return Mutation(tuple(mutants), tuple(skipped), tuple(capped))


def spread(items: list[tuple[Edit, str]], most: int) -> list[tuple[Edit, str]]:
    """Keep at most so many edits, taking one from every site before a second from any."""
    if len(items) <= most:
        return items
    by_site: dict[int, list[int]] = defaultdict(list)
    for place, (found, _) in enumerate(items):
        by_site[id(found.node)].append(place)
    ranked = sorted((rank, place) for places in by_site.values() for rank, place in enumerate(places))
    return [items[place] for place in sorted(place for _, place in ranked[:most])]


def _edits(operator: Operator, query: Query) -> tuple[list[Edit], bool]:
    found: list[Edit] = []
    try:
        found.extend(each for each in operator(query) if not query.is_given(each.node))
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", operator.__name__, exc_info=True)
        return found, False
    return found, True


def _fresh(edits: list[Edit], seen: set[str]) -> list[tuple[Edit, str]]:
    fresh: list[tuple[Edit, str]] = []
    for found in edits:
        printed = found.tree.sql("duckdb", copy=False)
        if printed not in seen:
            seen.add(printed)
            fresh.append((found, printed))
    return fresh


def _mutant(name: str, found: Edit, sql: str, before: str, text: SqlText, binds: Callable[[str], bool]) -> Mutant:
    status = MutantStatus.BINDS if binds(sql) else MutantStatus.STILLBORN
    site: Site | None = text.site(found.node)
    edit = edit_key(name, before, sql)
    return Mutant(f"{name}-{short_digest(sql)}", name, found.code, found.clause, site, sql, status, edit)


__all__ = ["OPERATORS", "Mutant", "MutantStatus", "Mutation", "Operator", "SchemaColumns", "mutate"]
