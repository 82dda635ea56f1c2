"""An answer with more than one mistake: which of them is told, what the answer is without that one, and what the others are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from sqlgrade.diagnose.mistakes.by_result import JOIN_MULTIPLIED, JOIN_WEIGHS
from sqlgrade.diagnose.mistakes.choosing import is_other_side
from sqlgrade.diagnose.mistakes.record import KNOWN
from sqlgrade.diagnose.pieces import (
    Piece,
    finding_of,
    mended_everywhere,
    mends,
    pieces_of,
    shows,
    standing_together,
    stands_alone,
)
from sqlgrade.diagnose.refuted import short_box
from sqlgrade.diagnose.repairs.minimal import distil
from sqlgrade.query.clause import STAGES, Clause, clause_of
from sqlgrade.query.query import Query
from sqlgrade.verdict import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.diagnose.classifier import Classifier, Named
    from sqlgrade.diagnose.mistakes.record import Mistake
    from sqlgrade.diagnose.reading.contrast import Difference, Part
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.minimal import Distilled
    from sqlgrade.outcomes.trial import Trial

    _Places: TypeAlias = frozenset[tuple[Part, frozenset[str]]]

_ASKED_ANYWAY = {Clause.WHERE, Clause.HAVING, Clause.ORDER_BY}
"""Which rows, in which order and how many of them: it is asked whatever else is wrong, also if no result shows it beside that."""
_OF_VALUES = {Clause.SELECT.value, Clause.WINDOW.value}
_REPEATING = (JOIN_MULTIPLIED, JOIN_WEIGHS)
_COLUMN = re.compile(r"\w+(?:\.\w+)?")


def clause_told(named: Named) -> str:
    """The clause that has to change, by where a name was found: what stands in FILTER or CASE is of its output's clause."""
    node, part = named.mistake.node, str(named.mistake.part)
    return part if part in set(Clause) or node is None else clause_of(node).value


def tells_what_was_done(finding: Finding) -> bool:
    """Whether a finding has a name that says more than in which place a mistake is."""
    return bool(finding.mistake) and not KNOWN[finding.mistake].is_general


def told_apart(
    case: RefutedAnswer, first: Finding, repaired: str, foreseen: str = ""
) -> tuple[tuple[Finding, ...], str] | None:
    """Take what is wrong with an answer apart into mistakes; None where they hang together.

    Args:
        case: The answer.
        first: What would be told of it.
        repaired: The answer with all its mistakes undone.
        foreseen: The query of the near miss that the answer behaves like, if that is what would be told.

    Returns:
        The mistakes, the told one first and the others in the order in which they are best mended, and the answer with
        the first alone undone; nothing for the latter where there is but one mistake, which has several clauses.
    """
    if _is_of_result(first.mistake):
        return None
    if first.near_miss:
        return _beside_foreseen(case, first, foreseen)
    if _is_one_mistake(case, repaired):
        return (first,), ""
    distilled = case.distilled or distil(case.learner, Query(repaired, case.learner.schema), case.trial, short_box())
    if distilled is None or len(distilled.steps) < 2:
        return None
    pieces = standing_together(pieces_of(distilled, case.classifier), distilled, case)
    if (same := mended_everywhere(pieces, distilled, case.trial)) is not None:
        return (same.finding(),), ""
    if (whole := _mending_all(pieces, first, case.trial)) is not None:
        says_little = KNOWN[first.mistake].is_general or KNOWN[first.mistake].serves
        return (whole.finding() if whole.tells and says_little else first,), ""
    return _one_after_the_other(case, distilled, pieces, first)


def _mending_all(pieces: Sequence[Piece], first: Finding, trial: Trial) -> Piece | None:
    """A mistake without which the answer is right, the others being another way of writing it; None where one of those has a name."""
    if not first.mistake or sum(each.is_known for each in pieces) > 1:
        return None  # one of two that have names is always left: no query need be run to see that
    whole = next((each for each in _ranked(pieces, first) if trial.agrees(each.sql)), None)
    return None if any(each.is_known for each in pieces if each is not whole) else whole


def _one_after_the_other(
    case: RefutedAnswer, distilled: Distilled, pieces: Sequence[Piece], first: Finding
) -> tuple[tuple[Finding, ...], str] | None:
    """The mistake to tell, and those beside it; None where they hang together."""
    told = _first_told(distilled, pieces, first, case.trial)
    if told is None:
        return None
    meant = _is_meant_by(told, pieces, first)
    others = _others(told, None if meant else KNOWN.get(first.mistake), distilled, pieces, case)
    if not others and meant and (left := _left_over(case, distilled, told)) is not None:
        return (told.finding(), finding_of(left, Level.CERTAIN, clause_told(left))), told.sql
    if not others and told.is_known:
        return (told.finding() if meant else first,), ""
    if not others or not (any(each.tells for each in (told, *others)) or _of_different_outputs((told, *others))):
        return None  # what has no name of its own may be two halves of one mistake
    said = told.finding() if meant else first
    return (said, *(each.finding() for each in others)), told.sql


def with_repeats(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings, those that are the first one made once more told as that."""
    return (*findings[:1], *(_once_more(each, findings[0]) for each in findings[1:]))


def _once_more(finding: Finding, told: Finding) -> Finding:
    """A mistake beside the one that is told; of the same words at another place it is that one once more, where a name says only where."""
    if not _is_of_same_words(finding, told) or not _says_only_where(finding, told):
        return finding
    place = {name: finding.params[name] for name in ("place", "heading") if name in finding.params}
    params = {name: value for name, value in told.params.items() if name != "heading"} | place
    return replace(told, clause=finding.clause, site=finding.site, params=params)


def _is_of_same_words(finding: Finding, told: Finding) -> bool:
    """Whether two names quote the same of the answer, or the one a column and the other a calculation with it."""
    own, first = (str(each.params.get("own") or "") for each in (finding, told))
    return bool(first) and (own == first or (_COLUMN.fullmatch(first) is not None and first in _COLUMN.findall(own)))


def _says_only_where(*findings: Finding) -> bool:
    return any(each.mistake and KNOWN[each.mistake].author_first for each in findings)


def _first_told(distilled: Distilled, pieces: Sequence[Piece], first: Finding, trial: Trial) -> Piece | None:
    """The mistake to tell: one that a result shows, and if there is one that gives the expected result without it."""
    telling = [each for each in _ranked(pieces, first) if shows(distilled, each, trial)]
    return next((each for each in telling if mends(distilled, each, trial)), next(iter(telling), None))


def _others(
    told: Piece, name: Mistake | None, distilled: Distilled, pieces: Sequence[Piece], case: RefutedAnswer
) -> list[Piece]:
    """The mistakes beside one that is told by its own name or by another."""
    beside = _beside(told, name, pieces, case.classifier)
    return [each for each in beside if stands_alone(each, distilled, case.trial)]


def _left_over(case: RefutedAnswer, distilled: Distilled, told: Piece, *, foreseen: bool = False) -> Named | None:
    """The name of what is left once a mistake that has one is undone: what no result shows beside it has none before.

    Where both are about one column, the one may make up for the other, which is wrong only once that is mended; beside
    what an author foresaw only if both are in one part of the query.
    """
    if not told.tells:
        return None
    left = case.without(told.sql, distilled.tree_undoing(told.steps))
    named = case.named_left(left, distilled.sql)
    if named is None or named.is_general:
        return None
    own, others = case.classifier.places(told.sql), left.classifier.places(named.repaired)
    if foreseen:
        return None if _meets(own, others) else named
    return None if _columns_of(own) & _columns_of(others) else named


def _columns_of(places: _Places) -> frozenset[str]:
    return frozenset[str]().union(*(names for _, names in places))


def _is_one_mistake(case: RefutedAnswer, repaired: str) -> bool:
    """Whether one name says all that a repair undoes; not where both sides of a comparison are to change."""
    whole = case.classifier.name(repaired)
    if whole is None or not whole.is_the_one or not all(map(_is_one, case.classifier.differences(repaired))):
        return False
    return case.distilled is None or sum(step.is_side for step in case.distilled.steps) < 2


def _ranked(pieces: Sequence[Piece], first: Finding) -> list[Piece]:
    """The mistakes, first what would be told, then what has a name that tells; the other way round where that says little more than where."""
    general = first.mistake in KNOWN and KNOWN[first.mistake].is_general
    return sorted(
        pieces,
        key=lambda each: (
            general and not each.tells,
            not _is_told(each, first.mistake),
            not each.tells,
            each.clause.value != first.clause,
        ),
    )


def _is_meant_by(told: Piece, pieces: Sequence[Piece], first: Finding) -> bool:
    """Whether a mistake is told by its own name, and not by what would be told of all of them."""
    if not first.mistake or first.clause != told.clause.value:
        return True
    known = any(_is_told(each, first.mistake) for each in pieces)  # else it says of a piece what no change of it shows
    return known or told.is_side or _tells_more(told, first.mistake)


def _beside_foreseen(case: RefutedAnswer, first: Finding, foreseen: str) -> tuple[tuple[Finding, ...], str] | None:
    """What is wrong with an answer beside what an author foresaw, where the near miss has it right."""
    distilled = case.distilled
    if distilled is None or len(distilled.steps) < 2 or case.trial.reads_at_other_places:
        return None  # columns that are read at other places are no mistake of their own
    told, others = _by_author(case, distilled, foreseen)
    if not told or not others or not all(_is_one_clause(each.clause.value, first.clause) for each in told):
        return None
    apart = _known_alone(others, distilled, case.trial)
    beside = [each.finding() for each in apart] or _left_beside(case, distilled, told)
    undone = distilled.undoing([step for each in told for step in each.steps])
    return ((first, *beside), undone) if beside else None


def _by_author(case: RefutedAnswer, distilled: Distilled, foreseen: str) -> tuple[list[Piece], list[Piece]]:
    """The mistakes that results show where the near miss is wrong as well, and those where it is right."""
    pieces, of_author = pieces_of(distilled, case.classifier), case.places_wrong(foreseen)
    others = [each for each in pieces if not _meets(case.classifier.places(each.sql), of_author)]
    return [each for each in pieces if each not in others and shows(distilled, each, case.trial)], others


def _left_beside(case: RefutedAnswer, distilled: Distilled, told: Sequence[Piece]) -> list[Finding]:
    """What is left once the one mistake that an author foresaw is undone."""
    left = _left_over(case, distilled, told[0], foreseen=True) if len(told) == 1 else None
    return [finding_of(left, Level.CERTAIN, clause_told(left))] if left is not None else []


def _meets(own: _Places, theirs: _Places) -> bool:
    """Whether two changes are made in one part with a column in common, or of the same columns if it is none."""
    return any(part is other and bool(names & more or names == more) for part, names in own for other, more in theirs)


def _known_alone(pieces: Sequence[Piece], distilled: Distilled, trial: Trial) -> list[Piece]:
    """Those that are mistakes of their own by a name that says what was done, in the order in which they are best mended."""
    known = (each for each in pieces if each.is_known or (each.tells and each.clause is Clause.ORDER_BY))
    shown = (each for each in known if each.clause in _ASKED_ANYWAY or shows(distilled, each, trial))
    return sorted((each for each in shown if trial.binds(each.sql)), key=lambda each: STAGES.index(each.clause))


def _is_one_clause(one: str, other: str | None) -> bool:
    """Whether two clauses are one to an author: a window stands in SELECT."""
    return one == other or {one, other} == _OF_VALUES


def _tells_more(piece: Piece, key: str) -> bool:
    """Whether a mistake by itself has a name that says what was done, where that of all of them says little more than where."""
    return KNOWN[key].is_general and piece.tells


def _beside(told: Piece, name: Mistake | None, pieces: Sequence[Piece], classifier: Classifier) -> list[Piece]:
    """The mistakes that the told one is no other side of; the same one made elsewhere comes last."""
    mistake = name or (told.named.mistake.mistake if told.named is not None else None)
    own = classifier.differences(told.sql)

    def is_apart(piece: Piece) -> bool:
        if mistake in _REPEATING and _may_come_of_join(piece):
            return False
        theirs = classifier.differences(piece.sql)
        return mistake is None or not all(any(is_other_side(mistake, one, each) for one in own) for each in theirs)

    apart = (each for each in pieces if each is not told and is_apart(each))
    return sorted(apart, key=lambda each: (each.key[0] == told.key[0], STAGES.index(each.clause)))


def _may_come_of_join(piece: Piece) -> bool:
    """Whether an output is wrong in a way that rows repeated by a join make it wrong as well."""
    grown = piece.named is not None and piece.named.mistake.mistake.from_join
    return piece.clause is Clause.SELECT and (grown or not piece.is_known)


def _is_one(difference: Difference) -> bool:
    """Whether a difference is no list of conditions or columns, each of which may be a mistake of its own."""
    return len(difference.own) <= 1 and len(difference.wanted) <= 1


def _is_of_result(key: str) -> bool:
    return key in KNOWN and KNOWN[key].of_result


def _is_told(piece: Piece, key: str) -> bool:
    return bool(key) and piece.named is not None and piece.named.mistake.key == key


def _of_different_outputs(pieces: Sequence[Piece]) -> bool:
    """Whether each mistake is told by the output column in which it is, and no two by the same one."""
    names = [each.named.mistake.params.get("name") if each.named is not None else None for each in pieces]
    return all(names) and len(set(names)) == len(names)


def shown_alone(distilled: Distilled, trial: Trial) -> set[Clause]:
    """The clauses in which a step by itself changes a result: where none does, it only goes along with another."""
    alone = (Piece((step,), None, distilled.undoing((step,))) for step in distilled.steps)
    return {piece.clause for piece in alone if shows(distilled, piece, trial)}
