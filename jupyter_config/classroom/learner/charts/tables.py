"""The charts that are tables themselves: funnel and cohort, as Redash draws them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.learner.charts.values import column_of, crossed, number_text, numbers_of
from classroom.messages import say_in
from classroom.session.table_view import value_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.learner.charts.request import ChartRequest
    from classroom.session.result import ResultTable

_MOST_STEPS = 60
_BLUE = "0, 114, 178"


def table_of(request: ChartRequest, result: ResultTable, lang: str) -> str:
    """A chart that is a table itself, as HTML.

    Args:
        request: What is to be drawn, already checked against the result's columns; its kind is one of `TABLES`.
        result: What it is drawn from.
        lang: `ja` or `en`.

    Raises:
        Misfit: what counts is no number, or there is nothing to count or too much to stand side by side.
    """
    if request.kind == "funnel":
        return _funnel(result, request.x, request.y[0], lang)
    return _cohort(result, request.x, request.color or "", request.y[0])


def _funnel(result: ResultTable, names: str, values: str, lang: str) -> str:
    """Steps with bars, the first step first: the share of the first step, and of the step before."""
    steps, counts = column_of(result, names)[:_MOST_STEPS], numbers_of(result, values)[:_MOST_STEPS]
    rows = []
    for at, (name, value) in enumerate(zip(steps, counts, strict=True)):
        share = value / counts[0] if counts[0] else 0.0
        before = f"{value / counts[at - 1]:.1%}" if at and counts[at - 1] else "–"
        bar = f'<i style="width: {min(max(share, 0), 1):.1%}"></i>'
        rows.append(
            f'<tr><th scope="row">{_text(name)}</th><td class="pg-step">{bar}<b>{number_text(value)}</b></td>'
            f'<td class="pg-n">{share:.1%}</td><td class="pg-n">{before}</td></tr>'
        )
    of_first, of_before = (escape(say_in("classroom.learner.charts", each, lang)) for each in ("of_first", "of_before"))
    return crossing_html([escape(names), escape(values), of_first, of_before], rows)


def _cohort(result: ResultTable, names: str, stages: str, values: str) -> str:
    """One row for each cohort, one column for each stage: its value as a share of the cohort's first stage, darker the more."""
    cells, cohorts, across = crossed(result, names, stages, values)
    rows = []
    for cohort in cohorts:
        first = cells.get((cohort, across[0]))
        tds = "".join(_shaded(cells.get((cohort, stage)), first) for stage in across)
        size = number_text(first) if first is not None else "–"
        rows.append(f'<tr><th scope="row">{_text(cohort)}</th><td class="pg-n">{size}</td>{tds}</tr>')
    return crossing_html([escape(names), "n", *map(_text, across)], rows)


def _shaded(value: float | None, first: float | None) -> str:
    if value is None or not first:
        return "<td></td>"
    share = value / first
    shade = f"background: rgba({_BLUE}, {0.08 + 0.6 * min(max(share, 0), 1):.2f})"
    return f'<td class="pg-n" style="{shade}" title="{number_text(value)}">{share:.1%}</td>'


def crossing_html(head: Sequence[str], rows: Sequence[str]) -> str:
    """A table with names on top and on the left.

    Args:
        head: Its first line, as HTML.
        rows: The others, each a whole row as HTML.
    """
    top = "".join(f'<th scope="col">{each}</th>' for each in head)
    return (
        f'<div class="pg-scroll" tabindex="0"><table class="pg-table pg-crossing"><thead><tr>{top}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _text(value: Any) -> str:
    return escape(value_text(value))
