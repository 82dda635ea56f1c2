"""What helps on under an answer: the ladder of hints, and the buttons in the order in which they stand there."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from classroom.learner.panel.ask_view import ask_widgets, show_ask
from classroom.learner.panel.bigquery_view import show_bigquery
from classroom.learner.panel.chart_picker import chart_widgets, has_measure, show_chart_line
from classroom.learner.panel.check_view import show_check
from classroom.learner.panel.offer import Offer, sentence
from classroom.learner.panel.query_view import saving_widgets, show_saving
from classroom.learner.panel.simpler_view import has_simpler, show_simpler, simpler_form, simpler_widgets
from classroom.learner.panel.steps_view import show_steps
from classroom.learner.panel.tries_view import has_tries, show_tries
from classroom.learner.panel.voice import has_voice, show_voice
from classroom.learner.state.parameters import as_run
from classroom.session.display import Display, page
from classroom.session.markdown import markdown_html
from classroom.session.result import run_query
from classroom.session.verdict.hints import has_idea, has_place, show_idea, show_place
from coursebook import Outcome
from coursebook.kind import AnswerForm
from sqlgrade.dialect.heading import BIGQUERY, dialect_of

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case

SHAPE_SECONDS = 10.0
"""So long may a solution run to show what it gives."""
_RAN = (Outcome.ACCEPTED, Outcome.REFUTED, Outcome.PARTLY)


def show_shape(case: Case, desk: Desk) -> Display:
    """Column names with types, and the number of rows on the practice data."""
    told = desk.marker.help_from_judge("shape", case.exercise) or _shape_here(case, desk)
    columns = ", ".join(
        f"{name} ({desk.say_type(kind)})" for name, kind in zip(told["columns"], told["types"], strict=True)
    )
    code = "shape_example" if told["example"] else "shape"
    said = sentence(code, case.lang, columns=columns, rows=f"{told['rows']:,}")
    return page(f'<div class="pg-card pg-quiet"><p>{escape(said)}</p></div>', said)


def _shape_here(case: Case, desk: Desk) -> dict[str, Any]:
    """The same of a solution that is at hand, with what the learner has chosen for its parameters."""
    exercise = desk.marker.exercise(case.exercise.id)
    sql = as_run(desk, exercise, exercise.solutions[0].sql)
    with desk.session.watch.over(SHAPE_SECONDS):
        result = run_query(desk.session.connection, sql)
    return {"columns": result.columns, "types": result.types, "rows": result.row_count, "example": False}


def show_simpler_or_shape(case: Case, desk: Desk) -> Display:
    """The simpler form; where none can be made of the solution, what the result looks like."""
    form = simpler_form(case, desk)
    return show_simpler(case, desk, form) if form is not None else show_shape(case, desk)


def show_solution(case: Case, desk: Desk) -> Display:
    """The first solution with the author's explanation; for words, the rubric's model answers."""
    explanation = case.exercise.text[case.lang].explanation
    solution = _in_answers_dialect(case, desk)
    html = f"<pre>{escape(solution)}</pre>{markdown_html(explanation)}"
    return page(f'<div class="pg-card pg-quiet">{html}</div>', f"{solution}\n\n{explanation}".rstrip())


def _in_answers_dialect(case: Case, desk: Desk) -> str:
    """The solution as BigQuery takes it for who answers in its dialect, where it has such a form."""
    if dialect_of(case.judgement.sql) != BIGQUERY or not case.exercise.solutions:
        return case.exercise.solution
    from classroom.learner.export import to_bigquery
    from classroom.learner.export.paper import tables_of

    handoff = to_bigquery(case.exercise.solutions[0].sql, desk.session.schema.column_types, tables_of(desk))
    return handoff.sql or case.exercise.solution


def _as_run(case: Case, desk: Desk) -> str:
    return as_run(desk, case.exercise, case.judgement.sql)


def _show_bigquery(case: Case, desk: Desk) -> Display:
    return show_bigquery(desk, case.judgement.sql, _as_run(case, desk))


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


def _shape_in_its_place(case: Case) -> bool:
    return _has_shape(case) and not has_simpler(case)


def _shape_aside(case: Case) -> bool:
    return _has_shape(case) and has_simpler(case)


def has_chart(case: Case) -> bool:
    """Whether a right answer's result holds something to measure."""
    return _accepted_query(case) and case.result is not None and has_measure(case.result)


def has_mentor(case: Case) -> bool:
    """Whether there is somebody to ask about an answer that is not right."""
    return _failed(case) and case.wishes.mentor


LADDER: tuple[Offer, ...] = (
    Offer("idea", has_idea, show_idea, rung=1, has_line=False, in_room=True),
    Offer("place", has_place, show_place, rung=2, has_line=False, in_room=True),
    Offer("simpler", has_simpler, show_simpler_or_shape, simpler_widgets, rung=3),
    Offer("shape", _shape_in_its_place, show_shape, rung=3, has_line=False),
    Offer("solution", _failed, show_solution, rung=4, asks_first=True, needs_solution=True),
)
"""The hints, from the idea to the solution; one button climbs them."""

OFFERS: tuple[Offer, ...] = (
    Offer("check", _accepted_query, show_check),
    Offer("steps", _ran, lambda case, desk: show_steps(desk, _as_run(case, desk))),
    Offer("voice", has_voice, show_voice, has_line=False),
    Offer("chart", has_chart, show_chart_line, chart_widgets),
    Offer("shape", _shape_aside, show_shape, has_line=False, aside=True),
    Offer("bigquery", _accepted_query, _show_bigquery, aside=True),
    Offer("query", _accepted_query, show_saving, saving_widgets, aside=True),
    Offer("tries", has_tries, show_tries, aside=True, in_card=True),
    Offer("ask", has_mentor, lambda case, desk: show_ask(desk, case.exercise.id), ask_widgets, aside=True),
)
"""What else can be done with an answer; what is aside stands behind one button."""


def ladder_of(case: Case) -> list[Offer]:
    """The hints that there are for this answer, in the order in which they are climbed."""
    return [rung for rung in LADDER if rung.applies(case)]


def offers_for(case: Case) -> list[Offer]:
    """The offers that this answer gets."""
    return [offer for offer in OFFERS if offer.applies(case)]


def find_offer(name: str, case: Case) -> Offer | None:
    """The offer or hint of a name, if this answer gets it."""
    return next((offer for offer in (*LADDER, *OFFERS) if offer.name == name and offer.applies(case)), None)
