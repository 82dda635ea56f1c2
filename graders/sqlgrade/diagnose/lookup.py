"""Known mistakes that behave exactly like an answer (passes 10a and 10b)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.compare import fingerprint
from sqlgrade.pack.report import AdequacyReport, Behaviour

if TYPE_CHECKING:
    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared

_FREQUENT = ("E26", "E20", "E22", "E27", "E23", "E29", "E30", "E24", "E28", "E21", "E25", "E33", "E37", "E38")
"""Codes from the commonest mistake to the rarer ones; the rest come after, in the operators' order."""


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
