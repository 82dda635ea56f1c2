"""Every sort of night that an alert is tried on has words for the learner."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.messages import LANGUAGES, sentences
from coursebook.problem import Problem


def nights_named(examined: Examined) -> Iterator[Problem]:
    """Sorts that the script of the nights plants and no message names."""
    verdicts = (judgement.verdict for judgement in examined.judgements.values())
    sorts = {mark.sort for verdict in verdicts if verdict is not None for mark in verdict.nights}
    for sort in sorted(sorts):
        if any(f"night.{sort}" not in sentences(lang) for lang in LANGUAGES):
            yield Problem(examined.exercise.folder / "databases" / "nights.sql", 1, "night_unnamed", {"sort": sort})
