"""The question box: a learner asks from the cell, with the query already in place."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.desk.display import Display, page, widget
from classroom.panel.notices import notice
from classroom.panel.offer import sentence
from classroom.progress.opening import UNUSABLE, carry_along
from coursebook.answer_cell import canonical_id

if TYPE_CHECKING:
    from classroom.desk.case import Case
    from classroom.desk.desk import Desk

FIELDS = ("wanted", "tables", "query", "got", "expected")


def show_ask(desk: Desk, argument: str) -> Display:
    """The form for an exercise, or, with a text behind the exercise, the question sent at once."""
    named, _, wanted = argument.strip().partition(" ")
    case = desk.cases.get(canonical_id(named)) if named else next(reversed(desk.cases.values()), None)
    exercise = case.exercise.id if case else canonical_id(named) if named else ""
    known = {"query": case.judgement.sql if case else "", "got": _result(desk) if case else ""}
    if wanted.strip():
        return send(desk, exercise, {**known, "wanted": wanted.strip()})
    return _form(desk, exercise, known)


def send(desk: Desk, exercise: str, said: dict[str, str]) -> Display:
    """Keep a question where the mentors find it."""
    title = sentence("ask.title", desk.lang)
    if not said.get("wanted", "").strip():
        return notice(title, sentence("ask.empty", desk.lang))
    try:
        if desk.progress is None:
            return notice(title, sentence("ask.unkept", desk.lang))
        desk.progress.ask(exercise, *(said.get(name, "") for name in FIELDS))
        carry_along(desk.progress)
    except UNUSABLE:
        return notice(title, sentence("ask.unkept", desk.lang))
    return notice(title, sentence("ask.sent", desk.lang, exercise=exercise))


def ask_widgets(case: Case, desk: Desk) -> Any:
    """The form about one answer, for the panel's drawer."""
    return _box(desk, case.exercise.id, {"query": case.judgement.sql, "got": _result(desk)})


def _form(desk: Desk, exercise: str, known: dict[str, str]) -> Display:
    box = _box(desk, exercise, known)
    line = sentence("ask.line", desk.lang, exercise=exercise or "L1-07")
    return widget(box.model_id, page(f"<p>{escape(line)}</p>", line))


def _box(desk: Desk, exercise: str, known: dict[str, str]) -> Any:
    widgets: Any = import_module("ipywidgets")
    lang = desk.lang
    wide = widgets.Layout(width="auto")
    boxes = {
        name: widgets.Textarea(
            value=known.get(name, ""), placeholder=sentence(f"ask.{name}_example", lang), layout=wide, rows=2
        )
        for name in FIELDS
    }
    labelled = [
        widgets.VBox([widgets.Label(sentence(f"ask.{name}", lang)), box], layout=wide) for name, box in boxes.items()
    ]
    button = widgets.Button(description=sentence("ask.send", lang), button_style="primary")
    answer = widgets.HTML()
    head = sentence("ask.head", lang, exercise=exercise) if exercise else sentence("ask.title", lang)

    def press(_: Any) -> None:
        shown = send(desk, exercise, {name: box.value for name, box in boxes.items()})
        answer.value = shown.data["text/html"]

    button.on_click(press)
    box = widgets.VBox([widgets.HTML(f"<b>{escape(head)}</b>"), *labelled, button, answer])
    box.add_class("pg-panel")
    return box


def _result(desk: Desk) -> str:
    result = desk.last_result
    if result is None:
        return ""
    code = "ask.rows" if result.counted_all else "ask.rows_at_least"
    return sentence(code, desk.lang, rows=f"{result.row_count:,}", columns=", ".join(result.columns))
