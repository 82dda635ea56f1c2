"""%kpi_tree: the KPI tree with the numbers of the answers named, or else of the last result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.panel.notices import notice
from classroom.learner.state.reading import NotRun, explained, read_query
from classroom.messages import say_in
from classroom.session.display import Display, page
from classroom.session.result import run_query
from sqlgrade.dialect.heading import in_dialect

if TYPE_CHECKING:
    from classroom.learner.state.desk import Desk


def show_kpi_tree(desk: Desk, argument: str) -> Display:
    """Draw the tree, or say which answer is not there yet."""
    from classroom.session.kpi_tree import NODES, draw_tree, gather_nodes, tell_tree
    from coursebook.answer_cell import canonical_id, cut_chart

    def sentence(code: str, **params: str) -> str:
        return say_in("classroom.session", code, desk.lang, **params)

    values: dict[str, float] = {}
    for exercise in argument.split():
        answer = _last_answer(desk, canonical_id(exercise))
        if answer is None:
            return notice(sentence("kpi_title"), sentence("kpi_no_answer", exercise=canonical_id(exercise)))
        try:
            query = read_query(desk, cut_chart(answer)[0], "kpi_tree")
        except NotRun:
            return notice(sentence("kpi_title"), sentence("kpi_does_not_run", exercise=canonical_id(exercise)))
        with explained(desk, query.sql), desk.session.watch.over(desk.session.limits.seconds):
            result = run_query(desk.session.connection, query.sql)
        values |= gather_nodes(result.columns, result.rows)
    if not argument.split() and desk.last_result is not None:
        values = gather_nodes(desk.last_result.columns, desk.last_result.rows)
    if not values:
        return notice(sentence("kpi_title"), sentence("kpi_no_node", nodes=", ".join(NODES)))
    return page(f'<div class="pg-scroll" tabindex="0">{draw_tree(values, sentence)}</div>', tell_tree(values, sentence))


def _last_answer(desk: Desk, exercise: str) -> str | None:
    """The text last run as an answer: at this sitting, or else on an earlier evening."""
    if cell := desk.marker.last_answer(exercise):
        return in_dialect(cell.answer, cell.dialect)
    kept = desk.progress.tries(exercise) if desk.progress is not None else ()
    return kept[-1].answer if kept else None
