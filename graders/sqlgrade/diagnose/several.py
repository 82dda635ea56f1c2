"""An answer with more than one mistake: which of them is told, what the answer is without that one, and what the others are."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.compare import fingerprint, order_counts, same_sequence
from sqlgrade.diagnose.mistakes.choosing import is_other_side
from sqlgrade.diagnose.mistakes.record import KNOWN
from sqlgrade.diagnose.refuted import short_box
from sqlgrade.diagnose.repairs.minimal import distil
from sqlgrade.diagnose.repairs.step import COMMONEST
from sqlgrade.query.clause import STAGES, Clause, clause_of
from sqlgrade.query.query import Query
from sqlgrade.tables.result import Result
from sqlgrade.verdict import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.diagnose.classifier import Classifier, Named
    from sqlgrade.diagnose.mistakes.record import Mistake
    from sqlgrade.diagnose.reading.contrast import Difference, Part
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.minimal import Distilled
    from sqlgrade.diagnose.repairs.step import Step
    from sqlgrade.outcomes.trial import Trial

_OF_CONDITIONS = {Clause.WHERE, Clause.HAVING}
"""Where what is asked of rows stands: it is asked whatever else is wrong, also if no result shows it beside that."""
_COLUMN = re.compile(r"\w+(?:\.\w+)?")
_Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Piece:
    """One of several mistakes: the steps that undo it alone, and its name."""

    steps: tuple[Step, ...]
    named: Named | None
    sql: str
    """The answer without this mistake, and with all others."""

    @property
    def clause(self) -> Clause:
        """The clause that has to change, the first in the order of evaluation."""
        return min((step.clause for step in self.steps), key=STAGES.index)

    @property
    def is_side(self) -> bool:
        """Whether it is one side of a comparison: what is said of both at once is said of neither."""
        return any(step.is_side for step in self.steps)

    @property
    def tells(self) -> bool:
        """Whether its name says what was done."""
        return self.named is not None and not self.named.is_general

    @property
    def is_known(self) -> bool:
        """Whether its name says what was done by itself, and not only where."""
        return self.named is not None and not self.named.mistake.mistake.author_first

    @property
    def key(self) -> _Key:
        """What makes two pieces one mistake: the same thing done in two places."""
        if self.named is None:
            return (self.clause,)
        told = {name: value for name, value in self.named.mistake.params.items() if isinstance(value, str)}
        return (self.named.mistake.key, *sorted(told.items()))

    def finding(self) -> Finding:
        """What is said of it by itself."""
        if self.named is not None:
            named = self.named if len(self.steps) == 1 else replace(self.named, heading="")
            return finding_of(named, Level.CERTAIN, self.clause.value)
        return Finding(Level.CLAUSE, COMMONEST[self.clause], self.clause.value)


def finding_of(named: Named, level: Level, clause: str | None) -> Finding:
    """A name as it is told."""
    found, mistake = named.mistake, named.mistake.mistake
    told = {**found.params, "place": str(found.part)}
    if named.heading and not named.others and named.heading not in found.params.values():
        told["heading"] = named.heading
    return Finding(level, found.code, clause, named.site, told, None, mistake.key, mistake.author_first, mistake.stops)


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
    pieces = _standing_together(_pieces(distilled, case.classifier), distilled, case)
    if (whole := _mending_all(pieces, first, case.trial)) is not None:
        return (whole.finding() if whole.tells and KNOWN[first.mistake].is_general else first,), ""
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
    telling = [each for each in _ranked(pieces, first) if _shows(distilled, each, trial)]
    return next((each for each in telling if _mends(distilled, each, trial)), next(iter(telling), None))


def _others(
    told: Piece, name: Mistake | None, distilled: Distilled, pieces: Sequence[Piece], case: RefutedAnswer
) -> list[Piece]:
    """The mistakes beside one that is told by its own name or by another."""
    beside = _beside(told, name, pieces, case.classifier)
    return [each for each in beside if _stands_alone(each, distilled, case.trial)]


def _left_over(case: RefutedAnswer, distilled: Distilled, told: Piece) -> Named | None:
    """The name of what is left once a mistake that has one is undone: what no result shows beside it has none before.

    Where both are about one column, the one may make up for the other, which is wrong only once that is mended.
    """
    if not told.tells:
        return None
    left = case.without(told.sql, distilled.tree_undoing(told.steps))
    named = case.named_left(left, distilled.sql)
    if named is None or named.is_general:
        return None
    own, others = (
        _columns_of(places) for places in (case.classifier.places(told.sql), left.classifier.places(named.repaired))
    )
    return None if own & others else named


def _columns_of(places: frozenset[tuple[Part, frozenset[str]]]) -> frozenset[str]:
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
    pieces = _pieces(distilled, case.classifier)
    of_author = case.places_wrong(foreseen)
    others = [each for each in pieces if not case.classifier.places(each.sql) & of_author]
    told = [each for each in pieces if each not in others and _shows(distilled, each, case.trial)]
    apart = _known_alone(others, distilled, case.trial)
    if len(told) != 1 or not apart or told[0].clause.value != first.clause:
        return None
    return (first, *(each.finding() for each in apart)), told[0].sql


def _known_alone(pieces: Sequence[Piece], distilled: Distilled, trial: Trial) -> list[Piece]:
    """Those that are mistakes of their own by a name that says what was done, in the order in which they are best mended."""
    known = (each for each in pieces if each.is_known and trial.binds(each.sql))
    shown = (each for each in known if each.clause in _OF_CONDITIONS or _shows(distilled, each, trial))
    return sorted(shown, key=lambda each: STAGES.index(each.clause))


def _tells_more(piece: Piece, key: str) -> bool:
    """Whether a mistake by itself has a name that says what was done, where that of all of them says little more than where."""
    return KNOWN[key].is_general and piece.tells


def _beside(told: Piece, name: Mistake | None, pieces: Sequence[Piece], classifier: Classifier) -> list[Piece]:
    """The mistakes that the told one is no other side of; the same one made elsewhere comes last."""
    mistake = name or (told.named.mistake.mistake if told.named is not None else None)
    own = classifier.differences(told.sql)

    def is_apart(piece: Piece) -> bool:
        theirs = classifier.differences(piece.sql)
        return mistake is None or not all(any(is_other_side(mistake, one, each) for one in own) for each in theirs)

    apart = (each for each in pieces if each is not told and is_apart(each))
    return sorted(apart, key=lambda each: (each.key[0] == told.key[0], STAGES.index(each.clause)))


def _is_one(difference: Difference) -> bool:
    """Whether a difference is no list of conditions or columns, each of which may be a mistake of its own."""
    return len(difference.own) <= 1 and len(difference.wanted) <= 1


def _is_of_result(key: str) -> bool:
    return key in KNOWN and KNOWN[key].of_result


def _is_told(piece: Piece, key: str) -> bool:
    return bool(key) and piece.named is not None and piece.named.mistake.key == key


def _pieces(distilled: Distilled, classifier: Classifier) -> list[Piece]:
    """The steps, each with its name; those of one mistake together."""
    found: dict[_Key, Piece] = {}
    for step in distilled.steps:
        piece = _piece((step,), distilled, classifier)
        same = found.get(piece.key) or next((each for each in found.values() if _is_same_window(each, step)), None)
        if same is None:
            found[piece.key] = piece
        else:
            both = _piece((*same.steps, step), distilled, classifier)
            found[same.key] = both if both.tells and not same.tells else replace(both, named=same.named)
    return list(found.values())


def _standing_together(pieces: list[Piece], distilled: Distilled, case: RefutedAnswer) -> list[Piece]:
    """The mistakes, each of which the query can't run without together with what has no name and makes it run: the column of a step that it reads."""
    bare = [each for each in pieces if each.named is None]
    found = list(pieces)
    for piece in [each for each in pieces if each.named is not None and bare and not case.trial.binds(each.sql)]:
        for other in (each for each in bare if each in found):
            steps = (*piece.steps, *other.steps)
            both = Piece(steps, piece.named, distilled.undoing(steps))
            if case.trial.binds(both.sql):
                found[found.index(piece)] = both
                found.remove(other)
                break
    return found


def _of_different_outputs(pieces: Sequence[Piece]) -> bool:
    """Whether each mistake is told by the output column in which it is, and no two by the same one."""
    names = [each.named.mistake.params.get("name") if each.named is not None else None for each in pieces]
    return all(names) and len(set(names)) == len(names)


def _is_same_window(piece: Piece, step: Step) -> bool:
    """Whether a step mends another place of a window that the piece mends: where steps are merged, each use of it is one."""
    own = _window_of(step)
    return not step.is_side and own is not None and any(_window_of(one) == own for one in piece.steps)


def _window_of(step: Step) -> exp.Expr | None:
    if step.clause is not Clause.WINDOW:
        return None
    return step.node.find(exp.Window) or step.node.find_ancestor(exp.Window)


def _piece(steps: Sequence[Step], distilled: Distilled, classifier: Classifier) -> Piece:
    sql = distilled.undoing(steps)
    return Piece(tuple(steps), classifier.name(sql), sql)


def _shows(distilled: Distilled, piece: Piece, trial: Trial) -> bool:
    """Whether undoing a mistake alone changes a result; where the query can't run without the others undone it is none by itself."""
    own = distilled.own.sql("duckdb")
    for name in trial.databases:
        without = trial.run(piece.sql, name)
        if not isinstance(without, Result):
            return False
        found = trial.run(own, name)
        if fingerprint(without) != fingerprint(found):
            return True
        if order_counts(trial.references[name], trial.rules) and not same_sequence(without, found):
            return True
    return False


def shown_alone(distilled: Distilled, trial: Trial) -> set[Clause]:
    """The clauses in which a step by itself changes a result: where none does, it only goes along with another."""
    alone = (Piece((step,), None, distilled.undoing((step,))) for step in distilled.steps)
    return {piece.clause for piece in alone if _shows(distilled, piece, trial)}


def _stands_alone(piece: Piece, distilled: Distilled, trial: Trial) -> bool:
    """Whether it is a mistake of its own: the query runs without it, and it has a name that tells or a result that shows it.

    Else it is a part of writing the query anew.
    """
    return trial.binds(piece.sql) and (piece.tells or _shows(distilled, piece, trial))


def _mends(distilled: Distilled, piece: Piece, trial: Trial) -> bool:
    """Whether undoing a mistake alone gives the expected result on some database on which the answer is wrong."""
    return trial.right_on_some(piece.sql, trial.wrong_on(distilled.own.sql("duckdb")))
