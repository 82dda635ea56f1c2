"""The five checks on the practice data: expectation, rows, repeated keys, totals, and one person or thing to follow."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlglot import exp

from classroom.learner.panel.drafts.found import DeskCheck, Found
from classroom.learner.panel.drafts.shape import as_text, is_folded
from classroom.learner.panel.steps import StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from classroom.learner.panel.drafts.request import AskedFor
    from classroom.learner.panel.drafts.shape import Draft
    from classroom.learner.panel.steps import StepResult

Rows = list[tuple[object, ...]]
_ROW_STEPS = (StepKind.FROM, StepKind.JOIN, StepKind.WHERE)
_FAR_OFF = 1.2
"""A figure so many times the expectation, or a part of it as small, is to be looked at."""
_EXACT = 1e-9


def counted(
    draft: Draft, sql: str, request: AskedFor, steps: Sequence[StepResult], listed: Callable[[str], Rows]
) -> Iterator[Found]:
    """What each check shows; every check shows something.

    Args:
        draft: The draft as it was read.
        sql: The same as text.
        request: What was asked for.
        steps: Its steps, run.
        listed: Runs a query; of a long result it may give the first rows alone, so that whatever is counted is counted in SQL.
    """
    result = _Whole(sql, steps[-1].columns, listed)
    yield _expected(request, result)
    yield from _rows(draft, result, steps)
    if draft.is_by_chance and result.count:
        yield from (Found(check, "by_chance") for check in (DeskCheck.REPEATED, DeskCheck.TOTALS))
    else:
        yield from _repeated(result)
        yield from _totals(draft, result)
    yield from _followed(draft, steps, listed)


class _Whole:
    """The result of a draft, of which figures are asked."""

    def __init__(self, sql: str, names: Sequence[str], listed: Callable[[str], Rows]) -> None:
        self.names = tuple(names)
        self.listed = listed
        columns = ", ".join(f"c{at}" for at in range(len(self.names)))
        self.source = f"({sql}\n) AS draft({columns})"
        self.count = int(str(self.of("COUNT(*)")))

    def of(self, figure: str) -> object:
        """One figure of the whole result."""
        return self.listed(f"SELECT {figure} FROM {self.source}")[0][0]

    @property
    def different(self) -> int:
        """Rows that differ from each other."""
        return int(str(self.listed(f"SELECT COUNT(*) FROM (SELECT DISTINCT * FROM {self.source})")[0][0]))

    @property
    def single(self) -> float | None:
        """The one number that it consists of, if it does."""
        if self.count != 1 or len(self.names) != 1:
            return None
        value = self.of("c0")
        return float(value) if isinstance(value, int | float | Decimal) else None


def _expected(request: AskedFor, result: _Whole) -> Found:
    wanted, number = request.number, result.single
    if not wanted:
        return Found(DeskCheck.EXPECTED, "not_expected", {"rows": result.count})
    if number is None and result.count == 1:
        return Found(DeskCheck.EXPECTED, "expected_other", {"wanted": wanted})
    code = "expected_figure" if number is not None else "expected_rows"
    number = float(result.count) if number is None else number
    ratio = number / wanted
    off = not 1 / _FAR_OFF <= ratio <= _FAR_OFF  # nan is off as well
    return Found(DeskCheck.EXPECTED, code, {"wanted": wanted, "number": number, "ratio": ratio}, to_look_at=off)


def _rows(draft: Draft, result: _Whole, steps: Sequence[StepResult]) -> Iterator[Found]:
    yield Found(DeskCheck.ROWS, "rows", {"rows": result.count}, to_look_at=not result.count)
    for each in steps:
        before, place = each.rows_before, {"block": each.step.block, "clause": as_text(each.step.clause)}
        facts = {**place, "before": before, "after": each.row_count}
        if each.spread is not None and each.spread > 1:
            adds = ", ".join(_added(draft, each.step.block))
            code = "join_multiplies_sum" if adds else "join_multiplies"
            yield Found(DeskCheck.ROWS, code, {**facts, "spread": each.spread, "adds": adds}, to_look_at=True)
        elif each.step.kind is StepKind.JOIN and before is not None and each.row_count < before:
            yield Found(DeskCheck.ROWS, "join_loses", {**facts, "lost": before - each.row_count}, to_look_at=True)
        elif each.step.kind in (StepKind.WHERE, StepKind.HAVING) and before is not None:
            yield Found(DeskCheck.ROWS, "keeps", facts, to_look_at=not each.row_count)


def _added(draft: Draft, block: str) -> list[str]:
    """What a row that is multiplied in a block would be counted in more than once: there, or where that is read."""
    selects = draft.selects_after(block)
    folds = (each for select in selects for each in select.find_all(exp.Sum, exp.Avg, exp.Count))
    own = (each for each in folds if any(each.find_ancestor(exp.Select) is select for select in selects))
    found = (each for each in own if not isinstance(each.this, exp.Distinct))
    return list(dict.fromkeys(map(as_text, found)))


def _repeated(result: _Whole) -> Iterator[Found]:
    more = result.count - result.different
    if more:
        yield Found(DeskCheck.REPEATED, "rows_repeated", {"more": more}, to_look_at=True)
    at = next((at for at, name in enumerate(result.names) if name.lower().endswith("_id")), None)
    if at is not None and result.count:
        key = result.names[at]
        count = f"SELECT c{at}, COUNT(*) AS n FROM {result.source} GROUP BY 1 HAVING COUNT(*) > 1"
        twice = result.listed(f"SELECT COUNT(*) FROM ({count})")[0][0]
        if twice:
            value, n = result.listed(f"{count} ORDER BY 2 DESC, 1 LIMIT 1")[0]
            yield Found(
                DeskCheck.REPEATED,
                "key_repeated",
                {"key": key, "count": twice, "value": value, "n": n},
                to_look_at=not more,
            )
        else:
            yield Found(DeskCheck.REPEATED, "key_once", {"key": key, "rows": result.count})
    elif not more:
        yield Found(DeskCheck.REPEATED, "nothing_repeated", {"rows": result.count})


def _totals(draft: Draft, result: _Whole) -> Iterator[Found]:
    """The parts of a grouped result beside the whole, counted without groups."""
    import duckdb

    select, told = draft.outer, False
    grouped = select is not None and select.args.get("group") is not None
    for at, each in enumerate(select.expressions if select is not None and grouped else ()):
        if select is None or not isinstance(each.unalias(), exp.Sum | exp.Count) or not is_folded(each):
            continue
        whole = select.copy()
        for part in ("group", "having", "order", "limit", "offset", "qualify", "distinct"):
            whole.set(part, None)
        whole.set("expressions", [each.unalias().copy()])
        query = whole.sql("duckdb", comments=False)
        try:
            wanted, parts = result.listed(query)[0][0], result.of(f"SUM(c{at})")
        except duckdb.Error:
            continue
        if _is_figure(wanted) and _is_figure(parts):
            told = True
            yield _total(each.alias_or_name or each.sql("duckdb"), float(str(parts)), float(str(wanted)), query)
    if not told:
        yield Found(DeskCheck.TOTALS, "no_parts")


def _is_figure(value: object) -> bool:
    """Whether it is a number that can be compared: a division by zero gives inf or nan."""
    return isinstance(value, int | float | Decimal) and math.isfinite(value)


def _total(column: str, parts: float, whole: float, query: str) -> Found:
    facts = {"column": column, "parts": parts, "whole": whole}
    if abs(parts - whole) <= _EXACT * max(1.0, abs(whole)):
        return Found(DeskCheck.TOTALS, "totals_agree", facts, sql=query)
    return Found(DeskCheck.TOTALS, "parts_more" if parts > whole else "parts_less", facts, to_look_at=True, sql=query)


def _followed(draft: Draft, steps: Sequence[StepResult], listed: Callable[[str], Rows]) -> Iterator[Found]:
    """Somebody or something of whom most rows are counted, to be counted by hand."""
    rows = next((each for each in reversed(steps) if each.step.kind in _ROW_STEPS), None)
    key = _person_or_thing(rows.columns) if rows is not None else ""
    if rows is not None and not rows.row_count:
        yield Found(DeskCheck.FOLLOWED, "nobody_left")
        return
    kept = f'SELECT "{key}", COUNT(*) AS n FROM ({rows.step.rows_sql}) AS kept' if rows is not None and key else ""
    most = listed(f'{kept} WHERE "{key}" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1') if kept else []
    if not most:
        yield Found(DeskCheck.FOLLOWED, "nobody_to_follow")
        return
    value, n = most[0]
    holder = next((table.name for table in draft.tables if key.lower() in table.columns), "")
    see = f"SELECT *\nFROM {holder}\nWHERE {key} = {value}" if holder and isinstance(value, int) else ""
    yield Found(DeskCheck.FOLLOWED, "follow", {"key": key, "value": value, "n": n}, sql=see)


def _person_or_thing(columns: Sequence[str]) -> str:
    """The column whose number tells whom or what a row is about: a guest or a cast before anything else; empty if none does."""
    keys = [name for name in columns if name.lower().endswith("_id")]
    return next((name for name in ("guest_id", "cast_id") if name in keys), keys[0] if keys else "")
