"""My earlier tries: every answer that was run, with its verdict, to read or to put back."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import put_back, sentence
from classroom.session.display import Display, page
from coursebook.answer_cell import first_line

if TYPE_CHECKING:
    from classroom.learner.progress import Try
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case

_MOST_SHOWN = 30
_MARKS = {"accepted": "✓", "refuted": "✗", "partly": "△", "invalid": "!"}


def has_tries(case: Case) -> bool:
    """Any answer may have a history."""
    return True


def show_tries(case: Case, desk: Desk) -> Display:
    """The tries at this exercise, the latest first."""
    found = desk.progress.tries(case.exercise.id) if desk.progress is not None else ()
    title = sentence("button.tries", case.lang)
    if not found:
        return notice(title, sentence("tries.none", case.lang))
    latest = list(dict.fromkeys((each.answer, each.status) for each in reversed(found)))
    by_content = {(each.answer, each.status): each for each in found}
    shown = [by_content[key] for key in latest[:_MOST_SHOWN]]
    told = sentence("tries.told", case.lang, count=len(found))
    html = "".join(_try_html(each, case) for each in shown)
    plain = "\n\n".join(f"{_head(each)}\n{each.answer}" for each in shown)
    return page(f'<div class="pg-card pg-quiet"><p>{escape(told)}</p>{html}</div>', f"{told}\n\n{plain}")


def _head(attempt: Try) -> str:
    when = attempt.at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{when}  {_MARKS.get(attempt.status, '…')} {round(100 * attempt.share)}%"


def _try_html(attempt: Try, case: Case) -> str:
    text = f"{first_line(case.exercise.id, case.lang)}\n{attempt.answer}"
    button = put_back(text, sentence("tries.restore", case.lang))
    return f"<details><summary>{escape(_head(attempt))}</summary><pre>{escape(attempt.answer)}</pre>{button}</details>"
