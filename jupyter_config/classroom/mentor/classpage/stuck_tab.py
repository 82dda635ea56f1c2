"""The tab of who is stuck now: name, cause, hint, the last try, and a box to write back at once."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.classpage.questions import write_to
from classroom.mentor.place.calendar import zone_of
from classroom.mentor.place.wording import outcome_html, told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from classroom.mentor.classpage.board import Board, Stuck
    from classroom.mentor.place.folder import MentorFolder


def stuck_tab(folder: MentorFolder, board: Board, names: Mapping[str, str]) -> Any:
    """Who is stuck, longest first; `names` are the learners' full names by id."""
    widgets: Any = import_module("ipywidgets")
    if not board.stuck:
        return widgets.HTML(f"<p>{escape(told('stuck.none', folder.lang))}</p>")
    return widgets.VBox([_learner(folder, each, names.get(each.student, each.student)) for each in board.stuck])


def stuck_line(folder: MentorFolder, stuck: Stuck, name: str, now: datetime | None = None) -> str:
    """One learner in words; since when with its day, where that is not today's."""
    at = stuck.since.astimezone(zone_of(folder))
    is_today = now is None or now.astimezone(zone_of(folder)).date() == at.date()
    since = at.strftime("%H:%M" if is_today else "%m-%d %H:%M")
    facts = {"student": name, "exercise": stuck.exercise, "tries": stuck.tries, "since": since}
    line = told("stuck.line", folder.lang, **facts)
    return f"{line} · {told('stuck.rung', folder.lang, rung=stuck.rung)}" if stuck.rung else line


def _cause(folder: MentorFolder, stuck: Stuck) -> str:
    try:
        exercise = folder.course.exercise(stuck.exercise).in_language(folder.lang)
    except KeyError:  # a drill
        return ""
    hint = exercise.hint(stuck.near_miss, folder.lang) if stuck.near_miss else ""
    return mistake_name(folder.lang, stuck.code, stuck.status, hint=hint)


def _learner(folder: MentorFolder, stuck: Stuck, name: str) -> Any:
    widgets: Any = import_module("ipywidgets")
    html = f"<p><b>{escape(stuck_line(folder, stuck, name))}</b></p>"
    if cause := _cause(folder, stuck):
        html += f"<p>{escape(told('stuck.cause', folder.lang, cause=cause))}</p>"
    shown = widgets.HTML(f'<div class="pg">{html}<pre>{escape(stuck.answer)}</pre></div>')
    if folder.has_stock_exchange:  # it has no way for a word without a hand-in
        return shown
    text = widgets.Textarea(placeholder=told("stuck.write", folder.lang), rows=2, layout=widgets.Layout(width="36em"))
    button, answer = widgets.Button(description=told("stuck.send", folder.lang)), widgets.HTML()

    def send() -> str:
        if not text.value.strip():
            return told("question.empty", folder.lang)
        try:
            write_to(folder, stuck.student, stuck.exercise, text.value.strip())
        except Unreachable as fault:
            return told("week.closed", folder.lang, place=fault.filename)
        text.value = ""
        return told("stuck.sent", folder.lang, student=name)

    def pressed(_: Any) -> None:
        answer.value = outcome_html(folder, send)

    button.on_click(pressed)
    return widgets.VBox([shown, widgets.HBox([text, button]), answer])
