"""Short cards about the answer cell itself."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from uuid import uuid4

from classroom.messages import say
from classroom.session.display import Display, page
from coursebook.answer_cell import first_line
from coursebook.judgement import NO_JUDGE, Message

if TYPE_CHECKING:
    from classroom.exchange.judge_line import NoJudge


def notice(title: str, sentence: str, code: str = "") -> Display:
    """A card with a title, a sentence and perhaps a line to copy."""
    pre = f"<pre>{escape(code)}</pre>" if code else ""
    html = (
        '<div class="pg-card pg-quiet" role="status"><div class="pg-title"><span class="pg-mark" aria-hidden="true">i</span>'
        f"{escape(title)}</div><p>{escape(sentence)}</p>{pre}</div>"
    )
    return page(html, "\n".join(filter(None, [f"i {title}", sentence, code])))


def still_running(slow: float, seconds: float, lang: str) -> Display:
    """A statement that takes its time, with the way to stop it."""
    title, cause = say("slow.title", lang), say("slow.cause", lang, slow=f"{slow:g}", seconds=f"{seconds:g}")
    stop = f'<span class="pg-live"><button type="button" class="pg-tool" data-penguin-stop>{escape(say("slow.stop", lang))}</button></span>'
    html = f'<div class="pg-card pg-quiet pg-slow" role="status"><div class="pg-title">{escape(title)}</div><p>{escape(cause)}</p>{stop}</div>'
    return replace(page(html, f"… {title}\n{cause}"), place=uuid4().hex)


def grading(lang: str, *, is_query: bool = True) -> Display:
    """An answer whose verdict is still to come."""
    title, cause = say("grading.title", lang), say("grading.cause" if is_query else "grading.cause_other", lang)
    html = (
        f'<div class="pg-card pg-quiet pg-grading" role="status"><div class="pg-title">{escape(title)}</div>'
        f"<p>{escape(cause)}</p></div>"
    )
    return page(html, f"… {title}\n{cause}")


def first_line_lost(exercise_id: str, lang: str) -> Display:
    """An answer cell without its first line."""
    return notice(say("notice.first_line_title", lang), say("notice.first_line", lang), first_line(exercise_id, lang))


def no_such_exercise(exercise_id: str, lang: str) -> Display:
    """A first line that names no exercise of the course."""
    return notice(say("notice.no_exercise_title", lang), say("notice.no_exercise", lang, exercise=exercise_id))


def no_judge_sentence(none: NoJudge, lang: str) -> str:
    """Why the judge that all learners share gave no answer, and what to do."""
    return Message(NO_JUDGE[none.why]).sentence(lang)
