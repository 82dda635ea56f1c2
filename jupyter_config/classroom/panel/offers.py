"""The buttons under an answer, in the order in which they stand there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.desk.display import Display, page
from classroom.desk.markdown import markdown_html
from classroom.desk.result import run_query
from classroom.panel.ask_view import ask_widgets, show_ask
from classroom.panel.bigquery_view import show_bigquery
from classroom.panel.chart_picker import chart_widgets, show_chart_line
from classroom.panel.check_view import show_check
from classroom.panel.offer import Offer, sentence
from classroom.panel.simpler_view import has_simpler, show_simpler, simpler_widgets
from classroom.panel.steps_view import show_steps
from classroom.panel.tries_view import has_tries, show_tries
from coursebook import Outcome
from coursebook.kind import AnswerForm

if TYPE_CHECKING:
    from classroom.desk.case import Case
    from classroom.desk.desk import Desk

_SHAPE_SECONDS = 10.0
_RAN = (Outcome.ACCEPTED, Outcome.REFUTED, Outcome.PARTLY)


def show_shape(case: Case, desk: Desk) -> Display:
    """Column names with types, and the number of rows on the practice data."""
    connection, sql = desk.session.connection, case.exercise.solutions[0].sql
    with desk.session.watch.over(_SHAPE_SECONDS):
        result = run_query(connection, sql)
    columns = ", ".join(f"{name} ({kind})" for name, kind in zip(result.columns, result.types, strict=True))
    said = sentence("shape", case.lang, columns=columns, rows=f"{result.row_count:,}")
    return page(f'<div class="pg-card pg-quiet"><p>{escape(said)}</p></div>', said)


def show_solution(case: Case, desk: Desk) -> Display:
    """The first solution with the author's explanation; for words, the rubric's model answers."""
    explanation = case.exercise.text[case.lang].explanation
    html = f"<pre>{escape(case.exercise.solution)}</pre>{markdown_html(explanation)}"
    return page(f'<div class="pg-card pg-quiet">{html}</div>', f"{case.exercise.solution}\n\n{explanation}".rstrip())


def _failed(case: Case) -> bool:
    return case.judgement.outcome is not Outcome.ACCEPTED


def _accepted_query(case: Case) -> bool:
    return case.judgement.outcome is Outcome.ACCEPTED and _is_query(case)


def _is_query(case: Case) -> bool:
    return case.exercise.kind.answer is AnswerForm.QUERY


def _ran(case: Case) -> bool:
    return _is_query(case) and case.judgement.outcome in _RAN


def _has_shape(case: Case) -> bool:
    return _failed(case) and _is_query(case)


OFFERS: tuple[Offer, ...] = (
    Offer("shape", _has_shape, show_shape, has_line=False),
    Offer("steps", _ran, lambda case, desk: show_steps(desk, case.judgement.sql)),
    Offer("simpler", has_simpler, show_simpler, simpler_widgets, rung=3),
    Offer("solution", _failed, show_solution, rung=4, asks_first=True),
    Offer("check", _accepted_query, show_check),
    Offer("chart", _accepted_query, show_chart_line, chart_widgets),
    Offer("bigquery", _accepted_query, lambda case, desk: show_bigquery(desk, case.judgement.sql)),
    Offer("tries", has_tries, show_tries),
    Offer("ask", _failed, lambda case, desk: show_ask(desk, case.exercise.id), ask_widgets),
)
"""From looking at one's own result to the solution; after success, what can be done with the query."""


def offers_for(case: Case) -> list[Offer]:
    """The offers that this answer gets."""
    return [offer for offer in OFFERS if offer.applies(case)]


def find_offer(name: str) -> Offer | None:
    """The offer of a name."""
    return next((offer for offer in OFFERS if offer.name == name), None)
