"""%steps: the last query clause by clause, with its row counts and first rows."""

from __future__ import annotations

import logging
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.panel.steps.plan import StepKind
from classroom.learner.state.reading import NotRun, read_query, why_ended
from classroom.messages import say, say_in
from classroom.session.display import Display, page
from classroom.session.result import run_query
from classroom.session.table_view import table_html, table_text
from classroom.session.verdict.columns_that_matter import mentioned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.learner.panel.steps import StepResult
    from classroom.learner.state.desk import Desk

_MESSAGES = "classroom.learner.panel.steps"
_log = logging.getLogger(__name__)
_BESIDE_EXCEL = 4
"""The last lesson in which Excel's words stand beside SQL's."""
_LOOKED_UP = 7
"""The last lesson in which JOIN stands beside VLOOKUP."""


def show_steps(desk: Desk, sql: str) -> Display:
    """Every step of `sql` with its own rows, or why there is nothing to step through."""
    import duckdb

    from classroom.learner.panel.steps import plan_steps, walk_steps

    if not sql:
        return notice(say("magic.steps.usage", desk.lang), say_in(_MESSAGES, "no_query", desk.lang, line="%steps"))
    title = say_in(_MESSAGES, "title", desk.lang)
    if read_query(desk, sql, "steps").kind == "EXPLAIN":
        return notice(title, say_in(_MESSAGES, "cannot", desk.lang))

    def run(statement: str) -> tuple[Sequence[str], Sequence[str], Sequence[Sequence[object]]]:
        result = run_query(desk.session.connection, statement)
        return result.columns, result.types, result.rows

    try:
        with desk.session.watch.over(desk.session.limits.seconds):
            results = list(walk_steps(plan_steps(sql), run))
    except (duckdb.Error, RuntimeError, MemoryError) as fault:
        if ended := why_ended(desk, sql, fault):
            raise NotRun(ended) from fault
        _log.warning("a query could not be stepped through", exc_info=True)
        return notice(title, say_in(_MESSAGES, "cannot", desk.lang))
    named = mentioned([sql])
    parts = [
        _step(at, _narrowed(result, named), _in_excel(result.step.kind, desk.lesson, desk.lang), desk)
        for at, result in enumerate(results, 1)
    ]
    html = f'<div class="pg-card pg-quiet"><div class="pg-title">{escape(title)}</div>'
    return page(f"{html}{''.join(one for one, _ in parts)}</div>", "\n\n".join([title, *(two for _, two in parts)]))


def _narrowed(result: StepResult, named: frozenset[str]) -> StepResult:
    """Before SELECT, only the columns that the query names, unless it names none of them."""
    kept = [at for at, name in enumerate(result.columns) if name.lower() in named]
    if result.step.kind not in (StepKind.FROM, StepKind.JOIN, StepKind.WHERE) or not kept:
        return result
    rows = tuple(tuple(row[at] for at in kept) for row in result.rows)
    columns, types = (tuple(each[at] for at in kept) for each in (result.columns, result.types))
    return replace(result, columns=columns, types=types, rows=rows)


def _in_excel(kind: StepKind, lesson: str, lang: str) -> str:
    """What one does in Excel for the same, in the lessons in which that helps."""
    last = _LOOKED_UP if kind is StepKind.JOIN else _BESIDE_EXCEL
    number = int(lesson[1:]) if lesson[1:].isdigit() else 0
    if kind not in _KNOWN_FROM_EXCEL or not 0 < number <= last:
        return ""
    return say_in(_MESSAGES, "excel.label", lang, words=say_in(_MESSAGES, f"excel.{kind.value}", lang))


_KNOWN_FROM_EXCEL = frozenset(
    {StepKind.FROM, StepKind.JOIN, StepKind.WHERE, StepKind.GROUP, StepKind.HAVING, StepKind.SELECT, StepKind.ORDER}
)


def _step(number: int, result: StepResult, excel: str, desk: Desk) -> tuple[str, str]:
    step, lang = result.step, desk.lang
    name = say_in(_MESSAGES, step.kind.value, lang)
    if step.block:
        name = f"{say_in(_MESSAGES, 'block', lang, name=step.block)}: {name}"
    counts = _counts(result, lang)
    notes = _notes(result, lang)
    table = table_html(result.columns, result.types, result.rows, say_type=desk.say_type)
    clause = f"<pre>{escape(step.clause)}</pre>" if step.clause else ""
    told = "".join(f"<p>{escape(note)}</p>" for note in notes)
    beside = f' <span class="pg-excel">{escape(excel)}</span>' if excel else ""
    head = f'<h5>{number}. {escape(name)} <span class="pg-caption">{escape(counts)}</span>{beside}</h5>'
    html = f'{head}{clause}{told}<div class="pg-scroll" tabindex="0">{table}</div>'
    plain = "\n".join(
        [
            "  ".join(filter(None, [f"{number}. {name}", counts, excel])),
            *filter(None, [step.clause]),
            *notes,
            table_text(result.columns, result.types, result.rows, say_type=desk.say_type),
        ]
    )
    return html, plain


def _counts(result: StepResult, lang: str) -> str:
    if result.rows_before is None:
        return say_in(_MESSAGES, "rows", lang, rows=f"{result.row_count:,}")
    return say_in(_MESSAGES, "from_to", lang, before=f"{result.rows_before:,}", rows=f"{result.row_count:,}")


def _notes(result: StepResult, lang: str) -> list[str]:
    notes = []
    if result.spread is not None and result.spread > 1:
        notes.append(say_in(_MESSAGES, "spread", lang, spread=f"{result.spread:,}"))
    if result.row_count > len(result.rows):
        notes.append(say_in(_MESSAGES, "shown", lang, shown=len(result.rows)))
    return notes
