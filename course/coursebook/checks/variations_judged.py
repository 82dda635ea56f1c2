"""A solution with its columns exchanged, or with a text for a number, is judged as what it is."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined, Variation
from coursebook.problem import Problem
from sqlgrade.tables.result import BIND
from sqlgrade.verdict import Status


def variations_judged(examined: Examined) -> Iterator[Problem]:
    """Exchanged columns that are not accepted where their order is free, and texts that pass for numbers."""
    free = examined.exercise.sqlgrade.rules.columns == "auto"
    for each in examined.variations:
        accepted = each.verdict.status is Status.ACCEPTED
        if each.verdict.status is Status.AUTHOR_FAULT:
            yield _problem(each, "variation_not_judged")
        elif each.exchanged and free and not accepted and not _names_a_later_column(each):
            yield _problem(each, "exchanged_not_accepted")
        elif not each.exchanged and accepted:
            yield _problem(each, "text_accepted")


def explaining_whole(examined: Examined) -> Iterator[Problem]:
    """Answers of which a part of the explaining failed: a fault of the judge, which a learner would not be told."""
    verdicts = [(path, judgement.verdict) for path, judgement in examined.judgements.items()]
    for path, verdict in (*verdicts, *((each.path, each.verdict) for each in examined.variations)):
        if verdict is not None and verdict.lost:
            yield Problem(path, 1, "explaining_failed", {"steps": ", ".join(verdict.lost)})


def _names_a_later_column(variation: Variation) -> bool:
    """Whether a column is made of one that stands behind it now, which the engine does not take."""
    return variation.verdict.error is not None and variation.verdict.error.kind == BIND


def _problem(variation: Variation, code: str) -> Problem:
    verdict = variation.verdict
    detail = verdict.error.message if verdict.error else str(verdict.diff.kind if verdict.diff else verdict.status)
    return Problem(variation.path, 1, code, {"sql": variation.sql, "detail": detail.splitlines()[0]})
