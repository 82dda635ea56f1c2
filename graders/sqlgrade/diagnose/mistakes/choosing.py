"""Which of several names of a mistake is said: decided here, and nowhere else.

Of one difference, what its record declares (`before`), else the name that tells more (`tier`). Between differences, a name that
covers the other one's part; then a name that tells more than a place; then the clause that is worked out first, in one clause the
tier, and the place in the text. Two names of which neither goes before the other are a fault of the records: a test finds them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.rule import RULES
from sqlgrade.diagnose.reading.contrast import Part
from sqlgrade.parse import RULE_FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlgrade.diagnose.mistakes.record import Mistake, Occurrence
    from sqlgrade.diagnose.mistakes.rule import Rule
    from sqlgrade.diagnose.mistakes.scene import Scene
    from sqlgrade.diagnose.reading.contrast import Difference

_log = logging.getLogger(__name__)
_CLAUSES = tuple(Part)
"""In the order in which they are worked out."""


def choose(rules: Iterable[Rule], find: Callable[[Rule], Occurrence | None]) -> Occurrence | None:
    """The one of what rules find that goes before all others; a rule that can't go before what is known is not asked."""
    best: Occurrence | None = None
    for each in rules:
        if best is None or each.may_precede(best.mistake):
            found = find(each)
            if found is not None and (best is None or _goes_before(found, best)):
                best = found
    return best


def _goes_before(one: Occurrence, other: Occurrence) -> bool:
    """Of a mistake that two rules find the one that quotes more of it."""
    if one.mistake is other.mistake:
        return _quoted(one) > _quoted(other)
    return one.mistake.precedes(other.mistake)


def _quoted(found: Occurrence) -> tuple[int, int, str]:
    size = sum(1 for _ in found.node.walk()) if found.node is not None else 0
    return size, len(found.params), str(sorted((name, str(told)) for name, told in found.params.items()))


def found_by(rule: Rule, difference: Difference, scene: Scene) -> Occurrence | None:
    """The first that a rule makes of a difference and that shows in a result."""
    try:
        return next((each for each in rule.find(difference, scene) if _happens(each, scene)), None)
    except RULE_FAULTS:
        _log.warning("%s met a construct that it does not know", rule.name, exc_info=True)
        return None


def chosen(scene: Scene) -> tuple[Occurrence, int] | None:
    """What is said of all that differs, and how many differences it does not speak of; None if nothing has a name."""
    told = [each for each in scene.differences if not _of_another_query(each, scene)]
    told.sort(key=_clause)
    known: dict[int, Occurrence | None] = {}

    def name(difference: Difference) -> Occurrence | None:
        if id(difference) not in known:
            known[id(difference)] = choose(RULES, lambda rule: found_by(rule, difference, scene))
        return known[id(difference)]

    first = _first(told, name)
    if first is None:
        return None
    for other in told:
        if other is not first and _may_cover(other, first, scene) and _covers(name(other), other, first):
            first = other
            break
    found = name(first)
    if found is None:
        return None
    others = (each for each in scene.differences if each is not first and not is_other_side(found.mistake, first, each))
    return found, sum(1 for _ in others)


def _first(told: Sequence[Difference], name: Callable[[Difference], Occurrence | None]) -> Difference | None:
    """The difference that is told, as far as none covers it: names are sought no further than one could go before."""
    best: tuple[Difference, Occurrence] | None = None
    for each in told:
        if best is not None and not best[1].mistake.is_general and _clause(best[0]) < _clause(each):
            break
        found = name(each)
        if found is not None and (best is None or _told_before((each, found), best)):
            best = each, found
    return best[0] if best is not None else None


def _told_before(one: tuple[Difference, Occurrence], other: tuple[Difference, Occurrence]) -> bool:
    """Whether a difference that stands later in the text is told before another one all the same."""
    ranks = [(found.mistake.is_general, _clause(difference)) for difference, found in (one, other)]
    return ranks[0] < ranks[1] or (ranks[0] == ranks[1] and one[1].mistake.precedes(other[1].mistake))


def _may_cover(difference: Difference, other: Difference, scene: Scene) -> bool:
    """Whether some rule finds in a difference the other side of another one."""
    rules = (rule for rule in RULES if any(other.part in each.covers for each in rule.says))
    return any(_covers(found_by(rule, difference, scene), difference, other) for rule in rules)


def _covers(found: Occurrence | None, difference: Difference, other: Difference) -> bool:
    return found is not None and is_other_side(found.mistake, difference, other)


def is_other_side(mistake: Mistake, difference: Difference, other: Difference) -> bool:
    """Whether a mistake that a difference shows has another one for its other side: what goes in the one place comes in the other."""
    moved = (difference.own and other.wanted) or (difference.wanted and other.own)
    return bool(moved) and other.part in mistake.covers


def _clause(difference: Difference) -> int:
    return _CLAUSES.index(difference.part)


def _happens(found: Occurrence, scene: Scene) -> bool:
    """Whether what a name says of the rows shows in a result, as far as it can be undone by itself."""
    node, undone = found.node, found.mistake.undone
    if node is None or undone is None or scene.proof is None or node.root() is not scene.learner.tree:
        return True  # a window that is spelled out of its WINDOW clause has no place in the tree to be undone in
    without = undone(node)
    return without is None or scene.matters(node, without)


def _of_another_query(difference: Difference, scene: Scene) -> bool:
    """Whether a block reads a table in place of the learner's query in brackets: what else differs there says nothing of the learner's."""
    beside = (each for each in scene.differences if each.block is difference.block and each is not difference)
    changed = (each.changed[0] for each in beside if each.part is Part.JOIN and each.changed is not None)
    return any(isinstance(own, exp.From) and isinstance(own.this, exp.Subquery) for own in changed)
