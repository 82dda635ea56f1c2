"""The verdict under an answer: a record, and the card for browsers and exports and the same in text drawn from it."""

from __future__ import annotations

import logging
from functools import partial
from html import escape
from typing import TYPE_CHECKING, TypeVar

from classroom.points import whole_points
from classroom.session.display import page
from classroom.session.markdown import markdown_html
from classroom.session.table_view import no_type, table_html, table_text
from classroom.session.verdict.calendar import calendar_of
from classroom.session.verdict.comparing import RowMark
from classroom.session.verdict.difference import column_names, comparison_of, practice_tables, tables_part
from classroom.session.verdict.expectation import expectation_sentence
from classroom.session.verdict.finding import (
    SHOWS_MORE,
    advice_of,
    agrees_by_chance,
    clauses_right,
    finding_of,
    practice_sentences,
)
from classroom.session.verdict.further import further_of
from classroom.session.verdict.hints import static_ladder, text_of_ladder
from classroom.session.verdict.record import VERDICT, Comparison, Part, ShownTable, VerdictRecord
from classroom.session.verdict.sentences import sentence
from classroom.session.verdict.tried_rows import rows_comparison
from coursebook import Outcome
from coursebook.answer_cell import words_of
from coursebook.click_form import click_form
from sqlgrade.dialect.heading import DUCKDB, dialect_of
from sqlgrade.messages import remark_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom.session.case import Case
    from classroom.session.display import Display
    from coursebook.judgement import ColumnMark
    from sqlgrade.verdict import Verdict

T = TypeVar("T")
_NO_PARTS: tuple[Part, ...] = ()
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
_NEVER_ON_WRONG = frozenset({"avoided", "clauses_right"})
_READINGS = frozenset({"read_as", "read_grouped"})


def reply_html(colleague: str, reply: str, lang: str) -> str:
    """What a colleague says."""
    return f'<blockquote class="pg-reply">{escape(sentence("reply", lang, who=colleague, reply=reply))}</blockquote>'


def is_helped(case: Case) -> bool:
    """Whether a panel with further help follows the card."""
    return not case.judgement.outcome.is_open


def verdict_record(case: Case) -> VerdictRecord:
    """Everything that is said about an answer; what cannot be made costs itself alone."""
    judgement, verdict = case.judgement, case.judgement.verdict

    def sound(make: Callable[[], T], otherwise: T) -> T:
        return _sound(make, otherwise, judgement.exercise_id)

    return VerdictRecord(
        exercise=judgement.exercise_id,
        outcome=judgement.outcome.value,
        title=case.say(f"verdict.{judgement.outcome.value}"),
        points=_points(case),
        finding=sound(lambda: finding_of(case), ""),
        advice=sound(lambda: advice_of(case) or further_of(case), ""),
        marks=_marks(case),
        praise=case.exercise.text[case.lang].success if judgement.outcome is Outcome.ACCEPTED else "",
        reply=case.reply,
        comparison=sound(lambda: _comparison(verdict, case.lang) if verdict else None, None),
        chance=sentence("chance", case.lang) if sound(lambda: agrees_by_chance(case), False) else "",
        right=sound(lambda: clauses_right(case), ""),
        expected=sound(lambda: expectation_sentence(case.source, case.result, case.lang), ""),
        more=tuple(part for parts in MORE for part in sound(partial(_made, parts, case), _NO_PARTS)),
    )


def _comparison(verdict: Verdict, lang: str) -> Comparison | None:
    return calendar_of(verdict, lang) or rows_comparison(verdict, lang) or comparison_of(verdict, lang)


def _made(parts: Callable[[Case], Iterator[Part]], case: Case) -> tuple[Part, ...]:
    return tuple(parts(case))


def _sound(make: Callable[[], T], otherwise: T, exercise_id: str) -> T:
    try:
        return make()
    except Exception:  # noqa: BLE001  (a fault of ours, and no part of the verdict)
        _log.exception("a part of a verdict on %s could not be shown", exercise_id)
        return otherwise


def verdict_card(case: Case, *, hints: bool = False) -> Display:
    """The card in HTML and in text; `hints` puts the first hints into it, for pages that have no panel."""
    record = verdict_record(case)
    tone, mark = _LOOK[case.judgement.outcome]
    points = f'<span class="pg-points">{escape(record.points)}</span>' if record.points else ""
    title = sentence("headline", case.lang, title=record.title) if record.finding else record.title
    finding = f' <span class="pg-finding">{escape(record.finding)}</span>' if record.finding else ""
    html = (
        f'<div class="pg-title"><span class="pg-mark" aria-hidden="true">{mark}</span>'
        f"<span><b>{escape(title)}</b>{finding}</span>{points}</div>"
    )
    html += f"<p>{escape(record.advice)}</p>" if record.advice else ""
    html += f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in record.marks)}</ul>" if record.marks else ""
    html += markdown_html(record.praise) + _comparison_html(record.comparison)
    html += reply_html(*record.reply, case.lang) if any(record.reply) else ""
    soft = " ".join(filter(None, [record.chance, record.right, record.expected]))
    html += f'<p class="pg-soft">{escape(soft)}</p>' if soft else ""
    html += static_ladder(case, 2) if hints else ""
    html += _more_html(record.more, case.lang)
    shown = page(
        f'<div class="pg-card pg-verdict {tone}" role="status" data-penguin-outcome="{record.outcome}">{html}</div>',
        _plain(record, mark, text_of_ladder(case, 2) if hints else "", case.lang),
    )
    return type(shown)({**shown.data, VERDICT: record.as_json()})


def _plain(record: VerdictRecord, mark: str, hints: str, lang: str) -> str:
    lines = [f"{mark} {record.exercise} {record.title}" + (f"  {record.points}" if record.points else "")]
    lines += [record.finding, record.advice, *record.marks, record.praise, _comparison_text(record.comparison)]
    lines += [sentence("reply", lang, who=record.reply[0], reply=record.reply[1])] if any(record.reply) else []
    lines += [record.chance, record.right, record.expected, hints]
    if record.more:
        lines += [f"[{sentence('more', lang)}]", *(_part_text(part) for part in record.more if not part.folded)]
    return "\n".join(filter(None, lines))


def _comparison_html(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    sides = [f"<div><p>{escape(comparison.sentence)}</p></div>"] if comparison.sentence else []
    sides += [f"<div><h5>{escape(each.title)}</h5>{_table_html(each)}</div>" for each in comparison.sides]
    legend = f'<div class="pg-caption">{escape(comparison.legend)}</div>' if comparison.legend else ""
    return f'<h5>{escape(comparison.title)}</h5><div class="pg-side">{"".join(sides)}</div>{legend}'


def _comparison_text(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    sides = [part for each in comparison.sides for part in (each.title, _table_text(each))]
    return "\n".join(filter(None, [f"[{comparison.title}]", comparison.sentence, *sides, comparison.legend]))


def _more_html(parts: tuple[Part, ...], lang: str) -> str:
    if not parts:
        return ""
    inner = "".join(_part_html(part) for part in parts)
    return f'<details class="pg-more"><summary>{escape(sentence("more", lang))}</summary>{inner}</details>'


def _part_html(part: Part) -> str:
    html = "".join(f"<p>{escape(each)}</p>" for each in part.sentences)
    html += (markdown_html(part.markdown) if part.markdown else "") + (
        f"<pre>{escape(part.sql)}</pre>" if part.sql else ""
    )
    tables = "".join(f"<div><h5>{escape(each.title)}</h5>{_table_html(each)}</div>" for each in part.tables)
    html += f'<div class="pg-side">{tables}</div>' if tables else ""
    if part.folded:
        return f"<details><summary>{escape(part.title)}</summary>{html}</details>"
    return f"<h5>{escape(part.title)}</h5>{html}"


def _part_text(part: Part) -> str:
    tables = [text for each in part.tables for text in (each.title, _table_text(each))]
    return "\n".join(filter(None, [f"[{part.title}]", *part.sentences, part.markdown, part.sql, *tables]))


def _table_html(table: ShownTable) -> str:
    html = table_html(table.columns, table.types, table.rows, _row_marks(table), say_type=no_type)
    hidden = f'<div class="pg-caption">… +{table.hidden}</div>' if table.hidden else ""
    return f'<div class="pg-scroll" tabindex="0">{html}</div>{hidden}'


def _table_text(table: ShownTable) -> str:
    text = table_text(table.columns, table.types, table.rows, _row_marks(table), say_type=no_type)
    return f"{text}\n… +{table.hidden}" if table.hidden else text


def _row_marks(table: ShownTable) -> list[RowMark]:
    return [RowMark(sign, frozenset(cells)) for sign, cells in zip(table.signs, table.marked, strict=True)]


def _marks(case: Case) -> tuple[str, ...]:
    """Right and wrong columns of a prediction or decision, in the task's words where it has any."""
    form = click_form(case.exercise, case.lang) if case.judgement.marks else None
    fields = {each.name: each for each in form.fields} if form else {}

    def line(mark: ColumnMark) -> str:
        field = fields.get(mark.name)
        options = {each.letter: each.text for each in field.options} if field else {}
        chosen = options.get(mark.given)
        given = f"{mark.given}) {chosen}" if chosen else mark.given
        code = "verdict.column_right" if mark.right else "verdict.column_wrong"
        return case.say(code, name=field.label if field else mark.name) + (f" = {given}" if given else "")

    return tuple(map(line, case.judgement.marks))


def _points(case: Case) -> str:
    judgement = case.judgement
    if not judgement.outcome.is_marked or not case.wishes.points:
        return ""
    return case.say(
        "verdict.points", points=whole_points(judgement.points, judgement.possible), possible=f"{judgement.possible:g}"
    )


def _explained(case: Case) -> Iterator[Part]:
    """The author's explanation of a right answer, and another way to write it."""
    if case.judgement.outcome is not Outcome.ACCEPTED:
        return
    if text := case.exercise.text[case.lang].explanation:
        yield Part(case.say("verdict.explanation"), markdown=text)
    if other := other_way(case):
        yield Part(case.say("verdict.alternative"), sql=other)


def _colleagues(case: Case) -> Iterator[Part]:
    """Other ways of colleagues, chosen by a mentor; the learner's own is left out."""
    own = words_of(case.judgement.sql)
    others = [each for each in case.ways if words_of(each) != own]
    for number, each in enumerate(others, 1):
        yield Part(case.say("verdict.colleagues_way", number=number), sql=each)


def _on_practice(case: Case) -> Iterator[Part]:
    """How the result differs on the practice data, with example rows."""
    verdict = case.judgement.verdict
    if verdict is None or verdict.practice_diff is None:
        return
    mine = _as_compared(column_names(case.judgement.sql), verdict)
    exercise = case.exercise
    theirs = column_names(exercise.solutions[0].sql) if exercise.solutions else exercise.outline.columns or mine
    said = practice_sentences(verdict.practice_diff, case.lang)
    yield Part(case.say("verdict.practice"), said, tables=practice_tables(verdict, mine, theirs, case.lang))


def _tables(case: Case) -> Iterator[Part]:
    """What the tables of the small data hold."""
    verdict = case.judgement.verdict
    right = case.exercise.solutions[0].sql if case.exercise.solutions else case.exercise.outline.sql
    if verdict is not None:
        yield from tables_part(verdict, (case.judgement.sql, right), case.lang, case.exercise.schema.keys)


def _remarks(case: Case) -> Iterator[Part]:
    """What else the judge noticed; of a wrong answer only what is true of it whatever is wrong."""
    verdict = case.judgement.verdict
    if verdict is None:
        return
    accepted = case.judgement.outcome is Outcome.ACCEPTED
    good = [each for each in verdict.good if accepted or each.code not in _NEVER_ON_WRONG]
    above = {SHOWS_MORE, *(() if case.wishes.points else _READINGS)}
    notes = [each for each in verdict.notes if each.code not in above]
    said = [remark_sentence("good", each, case.lang) for each in good]
    said += [remark_sentence("note", each, case.lang) for each in notes]
    first = finding_of(case)
    said = [each for each in dict.fromkeys(said) if each not in first]
    if said:
        yield Part(sentence("noticed", case.lang), tuple(said))


MORE: tuple[Callable[[Case], Iterator[Part]], ...] = (_explained, _colleagues, _on_practice, _tables, _remarks)
"""What stands under "more", in order."""


def other_way(case: Case) -> str:
    """The accepted query that is least like the answer, if there is one of another style."""
    from classroom.session.verdict.words import likeness, words_of

    if not case.judgement.sql or case.judgement.verdict is None or dialect_of(case.judgement.sql) != DUCKDB:
        return ""
    written = words_of(case.judgement.sql)
    ways = [each.sql.strip() for each in (*case.exercise.solutions, *case.exercise.also_right)]
    scored = [(likeness(words_of(each), written), each) for each in ways if words_of(each)]
    return min((each for each in scored if each[0] < _ALIKE), default=(0.0, ""))[1]


def _as_compared(names: tuple[str, ...], verdict: Verdict) -> tuple[str, ...]:
    """The names of the learner's columns in the order in which the judge has compared them."""
    orders = [note.params["order"] for note in verdict.notes if note.code == "columns_exchanged"]
    return tuple(names[place - 1] for place in orders[0]) if orders and len(orders[0]) == len(names) else names
