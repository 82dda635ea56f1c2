"""Choose the chart: the query first, then kind, x and y of the %chart line against the accepted ones."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlglot import exp

from coursebook.answer import Answer, with_points
from coursebook.answer_cell import CHARTS, ChartLine, cut_chart
from coursebook.exercise import LessonExercise, SqlFile
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kind import Kind
from coursebook.kinds.by_result import judge_by_result
from coursebook.problem import Problem
from sqlgrade.parse import parsed

QUERY_SHARE = 0.5
"""The query's share of the points; the chart has the rest."""


@dataclass(frozen=True)
class ChartRecord:
    """[chart]: what is accepted in the %chart line."""

    kinds: tuple[str, ...]
    """Accepted chart kinds, the best first."""
    x: tuple[str, ...]
    """Accepted columns of x, as the solution names them."""
    y: tuple[str, ...]
    """Accepted values of y; several columns in one are joined by commas."""


def judge_chart(answer: Answer) -> Judgement:
    """Half of the points for the query, the other half for the chart once the query is right."""
    judgement = judge_by_result(answer)
    accepted = answer.exercise.record.table(ChartRecord)
    if judgement.outcome is not Outcome.ACCEPTED:
        beside = _faults_beside(answer, accepted) if accepted is not None else ()
        return with_points(replace(judgement, beside=beside), judgement.points * QUERY_SHARE)
    if accepted is None:
        return replace(judgement, outcome=Outcome.AUTHOR_FAULT, points=0.0)
    faults = chart_faults(answer, accepted)
    if not faults:
        return replace(judgement, messages=(_praise(answer, accepted),))
    stem = _recognised_chart(answer)
    return with_points(
        replace(
            judgement,
            outcome=Outcome.PARTLY,
            messages=(Message("query_right"), *faults),
            recognised=(answer.recognised(stem),) if stem else (),
        ),
        judgement.possible * QUERY_SHARE,
    )


def _faults_beside(answer: Answer, accepted: ChartRecord) -> tuple[Message, ...]:
    """What is wrong with a chart that was chosen for a query that is not right yet; of its axes where each column is known."""
    names = _column_names(answer.sql), _column_names(answer.exercise.solutions[0].sql)
    of_kind = answer.chart is None or answer.chart.kind not in accepted.kinds
    return chart_faults(answer, accepted) if answer.chart and (of_kind or len(names[0]) == len(names[1])) else ()


def chart_faults(answer: Answer, accepted: ChartRecord) -> tuple[Message, ...]:
    """What is wrong with the %chart line, in the order kind, x, y."""
    chart = answer.chart
    if chart is None:
        return (Message("chart_missing"),)
    if chart.kind not in CHARTS:
        return (Message("chart_unknown", {"kind": chart.kind, "kinds": ", ".join(CHARTS)}),)
    if chart.kind not in accepted.kinds:
        return (Message("chart_kind", {"kind": chart.kind}),)
    axes = (("x", accepted.x, chart.options.get("x", "")), ("y", accepted.y, chart.options.get("y", "")))
    wrong = [(axis, given, right) for axis, right, given in axes if not _axis_right(answer, given, right)]
    return tuple(Message(_fault(answer, given, right), {"axis": axis, "given": given}) for axis, given, right in wrong)


def _fault(answer: Answer, given: str, accepted: tuple[str, ...]) -> str:
    """What to say of an axis: that it lacks a column beside right ones, or that its column is another."""
    own = {each.casefold() for each in _translated(answer, given)}
    lacks = any(own < set(each.casefold().split(",")) for each in accepted)
    return "chart_axis_lacks" if given and lacks else "chart_axis"


def _axis_right(answer: Answer, given: str, accepted: tuple[str, ...]) -> bool:
    """By name, or by the place of the named column where the learner calls it otherwise."""
    if given.casefold() in (each.casefold() for each in accepted):
        return True
    return ",".join(_translated(answer, given)).casefold() in (each.casefold() for each in accepted)


def _translated(answer: Answer, given: str) -> list[str]:
    """The columns of an axis as the author calls them."""
    own, authored = _column_names(answer.sql), _column_names(answer.exercise.solutions[0].sql)
    return [_translate(name, own, authored) for name in given.split(",")]


def _translate(name: str, own: list[str], authored: list[str]) -> str:
    folded = [each.casefold() for each in own]
    if len(own) == len(authored) and name.strip('"').casefold() in folded:
        return authored[folded.index(name.strip('"').casefold())]
    return name


def _column_names(sql: str) -> list[str]:
    tree = parsed(sql)
    return [str(name) for name in tree.named_selects] if isinstance(tree, exp.Query) else []


def _recognised_chart(answer: Answer) -> str | None:
    """The near miss whose %chart line is wrong in the same way."""
    if answer.chart is None:
        return None
    best: tuple[int, str] | None = None
    for near_miss in answer.exercise.near_misses:
        chart = cut_chart(near_miss.text)[1]
        if chart and chart.kind == answer.chart.kind:
            likeness = _likeness(chart, answer.chart)
            best = max(best or (likeness, near_miss.stem), (likeness, near_miss.stem), key=lambda each: each[0])
    accepted = answer.exercise.record.table(ChartRecord)
    kind_is_wrong = accepted is not None and answer.chart.kind not in accepted.kinds
    return best[1] if best and (kind_is_wrong or best[0] == 2) else None


def _likeness(one: ChartLine, other: ChartLine) -> int:
    return sum(one.options.get(axis) == other.options.get(axis) for axis in ("x", "y"))


def _praise(answer: Answer, accepted: ChartRecord) -> Message:
    best, chosen = accepted.kinds[0], answer.chart.kind if answer.chart else ""
    return Message("chart_right") if chosen == best else Message("chart_also_right", {"kind": chosen, "best": best})


def chart_is_asked(exercise: LessonExercise) -> Iterator[Problem]:
    """[chart] must be there, and every text of the author must have its %chart line."""
    if exercise.record.table(ChartRecord) is None:
        yield Problem(exercise.folder / "exercise.toml", 1, "chart_record_missing")
    for path, text in ((exercise.folder / "starter.sql", exercise.starter), *_texts(exercise)):
        if cut_chart(text)[1] is None:
            yield Problem(path, max(len(text.splitlines()), 1), "chart_line_missing")


def has_another_query(exercise: LessonExercise, near_miss: SqlFile) -> bool:
    """False for a near miss whose only fault is its %chart line."""
    return all(near_miss.sql.split() != each.sql.split() for each in exercise.solutions)


def _texts(exercise: LessonExercise) -> list[tuple[Path, str]]:
    return [(each.path, each.text) for each in (*exercise.solutions, *exercise.near_misses)]


KIND = Kind(
    "C",
    "chart",
    judge_chart,
    table=("chart", ChartRecord),
    starter_faults=chart_is_asked,
    is_wrong_by_result=has_another_query,
    counts_as_written=True,
    is_read_by_lines=True,
)
