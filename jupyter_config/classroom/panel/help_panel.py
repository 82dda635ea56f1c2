"""The panel of buttons under a verdict: expected shape, solution, reset."""

from __future__ import annotations

import json
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.kernel.display import Display
from classroom.kernel.result import run_query
from classroom.panel.markdown import markdown_html
from coursebook import Outcome
from coursebook.answer_cell import first_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from classroom.kernel.desk import Desk
    from classroom.panel.verdict_view import Case

_SHAPE_SECONDS = 10.0
VIEW = "application/vnd.jupyter.widget-view+json"


def show_panel(case: Case, desk: Desk) -> Iterable[Display]:
    """The panel as a widget; without widgets it takes no room, for all of it can be had by running the cell again."""
    widgets: Any = import_module("ipywidgets")
    output = widgets.HTML()
    rungs = [("shape", lambda: shape_html(case, desk))]
    if case.judgement.outcome is not Outcome.ACCEPTED:
        rungs.append(("solution", lambda: solution_html(case)))
    buttons = [_button(case, name, make, output) for name, make in rungs]
    reset = widgets.HTML(reset_html(case))
    row = widgets.HBox([*buttons, reset], layout=widgets.Layout(flex_flow="row wrap", align_items="center"))
    box = widgets.VBox([row, output])
    box.add_class("pg-panel")
    yield Display({VIEW: {"version_major": 2, "version_minor": 0, "model_id": box.model_id}, "text/plain": ""})


def shape_html(case: Case, desk: Desk) -> str:
    """Column names with types and, where the practice data is there, the number of rows."""
    if not case.exercise.solutions:
        return ""
    connection, sql = desk.session.connection, case.exercise.solutions[0].sql
    with desk.session.watch.over(connection, _SHAPE_SECONDS):
        result = run_query(connection, sql)
    columns = ", ".join(f"{name} ({kind})" for name, kind in zip(result.columns, result.types, strict=True))
    return _paragraph(case.say("panel.shape_line", columns=columns, rows=f"{result.row_count:,}"))


def solution_html(case: Case) -> str:
    """The first solution and the author's explanation."""
    explanation = markdown_html(case.exercise.text[case.lang].explanation)
    return f"<pre>{escape(case.exercise.solution)}</pre>{explanation}"


def reset_html(case: Case) -> str:
    """A button that the page itself answers: it puts the starter back into the cell."""
    text = f"{first_line(case.exercise.id, case.lang)}\n{case.exercise.starter}"
    return (
        f'<button type="button" class="pg-reset" data-penguin-source="{escape(json.dumps(text))}"'
        f' title="{escape(case.say("panel.reset_note"))}">{escape(case.say("panel.reset"))}</button>'
    )


def _button(case: Case, name: str, make: Callable[[], str], output: Any) -> Any:
    widgets: Any = import_module("ipywidgets")
    button = widgets.Button(description=case.say(f"panel.{name}"), layout=widgets.Layout(width="auto"))
    asked: list[str] = []

    def press(_: Any) -> None:
        if name == "solution" and not asked:
            asked.append(name)
            output.value = _inside(_paragraph(case.say("panel.really")))
            return
        output.value = _inside(make())

    button.on_click(press)
    return button


def _inside(html: str) -> str:
    return f'<div class="pg"><div class="pg-card pg-quiet">{html}</div></div>'


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"
