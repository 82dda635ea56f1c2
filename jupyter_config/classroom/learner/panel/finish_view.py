"""%finish: what the lesson was for, handed over with the colleague's reply, what one can do now, and the next lesson."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from classroom.learner.panel.finish import LessonEnd, lesson_end
from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import sentence
from classroom.learner.panel.result_files import token_of, tools_html
from classroom.learner.progress.opening import UNUSABLE
from classroom.session.display import Display, page
from classroom.session.result import run_query
from classroom.session.table_view import SEEN_ROWS, show_result
from classroom.session.verdict.card import reply_html
from coursebook.answer_cell import cut_chart

if TYPE_CHECKING:
    from classroom.learner.panel.finish import NextLesson
    from classroom.learner.state.desk import Desk

_SECONDS = 20.0


def show_finish(desk: Desk, asked: str) -> Display:
    """The end of the lesson that is named, or of the one that is worked in."""
    lesson_id = (asked or desk.lesson).strip().upper()
    try:
        end = lesson_end(desk.marker.course, lesson_id, desk.done(), desk.lang)
    except KeyError:
        end = None
    if end is None:
        return notice(sentence("finish.title", desk.lang), sentence("finish.which", desk.lang))
    if not end.reached:
        told = sentence("finish.not_yet", desk.lang, id=end.goal.id, title=end.goal.title)
        return notice(sentence("finish.title", desk.lang), told)
    return _handed_over(end, desk)


def _handed_over(end: LessonEnd, desk: Desk) -> Display:
    lang, result = desk.lang, _result(end, desk)
    html = reply_html(end.colleague, end.reply, lang)
    plain = [sentence("reply", lang, who=end.colleague, reply=end.reply)]
    if result is not None:
        html += str(result.data["text/html"])
        plain.append(str(result.data["text/plain"]))
    html += f"<h5>{escape(sentence('finish.abilities', lang))}</h5>"
    html += f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in end.abilities)}</ul>"
    plain += [sentence("finish.abilities", lang), *(f"- {each}" for each in end.abilities)]
    if end.open:
        said = sentence("finish.open", lang, count=len(end.open), numbers=", ".join(each.id for each in end.open))
        html += f'<p class="pg-soft">{escape(said)}</p>'
        plain.append(said)
    html += _way_on(end.next, lang)
    plain.append(_words_on(end.next, lang))
    title = sentence("finish.title", lang)
    head = f'<div class="pg-title"><span class="pg-mark" aria-hidden="true">✓</span>{escape(title)}</div>'
    return page(f'<div class="pg-card pg-right" role="status">{head}{html}</div>', "\n".join([f"✓ {title}", *plain]))


def _result(end: LessonEnd, desk: Desk) -> Display | None:
    """What the learner's own answer gives, with a file at hand; nothing where it can't be run any more."""
    import duckdb

    sql = cut_chart(_accepted_answer(end, desk))[0].strip().rstrip(";")
    if not sql:
        return None
    try:
        with desk.session.watch.over(_SECONDS):
            result = run_query(desk.session.connection, sql)
    except (duckdb.Error, RuntimeError):
        return None
    desk.results[token_of(sql)] = sql
    title = sentence("finish.result", desk.lang, title=end.goal.title)
    tools = tools_html(sql, desk.lang)
    return show_result(result, desk.lang, tools, say_type=desk.say_type, folded=SEEN_ROWS, title=title)


def _accepted_answer(end: LessonEnd, desk: Desk) -> str:
    try:
        tries = desk.progress.tries(end.goal.id) if desk.progress else ()
    except UNUSABLE:
        return ""
    return next((each.answer for each in reversed(tries) if each.accepted), "")


def _way_on(lesson: NextLesson | None, lang: str) -> str:
    if lesson is None:
        return f"<p>{escape(_words_on(lesson, lang))}</p>"
    label = escape(sentence("finish.next", lang, id=lesson.id, title=lesson.title))
    link = f'<a class="pg-go" href="{quote(lesson.notebook)}" data-penguin-lesson="{lesson.id}">{label} →</a>'
    return f'<p class="pg-way-on">{link} <span class="pg-soft">{escape(lesson.question)}</span></p>'


def _words_on(lesson: NextLesson | None, lang: str) -> str:
    if lesson is None:
        return sentence("finish.last", lang)
    return f"{sentence('finish.next', lang, id=lesson.id, title=lesson.title)}: {lesson.question}"
