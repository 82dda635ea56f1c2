"""The verdict under an answer: a card for browsers and exports, the same in text, and the help panel."""

from __future__ import annotations

import logging
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from classroom.desk.case import Case
from classroom.desk.display import page
from classroom.desk.markdown import markdown_html
from classroom.desk.trouble import mark_place
from classroom.panel.difference import Block, column_names, example_blocks, practice_blocks
from classroom.panel.expectation import expectation_sentence
from coursebook import Outcome
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from classroom.desk.desk import Desk
    from classroom.desk.display import Display
    from coursebook import Judgement
    from sqlgrade.verdict import Diff, Finding, Verdict

_log = logging.getLogger(__name__)
_LOOK = {
    Outcome.ACCEPTED: ("pg-right", "✓"),
    Outcome.PARTLY: ("pg-partly", "△"),
    Outcome.REFUTED: ("pg-wrong", "✗"),
    Outcome.INVALID: ("pg-wrong", "!"),
    Outcome.REFUSED: ("pg-quiet", "…"),
    Outcome.FOR_MENTOR: ("pg-quiet", "✉"),
    Outcome.AUTHOR_FAULT: ("pg-quiet", "!"),
    Outcome.UNJUDGED: ("pg-quiet", "…"),
}
_ALIKE = 0.97
_SHOWN_AS_ROWS = ("missing_examples", "extra_examples")
_SAID_BY_MARKS = frozenset({"columns_right", "columns_wrong"})
_MARKED = frozenset({Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REFUTED})


def show_judgement(judgement: Judgement, source: str, desk: Desk) -> Iterable[Display]:
    """The card, then the panel with further help."""
    exercise = desk.marker.exercise(judgement.exercise_id)
    ran = judgement.outcome in _MARKED and exercise.kind.answer is AnswerForm.QUERY
    case = Case(judgement, exercise, source, desk.lang, desk.last_result if ran else None)
    desk.cases.pop(judgement.exercise_id, None)
    desk.cases[judgement.exercise_id] = case
    yield verdict_card(case)
    if not judgement.outcome.is_open:
        from classroom.panel.help_panel import show_panel

        yield from show_panel(case, desk)


def verdict_card(case: Case) -> Display:
    """The card in HTML and in text."""
    tone, mark = _LOOK[case.judgement.outcome]
    title = case.say(f"verdict.{case.judgement.outcome.value}")
    points = _points(case)
    blocks = [block for section in SECTIONS for block in _blocks(section, case)]
    shown = f'<span class="pg-points">{escape(points)}</span>' if points else ""
    head = f'<div class="pg-title"><span class="pg-mark" aria-hidden="true">{mark}</span>{escape(title)}{shown}</div>'
    body = "".join(block.html for block in blocks)
    plain = [f"{mark} {case.judgement.exercise_id} {title}" + (f"  {points}" if points else "")]
    plain += [block.plain for block in blocks if block.plain]
    return page(f'<div class="pg-card {tone}" role="status">{head}{body}</div>', "\n".join(plain))


def _blocks(section: Callable[[Case], list[Block]], case: Case) -> list[Block]:
    """What a section shows; one that fails costs itself alone."""
    try:
        return section(case)
    except Exception:  # noqa: BLE001  (a fault of ours, and no part of the verdict)
        _log.exception("%s of a verdict on %s could not be shown", section.__name__, case.exercise.id)
        return []


def facts(case: Case) -> list[Block]:
    """What happened: the coursebook's messages, then the judge's sentences without hints."""
    said = [each.sentence(case.lang) for each in case.judgement.messages if each.code not in _SAID_BY_MARKS]
    if case.judgement.verdict is not None:
        from sqlgrade.messages import verdict_sentences

        said += verdict_sentences(_without_examples(case.judgement.verdict), case.lang, answer=case.judgement.sql)
    elif case.judgement.outcome is Outcome.AUTHOR_FAULT:
        said.append(case.say("verdict.author_fault_note"))
    title = case.say(f"verdict.{case.judgement.outcome.value}")
    told = [_without(title, each) for each in dict.fromkeys(said)]
    return [Block(f"<p{_lead(at)}>{escape(each)}</p>", each) for at, each in enumerate(filter(None, told))]


def expectation(case: Case) -> list[Block]:
    """The number that the learner expected, beside the result."""
    said = expectation_sentence(case.source, case.result, case.lang)
    return [Block(f"<p>{escape(said)}</p>", said)] if said else []


def marks(case: Case) -> list[Block]:
    """Right and wrong columns of a prediction or decision."""
    if not case.judgement.marks:
        return []
    lines = [
        case.say("verdict.column_right" if each.right else "verdict.column_wrong", name=each.name)
        + (f" = {each.given}" if each.given else "")
        for each in case.judgement.marks
    ]
    return [Block(f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>", "\n".join(lines))]


def success(case: Case) -> list[Block]:
    """What the author says about a right answer, and the explanation to open."""
    if case.judgement.outcome is not Outcome.ACCEPTED:
        return []
    text = case.exercise.text[case.lang]
    blocks = [_prose(text.success)] if text.success else []
    if other := other_way(case):
        blocks.append(_folded(case.say("verdict.alternative"), f"<pre>{escape(other)}</pre>", other))
    if text.explanation:
        blocks.append(_folded(case.say("verdict.explanation"), markdown_html(text.explanation), text.explanation))
    return blocks


def other_way(case: Case) -> str:
    """The accepted query that is least like the answer, if there is one of another style."""
    from classroom.simpler.words import likeness, words_of

    if not case.judgement.sql or case.judgement.verdict is None:
        return ""
    written = words_of(case.judgement.sql)
    ways = [each.sql.strip() for each in (*case.exercise.solutions, *case.exercise.also_right)]
    scored = [(likeness(words_of(each), written), each) for each in ways if words_of(each)]
    return min((each for each in scored if each[0] < _ALIKE), default=(0.0, ""))[1]


def example(case: Case) -> list[Block]:
    """The counterexample."""
    verdict = case.judgement.verdict
    right = case.exercise.solutions[0].sql if case.exercise.solutions else ""
    return example_blocks(verdict, (case.judgement.sql, right), case.lang) if verdict else []


def practice(case: Case) -> list[Block]:
    """Example rows of the difference on the practice data."""
    verdict = case.judgement.verdict
    if verdict is None or verdict.practice_diff is None:
        return []
    mine = _as_compared(column_names(case.judgement.sql), verdict)
    theirs = column_names(case.exercise.solutions[0].sql) if case.exercise.solutions else mine
    return practice_blocks(verdict, mine, theirs, case.lang)


def _as_compared(names: tuple[str, ...], verdict: Verdict) -> tuple[str, ...]:
    """The names of the learner's columns in the order in which the judge has compared them."""
    orders = [note.params["order"] for note in verdict.notes if note.code == "columns_exchanged"]
    return tuple(names[place - 1] for place in orders[0]) if orders and len(orders[0]) == len(names) else names


def idea(case: Case) -> list[Block]:
    """The first hint: the recognised mistake's own, else the judge's, else the exercise's."""
    if case.judgement.outcome not in (Outcome.REFUTED, Outcome.PARTLY, Outcome.INVALID):
        return []
    text = idea_text(case)
    return [_folded(case.say("verdict.idea"), markdown_html(text), text, "pg-hint-idea")] if text else []


def idea_text(case: Case) -> str:
    """The idea hint as Markdown."""
    if case.judgement.hint:
        return case.judgement.hint
    verdict = case.judgement.verdict
    if verdict is not None and verdict.findings:
        from sqlgrade.messages import finding_sentences

        said = finding_sentences(verdict.findings[0], case.lang, 1)
        if said:
            return "\n\n".join(said)
    return case.exercise.text[case.lang].idea


def place(case: Case) -> list[Block]:
    """The second hint: the clause, and the place in the learner's own text."""
    verdict = case.judgement.verdict
    if case.judgement.outcome is Outcome.ACCEPTED or verdict is None or not verdict.findings:
        return []
    finding, sql = verdict.findings[0], case.judgement.sql
    if finding.site is not None and sql[finding.site.start : finding.site.end] == sql.strip():
        finding = replace(finding, site=None)  # the whole query is no place to look at
    unmarked = replace(finding, site=None)
    said, beside = _new_at_the_place(finding, case), _new_at_the_place(unmarked, case)
    recognised = case.judgement.recognised
    if not said and recognised and recognised[0].clause:
        said = beside = [case.say("verdict.clause", clause=recognised[0].clause)]
    html = "".join(f"<p>{escape(each)}</p>" for each in beside)
    if finding.site is not None:
        html += mark_place(sql, finding.site.start, finding.site.end)
    return [_folded(case.say("verdict.place"), html, "\n".join(said), "pg-hint-place")] if html else []


def _new_at_the_place(finding: Finding, case: Case) -> list[str]:
    """What the second hint says beyond the first; the place is quoted if the finding has one."""
    from sqlgrade.messages import finding_sentences

    level_two, level_one = (finding_sentences(finding, case.lang, level, case.judgement.sql) for level in (2, 1))
    return [each for each in level_two if each not in level_one]


SECTIONS: tuple[Callable[[Case], list[Block]], ...] = (
    facts,
    expectation,
    marks,
    success,
    example,
    practice,
    idea,
    place,
)
"""The parts of the card, from what happened to where to look."""


def _without_examples(verdict: Verdict) -> Verdict:
    """The verdict without the rows that the tables of the card show."""

    def bare(diff: Diff | None) -> Diff | None:
        return diff and replace(diff, facts=tuple(each for each in diff.facts if each.code not in _SHOWN_AS_ROWS))

    return replace(verdict, diff=bare(verdict.diff), practice_diff=bare(verdict.practice_diff))


def _points(case: Case) -> str:
    judgement = case.judgement
    if judgement.outcome not in _MARKED:
        return ""
    return case.say("verdict.points", points=f"{round(judgement.points, 1):g}", possible=f"{judgement.possible:g}")


def _without(title: str, sentence: str) -> str:
    """The sentence without the words that the card's title has already said."""
    if not sentence.startswith(title):
        return sentence
    rest = sentence.removeprefix(title).lstrip("。. :")
    return rest[:1].upper() + rest[1:]


def _lead(at: int) -> str:
    return ' class="pg-lead"' if at == 0 else ""


def _prose(text: str) -> Block:
    return Block(markdown_html(text), text)


def _folded(title: str, html: str, plain: str, css: str = "") -> Block:
    named = f' class="{css}"' if css else ""
    return Block(f"<details{named}><summary>{escape(title)}</summary>{html}</details>", f"[{title}]\n{plain}")
