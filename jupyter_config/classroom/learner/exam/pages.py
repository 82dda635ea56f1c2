"""The pages of the level tests as HTML: what is open and what came back, and a paper task by task."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.exam import EXAM
from classroom.exchange.moments import moment_in
from classroom.learner.bi.markup import act, buttons, form, hidden, link, note, table, text_field, warning
from classroom.learner.bi.place import clock_text
from classroom.learner.exam.words import told
from classroom.points import whole_points
from classroom.session.markdown import markdown_html

if TYPE_CHECKING:
    from classroom.exchange.exam_paper import ExamPaper
    from classroom.exchange.records import Feedback
    from classroom.learner.exam.place import ExamRoom
    from classroom.learner.exam.sittings import ExamSitting

FIRST = "list"


def page_html(room: ExamRoom, at: str, said: str = "") -> str:
    """The whole page.

    Args:
        room: the learner's.
        at: list, or paper/<key>/<number>.
        said: what an action has done, as HTML.

    Raises:
        KeyError: there is no such place.
    """
    name, _, rest = at.partition("/")
    status = f'<p class="penguin-bi-said" role="status">{said}</p>'
    if name == FIRST:
        return _head(told("title", room.lang)) + status + _list(room)
    if name != "paper":
        raise KeyError(at)
    key, _, number = rest.partition("/")
    sitting = room.sittings.all()[key]
    title = told("practice_of" if sitting.is_practice else "exam_of", room.lang, level=sitting.paper.level)
    if room.is_over(sitting):
        return _head(title) + status + _over(room, sitting)
    return _paper(room, sitting, int(number) if number.isdigit() else 1, title, status)


def _head(title: str, more: str = "") -> str:
    return f'<header class="penguin-bi-head"><h1>{title}</h1>{more}</header>'


def _list(room: ExamRoom) -> str:
    lang, begun = room.lang, room.sittings.all()
    papers = "".join(_opened(room, each, begun.get(each.key)) for each in room.papers())
    if not papers and room.member is not None:
        papers = note(told("none_open", lang))
    rules = f"<section><h2>{told('how.title', lang)}</h2><p>{told('how.text', lang)}</p></section>"
    results = "".join(_result(each, lang) for each in room.results())
    back = f"<section><h2>{told('results', lang)}</h2>{results}</section>" if results else ""
    practice = "".join(
        act("exam/practise", told("practise", lang, level=each.level, minutes=each.minutes), level=each.level)
        for each in room.library.exams
    )
    going = "".join(
        f"<p>{link(f'paper/{key}/1', told('go_on_practice', lang, level=each.paper.level, at=clock_text(each.paper.opened)))}</p>"
        for key, each in begun.items()
        if each.is_practice
    )
    return (
        f"<section><h2>{told('open', lang)}</h2>{papers or note(told('alone', lang))}</section>{back}{rules}"
        f"<section><h2>{told('practice', lang)}</h2><p>{told('practice_how', lang)}</p>{form(buttons(practice))}{going}</section>"
    )


def _opened(room: ExamRoom, paper: ExamPaper, sitting: ExamSitting | None) -> str:
    lang = room.lang
    line = _by_the_clock(paper.closes, "until", lang, level=paper.level, count=len(paper.tasks))
    if sitting is not None and sitting.sheet.is_ended:
        return f"<p>{line} {told('handed_in', lang)}</p>"
    if room.clock() > moment_in(paper.closes):
        return f"<p>{line} {told('over', lang)}</p>"
    if sitting is not None:
        return f"<p>{line} {link(f'paper/{paper.key}/1', told('go_on', lang))}</p>"
    begin = act("exam/begin", told("begin", lang), primary=True, key=paper.key)
    return form(f"<p>{line}</p>", buttons(begin))


def _by_the_clock(at: str, code: str, lang: str, **params: object) -> str:
    """A sentence with a moment, which the page tells in the zone of who reads it: a hub's machine may be in another."""
    said = {each: told(code, lang, until=each, **params) for each in ("{until}", clock_text(at))}
    text, fallback = said.values()
    return f'<span data-exam-at="{escape(at)}" data-exam-text="{text}">{fallback}</span>'


def _result(found: Feedback, lang: str) -> str:
    level = found.lesson.removeprefix(EXAM)
    points, possible = whole_points(found.points, found.possible), f"{found.possible:g}"
    line = told("result", lang, level=level, points=points, possible=possible)
    take = form(buttons(act("exam/take", told("take", lang), level=level)))
    shown = f'<iframe sandbox srcdoc="{escape(found.page)}" title="{line}" style="width:100%;height:24em;border:0"></iframe>'
    return f"<h3>{line}</h3>{take}<details><summary>{told('read', lang)}</summary>{shown}</details>"


def _paper(room: ExamRoom, sitting: ExamSitting, number: int, title: str, status: str) -> str:
    lang, paper = room.lang, sitting.paper
    task = next(each for each in paper.tasks if each.number == number)
    answered = sitting.sheet.answers()
    tabs = "".join(
        f'<button type="button" data-bi-go="paper/{paper.key}/{each.number}"{_current(each.number, number)}>'
        f"{told('task', lang, number=each.number)}"
        f"{' <small>✓</small>' if each.number in answered else ''}</button>"
        for each in paper.tasks
    )
    clock = (
        f'<p class="penguin-exam-clock" data-exam-closes="{escape(paper.closes)}" data-exam-key="{escape(paper.key)}" role="timer"'
        f' data-exam-left="{told("left", lang, minutes="{minutes}", seconds="{seconds}")}" data-exam-over="{told("time_over", lang)}">'
        f"{_by_the_clock(paper.closes, 'closes', lang)}</p>"
    )
    nav = f'<nav class="penguin-expo-steps" aria-label="{told("tasks", lang)}">{tabs}</nav>'
    answer = text_field("sql", told("answer", lang), sitting.text(number), rows=9)
    run = act("exam/run", told("run", lang), primary=True)
    keep = act("exam/save", told("keep", lang))
    shown = room.shown.get((paper.key, number), "")
    following = link(f"paper/{paper.key}/{number + 1}", told("next", lang)) if number < len(paper.tasks) else ""
    left = [str(each.number) for each in paper.tasks if each.number not in answered]
    lacks = note(told("left_open", lang, tasks=", ".join(left))) if left else ""
    end = form(buttons(act("exam/end", told("end", lang), sure=told("sure", lang), key=paper.key)))
    return (
        f"{_head(title, clock + nav)}{status}<section><h2>{told('task', lang, number=number)} {escape(task.title)}"
        f" <small>{told('worth', lang, points=f'{task.points:g}')}</small></h2>{markdown_html(task.prompt)}"
        f'<form class="penguin-bi-form" data-bi-keeps="exam/save">{hidden(key=paper.key, number=number, pasted=0)}'
        f"{answer}{buttons(run, keep)}</form>{shown}<p>{following}</p></section>"
        f"<section>{lacks}{end}</section>"
    )


def _current(number: int, here: int) -> str:
    return ' aria-current="page"' if number == here else ""


def _over(room: ExamRoom, sitting: ExamSitting) -> str:
    lang = room.lang
    back = f"<p>{link(FIRST, told('back', lang))}</p>"
    if not sitting.is_practice:
        said = told("thanks" if sitting.sheet.is_ended else "time_over_sent", lang)
        return f"<p>{said}</p>{back}"
    if not sitting.judged:
        judge = act("exam/judge", told("judge", lang), primary=True, key=sitting.paper.key)
        return warning(told("time_over", lang)) + form(buttons(judge)) + back
    rows = [
        (str(each.number), escape(each.skill), f"{whole_points(each.points, each.possible)} / {each.possible:g}")
        for each in sitting.judged
    ]
    points, possible = sum(each.points for each in sitting.judged), sum(each.possible for each in sitting.judged)
    total = told("practice_result", lang, points=whole_points(points, possible), possible=f"{possible:g}")
    passes = points * 100 >= possible * sitting.paper.pass_percent
    verdict = told("would_pass" if passes else "would_not_pass", lang, percent=sitting.paper.pass_percent)
    head = [told("task_head", lang), told("skill_head", lang), told("points_head", lang)]
    return f"<p><strong>{total}</strong> {verdict}</p>{table(head, rows)}{back}"
