"""The visualisations that no chart line draws: one number against a target, and a pivot."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import told
from classroom.learner.charts.tables import crossing_html
from classroom.learner.charts.values import as_number, column_of, crossed, number_text
from classroom.session.table_view import value_text

if TYPE_CHECKING:
    from classroom.learner.bi.records import Visual
    from classroom.session.result import ResultTable


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


def pivot_html(visual: Visual, result: ResultTable, lang: str) -> str:
    """One row for each value of a column, one column for each of another: the sum of a third."""
    down, column, summed = (visual.options[each] for each in ("x", "color", "y"))
    cells, names, across = crossed(result, down, column, summed)
    rows = []
    for name in names:
        values = (cells.get((name, each)) for each in across)
        tds = "".join(f'<td class="pg-n">{"" if each is None else number_text(each)}</td>' for each in values)
        rows.append(f'<tr><th scope="row">{escape(value_text(name))}</th>{tds}</tr>')
    return crossing_html([escape(down), *(escape(value_text(each)) for each in across)], rows)


def _target(asked: str, result: ResultTable) -> float:
    """A number as written, or the first row's value of a column."""
    try:
        return float(asked.replace(",", ""))
    except ValueError:
        return as_number(column_of(result, asked)[0], asked)
