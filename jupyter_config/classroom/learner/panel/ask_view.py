"""The question box: a learner asks from the cell, with the query already in place."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.invitation import BY_HAND, learners_end, membership
from classroom.exchange.outbox import Outbox
from classroom.exchange.records import Question
from classroom.exchange.transport import Unreachable
from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import sentence
from classroom.learner.progress.opening import UNUSABLE, carry_along
from classroom.session.display import Display, page, widget
from classroom.unwritten import why_unwritten
from coursebook.answer_cell import canonical_id, is_exercise_id

if TYPE_CHECKING:
    from classroom.exchange.transport import LearnersEnd
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case

_log = logging.getLogger(__name__)
_MARKS = ":：、,"
FIELDS = ("wanted", "tables", "query", "got", "expected")


def show_ask(desk: Desk, argument: str) -> Display:
    """The form, or with a text the question sent at once; it is about the exercise named first, else the last answer's."""
    named, wanted = _parted(argument)
    case = desk.cases.get(named) if named else next(reversed(desk.cases.values()), None)
    exercise = case.exercise.id if case else named
    known = {"query": case.judgement.sql if case else "", "got": _result(desk) if case else ""}
    if wanted.strip():
        return send(desk, exercise, {**known, "wanted": wanted.strip()})
    return _form(desk, exercise, known)


def _parted(argument: str) -> tuple[str, str]:
    """The exercise that a line names, if its first word does, and the text."""
    words = argument.strip().split(maxsplit=1)
    if words and is_exercise_id(words[0].rstrip(_MARKS)):
        return canonical_id(words[0].rstrip(_MARKS)), words[1] if len(words) > 1 else ""
    return "", argument.strip()


def send(desk: Desk, exercise: str, said: dict[str, str]) -> Display:
    """Keep a question where the mentors find it."""
    title = sentence("ask.title", desk.lang)
    if not said.get("wanted", "").strip():
        return notice(title, sentence("ask.empty", desk.lang))
    try:
        if desk.progress is None:
            return notice(title, _unkept(desk))
        texts = [said.get(name, "").strip() for name in FIELDS]
        key = desk.progress.ask(exercise, *texts)
        carry_along(desk.progress)
        is_on_its_way = _put_into_outbox(desk, key, exercise, texts)
    except UNUSABLE as fault:
        return notice(title, _unkept(desk, fault))
    code = "ask.on_its_way" if is_on_its_way else "ask.sent"
    return notice(title, sentence(code, desk.lang, about=exercise or sentence("ask.no_exercise", desk.lang)))


def _unkept(desk: Desk, fault: Exception | None = None) -> str:
    """Why a question could not be kept: the disk, or that there is no folder around the notebook."""
    reason = why_unwritten(desk.lang, desk.progress_path.parent, fault) if desk.progress_path is not None else ""
    return sentence("ask.not_written", desk.lang, reason=reason) if reason else sentence("ask.unkept", desk.lang)


def _put_into_outbox(desk: Desk, key: str, exercise: str, texts: list[str]) -> bool:
    """Let the question travel by itself, where the learner's folder is in a class; what waits is sent from there."""
    member = membership(desk.progress.path.parent) if desk.progress else None
    if member is None or desk.progress is None:
        return False
    hidden, now = desk.progress.path.parent, datetime.now(UTC)
    course, lesson = member.invitation.course, exercise.partition("-")[0] or desk.lesson
    facts = (course, lesson, member.learner, member.sender, now.isoformat(), key, exercise)
    outbox = Outbox(hidden, member)
    outbox.ask(Question(*facts, *texts), now)
    if member.invitation.way != BY_HAND:  # beside the cell: a share that is gone may take its time to say so
        threading.Thread(target=_send, args=(outbox, learners_end(member, hidden, hidden)), daemon=True).start()
    return True


def _send(outbox: Outbox, end: LearnersEnd) -> None:
    try:
        outbox.send(end)
    except Unreachable:
        _log.info("a question waits for the way to open", exc_info=True)


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
            value=known.get(name, ""),
            placeholder=sentence(f"ask.{name}_example", lang),
            tooltip=sentence(f"ask.{name}", lang),
            layout=wide,
            rows=2,
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
