"""Choose the chart: the query first, then kind, x and y of the %chart line against the accepted ones."""

from dataclasses import replace

from sqlglot import exp

from coursebook.answer_cell import ChartLine, cut_chart
from coursebook.format import ChartRecord
from coursebook.judgement import Judgement, Message, Outcome
from coursebook.kinds.by_result import judge_by_result
from coursebook.kinds.kind import Kind
from coursebook.submission import Submission, with_points
from sqlgrade.parse import parsed

CHART_KINDS = ("bar", "hbar", "line", "hist", "scatter", "pie", "area", "table")
"""The kinds a %chart line can name."""
QUERY_SHARE = 0.5
"""The query's share of the points; the chart has the rest."""


def judge_chart(submission: Submission) -> Judgement:
    """Half of the points for the query, the other half for the chart once the query is right."""
    judgement = judge_by_result(submission)
    if judgement.outcome is not Outcome.ACCEPTED:
        return with_points(judgement, judgement.points * QUERY_SHARE)
    accepted = submission.exercise.record.chart
    if accepted is None:
        return replace(judgement, outcome=Outcome.AUTHOR_FAULT, points=0.0)
    faults = chart_faults(submission, accepted)
    if not faults:
        return replace(judgement, messages=(_praise(submission, accepted),))
    stem = _recognised_chart(submission)
    return with_points(
        replace(
            judgement,
            outcome=Outcome.PARTLY,
            messages=(Message("query_right"), *faults),
            recognised=(submission.recognised(stem),) if stem else (),
        ),
        judgement.possible * QUERY_SHARE,
    )


def chart_faults(submission: Submission, accepted: ChartRecord) -> tuple[Message, ...]:
    """What is wrong with the %chart line, in the order kind, x, y."""
    chart = submission.chart
    if chart is None:
        return (Message("chart_missing"),)
    if chart.kind not in CHART_KINDS:
        return (Message("chart_unknown", {"kind": chart.kind, "kinds": ", ".join(CHART_KINDS)}),)
    if chart.kind not in accepted.kinds:
        return (Message("chart_kind", {"kind": chart.kind}),)
    axes = (("x", accepted.x), ("y", accepted.y))
    wrong = [axis for axis, right in axes if not _axis_right(submission, chart.options.get(axis, ""), right)]
    return tuple(Message("chart_axis", {"axis": axis, "given": chart.options.get(axis, "")}) for axis in wrong)


def _axis_right(submission: Submission, given: str, accepted: tuple[str, ...]) -> bool:
    """By name, or by the place of the named column where the learner calls it otherwise."""
    if given.casefold() in (each.casefold() for each in accepted):
        return True
    own = _column_names(submission.sql)
    authored = _column_names(submission.exercise.solutions[0].sql)
    translated = [_translate(name, own, authored) for name in given.split(",")]
    return ",".join(translated).casefold() in (each.casefold() for each in accepted)


def _translate(name: str, own: list[str], authored: list[str]) -> str:
    folded = [each.casefold() for each in own]
    if len(own) == len(authored) and name.strip('"').casefold() in folded:
        return authored[folded.index(name.strip('"').casefold())]
    return name


def _column_names(sql: str) -> list[str]:
    tree = parsed(sql)
    return [str(name) for name in tree.named_selects] if isinstance(tree, exp.Query) else []


def _recognised_chart(submission: Submission) -> str | None:
    """The near miss whose %chart line is wrong in the same way."""
    if submission.chart is None:
        return None
    best: tuple[int, str] | None = None
    for near_miss in submission.exercise.near_misses:
        chart = cut_chart(near_miss.text)[1]
        if chart and chart.kind == submission.chart.kind:
            likeness = _likeness(chart, submission.chart)
            best = max(best or (likeness, near_miss.stem), (likeness, near_miss.stem), key=lambda each: each[0])
    accepted = submission.exercise.record.chart
    kind_is_wrong = accepted is not None and submission.chart.kind not in accepted.kinds
    return best[1] if best and (kind_is_wrong or best[0] == 2) else None


def _likeness(one: ChartLine, other: ChartLine) -> int:
    return sum(one.options.get(axis) == other.options.get(axis) for axis in ("x", "y"))


def _praise(submission: Submission, accepted: ChartRecord) -> Message:
    best, chosen = accepted.kinds[0], submission.chart.kind if submission.chart else ""
    return Message("chart_right") if chosen == best else Message("chart_also_right", {"kind": chosen, "best": best})


KIND = Kind("C", "chart", judge_chart)
