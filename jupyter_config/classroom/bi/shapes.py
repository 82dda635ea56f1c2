"""The visualisations that are numbers or tables themselves: counter, funnel, cohort and pivot, as Redash draws them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.bi.markup import told
from classroom.desk.table_view import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.bi.records import Visual
    from classroom.desk.result import ResultTable

_MOST_ROWS, _MOST_COLUMNS = 60, 26
_BLUE = "0, 114, 178"


class Misfit(Exception):  # noqa: N818  (told as a sentence in the drawing's place)
    """A result does not fit the drawing: the code of a sentence below `visual`, and the column that it is about."""

    def __init__(self, code: str, column: str = "") -> None:
        super().__init__(code)
        self.code, self.column = code, column


def counter_html(visual: Visual, result: ResultTable, lang: str) -> str:
    """The first row's number, large, and how far it is from a target: another column, or a number."""
    value = as_number(column_of(result, visual.options["y"])[0], visual.options["y"])
    html = f'<div class="penguin-bi-counter"><strong>{escape(number_text(value))}</strong>'
    if asked := visual.options.get("target", ""):
        target = _target(asked, result)
        share = f"{value / target:.1%}" if target else "–"
        gap = number_text(value - target)
        gap = gap if gap.startswith("-") else f"+{gap}"
        html += f"<span>{told('visual.against', lang, target=number_text(target), share=share, gap=gap)}</span>"
    return f"{html}</div>"


def funnel_html(visual: Visual, result: ResultTable, lang: str) -> str:
    """Steps with bars: the share of the first step, and of the step before."""
    names = column_of(result, visual.options["x"])[:_MOST_ROWS]
    values = [as_number(each, visual.options["y"]) for each in column_of(result, visual.options["y"])[:_MOST_ROWS]]
    rows = []
    for at, (name, value) in enumerate(zip(names, values, strict=True)):
        share = value / values[0] if values[0] else 0.0
        before = f"{value / values[at - 1]:.1%}" if at and values[at - 1] else "–"
        bar = f'<i style="width: {min(max(share, 0), 1):.1%}"></i>'
        rows.append(
            f'<tr><th scope="row">{_text(name)}</th><td class="penguin-bi-step">{bar}<b>{number_text(value)}</b></td>'
            f'<td class="pg-n">{share:.1%}</td><td class="pg-n">{before}</td></tr>'
        )
    head = (visual.options["x"], visual.options["y"])
    return _table([*map(escape, head), told("visual.of_first", lang), told("visual.of_before", lang)], rows)


def cohort_html(visual: Visual, result: ResultTable, lang: str) -> str:
    """One row for each cohort, one column for each stage: its value as a share of the cohort's first stage, darker the more."""
    cells, cohorts, stages = crossed(visual, result)
    rows = []
    for cohort in cohorts:
        first = cells.get((cohort, stages[0]))
        tds = []
        for stage in stages:
            value = cells.get((cohort, stage))
            if value is None or not first:
                tds.append("<td></td>")
                continue
            share = value / first
            shade = f"background: rgba({_BLUE}, {0.08 + 0.6 * min(max(share, 0), 1):.2f})"
            tds.append(f'<td class="pg-n" style="{shade}" title="{number_text(value)}">{share:.1%}</td>')
        size = number_text(first) if first is not None else "–"
        rows.append(f'<tr><th scope="row">{_text(cohort)}</th><td class="pg-n">{size}</td>{"".join(tds)}</tr>')
    return _table([escape(visual.options["x"]), "n", *map(_text, stages)], rows)


def pivot_html(visual: Visual, result: ResultTable, lang: str) -> str:
    """One row for each value of a column, one column for each of another: the sum of a third."""
    cells, names, across = crossed(visual, result)
    rows = []
    for name in names:
        tds = []
        for column in across:
            value = cells.get((name, column))
            tds.append(f'<td class="pg-n">{number_text(value) if value is not None else ""}</td>')
        rows.append(f'<tr><th scope="row">{_text(name)}</th>{"".join(tds)}</tr>')
    return _table([escape(visual.options["x"]), *map(_text, across)], rows)


def number_text(value: float) -> str:
    """A number with thousands apart, and as many decimals as its size deserves."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:,.3g}"


def crossed(visual: Visual, result: ResultTable) -> tuple[dict[tuple[Any, Any], float], list[Any], list[Any]]:
    """Sums by row and column, both in the order of their values; numbers before texts."""
    down, across = (column_of(result, visual.options[name]) for name in ("x", "color"))
    sums: dict[tuple[Any, Any], float] = {}
    for name, column, value in zip(down, across, column_of(result, visual.options["y"]), strict=True):
        if value is not None:
            sums[name, column] = sums.get((name, column), 0.0) + as_number(value, visual.options["y"])
    if not sums:
        raise Misfit("empty")
    columns = _in_order(across)
    if len(columns) > _MOST_COLUMNS:
        raise Misfit("too_wide", visual.options["color"])
    return sums, _in_order(down)[:_MOST_ROWS], columns


def _in_order(values: Iterable[Any]) -> list[Any]:
    def rank(value: Any) -> tuple[int, float, str]:
        is_number = isinstance(value, int | float)
        return (0 if is_number else 1 if value is not None else 2, value if is_number else 0.0, str(value))

    return sorted(dict.fromkeys(values), key=rank)


def column_of(result: ResultTable, name: str) -> list[Any]:
    """The values of a column, its name in any case of letters; raises Misfit if it is gone."""
    known = {each.lower(): at for at, each in enumerate(result.columns)}
    if name.lower() not in known:
        raise Misfit("gone", name)
    at = known[name.lower()]
    return [row[at] for row in result.rows]


def _target(asked: str, result: ResultTable) -> float:
    """A number as written, or the first row's value of a column."""
    try:
        return float(asked.replace(",", ""))
    except ValueError:
        return as_number(column_of(result, asked)[0], asked)


def as_number(value: Any, column: str) -> float:
    """A value as a number; raises Misfit if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Misfit("no_number", column)
    return float(value)


def _text(value: Any) -> str:
    return escape(value_text(value))


def _table(head: list[str], rows: list[str]) -> str:
    top = "".join(f'<th scope="col">{each}</th>' for each in head)
    return (
        f'<div class="pg-scroll" tabindex="0"><table class="pg-table"><thead><tr>{top}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )
