"""Known mistakes that behave exactly like an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.compare import fingerprint
from sqlgrade.pack.report import AdequacyReport, Behaviour

if TYPE_CHECKING:
    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.query.query import Query

_FREQUENT = ("E26", "E20", "E22", "E27", "E23", "E29", "E30", "E24", "E28", "E21", "E25", "E33", "E37", "E38")
"""Codes from the commonest mistake to the rarer ones; the rest come after, in the operators' order."""


_SPOKEN_OF: dict[str, tuple[type[exp.Expr], ...]] = {
    "E12": (exp.In,),
    "E13": (exp.Distinct,),
    "E14": (exp.Like, exp.ILike),
    "E29": (exp.Join,),
    "E30": (exp.Count,),
    "E31": (exp.Join,),
    "E34": (exp.Div, exp.IntDiv),
    "E37": (exp.Window,),
    "E38": (exp.Window,),
}
"""What the sentence of a mistake is about: an answer without it gets the same rows in another way."""


def has_what_is_said(code: str, learner: Query) -> bool:
    """Whether an answer has what the sentence of a mistake speaks of."""
    kinds = _SPOKEN_OF.get(code)
    return kinds is None or next(learner.find(*kinds), None) is not None


def mutants_alike(ready: Prepared, hearing: Hearing) -> tuple[Behaviour, ...]:
    """List the mutants whose results are the answer's on every chosen database, the commonest mistake first."""
    report = ready.pack.report
    if not isinstance(report, AdequacyReport):
        return ()
    marks = {
        place: fingerprint(outcome.learner) + ("!" if outcome.diff is not None else "")
        for place, outcome in hearing.outcomes
    }
    found = [known for known in report.behaviours if not known.authored and _alike(known, report.chosen, marks)]
    return tuple(sorted(found, key=_frequency))


def _alike(known: Behaviour, chosen: tuple[int, ...], marks: dict[int, str]) -> bool:
    held = [(mark, marks[place]) for mark, place in zip(known.marks, chosen, strict=True) if place in marks]
    return any(mark.endswith("!") for mark, _ in held) and all(mark == own for mark, own in held)


def _frequency(known: Behaviour) -> int:
    return _FREQUENT.index(known.code) if known.code in _FREQUENT else len(_FREQUENT)
