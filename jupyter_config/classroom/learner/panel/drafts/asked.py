"""A draft asked of the company's assistant, by a click: what is sent is shown before, what comes is checked before it is shown."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from classroom.assistant.asking import instructions, personal_in, query_in, question
from classroom.assistant.line import NoWord
from classroom.assistant.voice import Restated
from classroom.learner.panel.drafts.request import FIELDS, MESSAGES, AskedFor, form, request_in
from classroom.learner.panel.drafts.view import Section, look_through
from classroom.learner.panel.notices import notice
from classroom.learner.panel.voice import facts_of, in_other_words, words_html, words_plain
from classroom.learner.practice.cards import run_button
from classroom.learner.state.dialects import chosen_dialect
from classroom.learner.state.marking import Stopped, UnknownExercise
from classroom.learner.state.reading import NotRun
from classroom.messages import say_in
from classroom.session.case import Case
from classroom.session.display import Display, page, unfinished
from classroom.session.trouble import show_trouble
from coursebook import Outcome
from coursebook.answer_cell import answer_alone, canonical_id
from coursebook.kind import AnswerForm
from coursebook.own_schema import SCHEMA
from sqlgrade.dialect.heading import DUCKDB, line_for
from sqlgrade.layout import CannotRead, lay_out
from sqlgrade.parse import all_parsed, parsed
from sqlgrade.record import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from classroom.assistant.line import AssistantLine
    from classroom.learner.state.desk import Desk
    from coursebook import LessonExercise

_ID = re.compile(r"(?<![A-Za-z0-9])L\d+-\d+[a-z]?(?![A-Za-z0-9])", re.IGNORECASE)


class _KeptBack(Exception):  # noqa: N818  (a fact, told as a sentence)
    """A draft for an exercise that is not shown: "right", "unjudged" or "stopped"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def show_request(desk: Desk, source: str) -> Display:
    """A request without a draft: where to paste one, and, where there is an assistant, the button that asks for one."""
    title, said, more = _say(desk, "title"), [_say(desk, "no_draft_yet")], ""
    if desk.assistant is not None:
        name, request = uuid4().hex[:12], request_in(source)
        desk.draft_wanted = (name, source)
        said.append(_say(desk, "asked.sends"))
        sent = "\n".join(
            f"{_say(desk, f'label.{key}')}: {value}"
            for key, value in _sent(desk, request, _exercise(desk, request)).items()
        )
        besides = _say(desk, "asked.sent_besides", tables=", ".join(each["name"] for each in _tables(desk)))
        more = (
            f"<details><summary>{escape(_say(desk, 'asked.sent'))}</summary><pre>{escape(sent)}</pre><p>{escape(besides)}</p></details>"
            f'<p class="pg-live">{run_button(f"draft ask {name}", _say(desk, "asked.button"))}</p>'
        )
    body = "".join(f"<p>{escape(each)}</p>" for each in said) + more
    head = f'<div class="pg-title">{escape(title)}</div>'
    html = f'<section class="pg-card pg-quiet" aria-label="{escape(title)}">{head}{body}</section>'
    return page(html, "\n".join([title, *said]))


def ask_for_draft(desk: Desk, name: str) -> Iterator[Display]:
    """Ask once for each click; a cell that is run again asks nothing.

    Args:
        desk: The sitting.
        name: What the button bears.
    """
    line, (wanted, source) = desk.assistant, desk.draft_wanted
    if line is None or not name or name != wanted:
        yield notice(_say(desk, "title"), _say(desk, "asked.nobody" if line is None else "asked.by_click"))
        return
    desk.draft_wanted = ("", "")
    request = request_in(source)
    exercise = _exercise(desk, request)
    if found := personal_in("\n".join(request.said.values())):
        yield notice(_say(desk, "title"), _say(desk, "asked.personal", found=found))
        return
    if exercise is not None and exercise.id not in desk.done() and desk.marker.last_answer(exercise.id) is None:
        yield notice(_say(desk, "title"), _say(desk, "asked.try_first", exercise=exercise.id))
        return
    place, seconds = uuid4().hex, f"{line.seconds:g}"
    yield replace(
        unfinished(notice(_say(desk, "asked.title"), _say(desk, "asked.waiting", seconds=seconds))), place=place
    )
    yield replace(_asked(desk, line, request, exercise), place=place, replaces=True)


def _asked(desk: Desk, line: AssistantLine, request: AskedFor, exercise: LessonExercise | None) -> Display:
    """What comes of it: a draft with all that was found, or why there is none."""
    sql = ""
    try:
        answer = line.ask(
            instructions("draft"), question(_sent(desk, request, exercise), _tables(desk), _metrics(desk))
        )
        sql = plain_query(query_in(answer))
        said = _judged(desk, line, exercise, sql) if exercise is not None and sql else ("", "")
        shown = look_through(desk, sql, request, _head(desk, sql, said)) if sql else None
    except NoWord as none:
        return notice(_say(desk, "asked.title"), _say(desk, f"asked.{none.why}"))
    except _KeptBack as kept:
        return notice(
            _say(desk, "asked.title"), _say(desk, f"asked.{kept.why}", exercise=exercise.id if exercise else "")
        )
    except NotRun as unrun:
        return _with_trouble(desk, sql, show_trouble(unrun.trouble, desk.lang))
    if shown is None:
        return notice(_say(desk, "asked.title"), _say(desk, "asked.no_query"))
    named = sql if chosen_dialect(desk.folder) == DUCKDB else f"{sql}\n{line_for(DUCKDB)}"
    desk.next_input = form(desk.lang, request, named)
    return shown


def plain_query(text: str) -> str:
    """A query as it is shown and run: without comments, which may say anything; empty for what is no query, or holds a % line."""
    trees = all_parsed(text) if 0 < len(text) <= LONGEST_ANSWER else []
    if len(trees) != 1:
        return ""
    plain = _without_comments(text)
    if parsed(plain) != trees[0]:
        plain = trees[0].sql("duckdb", comments=False)
    try:
        plain = lay_out(plain)
    except CannotRead:
        return ""
    return "" if any(line.lstrip().startswith(("%", "％")) for line in plain.splitlines()) else plain


def _without_comments(text: str) -> str:
    import duckdb

    raw, tokens = text.encode(), duckdb.tokenize(text)
    ends = [*(start for start, _ in tokens[1:]), len(raw)]
    pieces = (
        "\n" if kind == duckdb.token_type.comment else raw[start:end].decode()
        for (start, kind), end in zip(tokens, ends, strict=True)
    )
    return "".join(pieces).strip()


def _judged(desk: Desk, line: AssistantLine, exercise: LessonExercise, sql: str) -> tuple[str, str]:
    """What the judge proved of a draft for an exercise, as HTML and text; a right one is a solution, and is kept back.

    Raises:
        _KeptBack: it must not be shown, or nobody could judge it.
    """
    try:
        judgement = desk.marker.judge_aside(answer_alone(exercise.id, sql))
    except Stopped:
        raise _KeptBack("stopped") from None
    if judgement.outcome in (Outcome.UNJUDGED, Outcome.AUTHOR_FAULT, Outcome.REFUSED):
        raise _KeptBack("unjudged")
    if judgement.outcome in (Outcome.ACCEPTED, Outcome.PARTLY):
        if exercise.id not in desk.done():
            raise _KeptBack("right")
        told = _say(desk, "asked.judged_same", exercise=exercise.id)
        return f"<p>{escape(told)}</p>", told
    told = _say(desk, "asked.judged_other", exercise=exercise.id)
    case = Case(judgement, exercise, sql, desk.lang)
    try:
        words = in_other_words(line, case, desk)
    except NoWord:  # the facts stand without it
        words = tuple(map(Restated, facts_of(case)))
    return f"<p>{escape(told)}</p>{words_html(words, desk.lang)}", "\n".join([told, *words_plain(words, desk.lang)])


def _head(desk: Desk, sql: str, judged: tuple[str, str]) -> Section:
    title, of_whom = _say(desk, "asked.title"), _say(desk, "asked.from_assistant")
    html = f"<p>{escape(of_whom)}</p><pre>{escape(sql)}</pre>{judged[0]}"
    return Section(title, html, tuple(filter(None, (of_whom, sql, judged[1]))))


def _with_trouble(desk: Desk, sql: str, trouble: Display) -> Display:
    """A draft that does not run here: a table that does not exist, another database's way of writing."""
    head = _head(desk, sql, ("", ""))
    title = f'<div class="pg-title">{escape(head.title)}</div>'
    html = f'<section class="pg-card pg-quiet" aria-label="{escape(head.title)}">{title}{head.html}</section>'
    plain = "\n".join([head.title, *head.plain, str(trouble.data["text/plain"])])
    return page(f"{html}{trouble.data['text/html']}", plain)


def _exercise(desk: Desk, request: AskedFor) -> LessonExercise | None:
    """The exercise that the request names, if it is one that is answered by a query."""
    found = _ID.search(request.said["request"])
    try:
        exercise = desk.marker.exercise(canonical_id(found[0])) if found else None
    except UnknownExercise:
        return None
    return exercise if exercise is not None and exercise.kind.answer is AnswerForm.QUERY else None


def _sent(desk: Desk, request: AskedFor, exercise: LessonExercise | None) -> dict[str, str]:
    """The request card by its fields; for an exercise with its task, which everybody reads."""
    sent = {name: request.said[name] for name in FIELDS if name != "expected" and request.said[name]}
    if exercise is not None:
        text = exercise.text[desk.lang]
        sent["task"] = f"{text.title}\n{text.prompt}".strip()
    return sent


def _tables(desk: Desk) -> list[dict[str, Any]]:
    """Names, types and meanings of the synthetic copy; the learner's own tables stay with the learner."""
    return [
        {
            "name": table.name,
            "comment": table.comment,
            "columns": [
                {"name": each.name, "type": each.type, "meaning": each.comment} for each in table.columns.values()
            ],
        }
        for table in desk.session.schema.tables.values()
        if not table.name.startswith(f"{SCHEMA}.")
    ]


def _metrics(desk: Desk) -> str:
    """The metric dictionary, where the copy is of what it speaks of."""
    from coursebook.metrics import load_metrics, page

    course, known = desk.marker.course, desk.session.schema.table
    record = load_metrics(course.root)
    whole = all(known(each.name) for each in course.data.dictionary(desk.lang))
    return page(record, desk.lang) if record.metrics and whole else ""


def _say(desk: Desk, code: str, **params: object) -> str:
    return say_in(MESSAGES, code, desk.lang, **params)
