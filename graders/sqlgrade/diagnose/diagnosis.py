"""The findings on one refuted answer: near miss, named mutant, repaired clause; first success wins."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.diagnose.classifier import Named, Namer
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.facts.mutants_alike import has_what_is_said, mutants_alike
from sqlgrade.diagnose.facts.order import order_finding
from sqlgrade.diagnose.facts.output_places import in_asked_order, named_otherwise, outputs_exchanged
from sqlgrade.diagnose.facts.proof import Proof
from sqlgrade.diagnose.mistakes.grouping import GROUP_EXTRA
from sqlgrade.diagnose.near_miss import is_meant
from sqlgrade.diagnose.praise import praise_wrong
from sqlgrade.diagnose.repairs.maker import Change, Maker
from sqlgrade.diagnose.repairs.minimal import Distilled, distil
from sqlgrade.diagnose.repairs.replacement import Replacement, find_replacement
from sqlgrade.diagnose.repairs.search import brought_from_steps, find_changes, undone_slips
from sqlgrade.diagnose.repairs.steps import COMMONEST
from sqlgrade.diagnose.repairs.value_written import value_written
from sqlgrade.hearing.credit import agreement, award, weigh
from sqlgrade.mutate.mutant import Edit
from sqlgrade.outcomes.trial import Box, Trial
from sqlgrade.parse import UNREADABLE
from sqlgrade.query.clause import STAGES, clauses_in
from sqlgrade.query.query import Query
from sqlgrade.query.span import SqlText
from sqlgrade.tables.result import Result
from sqlgrade.verdict import Credit, Finding, Level, Remark, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.pack.contents import KnownMistake
    from sqlgrade.pack.report import Behaviour
    from sqlgrade.record import Clock
    from sqlgrade.tables.result import Database

_BARE = (exp.Literal, exp.Column, exp.Boolean, exp.Cast, exp.Neg, exp.Interval)
"""What says too little to be pointed at without the comparison or function that it stands in."""

_WORD = re.compile(r"\w+|[^\w\s]")
_TRIES, _SECONDS = 320, 0.7
_DISTILLED = Maker(distil)
_LONG, _MOST_NODES = 150, 1500
"""A larger tree is not taken apart: changing it in each of its places would take longer than a learner waits."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with an answer, and what it is worth."""

    findings: tuple[Finding, ...]
    credit: Credit
    good: tuple[Remark, ...] = ()
    """What is right about it all the same."""


@dataclass(frozen=True)
class RefutedAnswer:
    """One refuted answer: its text, its tree, and the databases it can be tried on."""

    text: str
    learner: Query
    solutions: tuple[Query, ...]
    givers: tuple[Query, ...]
    """The solutions and the accepted answer most like the learner's, the most like first."""
    trial: Trial
    namer: Namer
    clock: Clock | None = None
    """The clocks of the exercise's data."""

    @property
    def long(self) -> bool:
        """Whether trying changes all over the tree takes longer than looking where it differs."""
        return next(itertools.islice(self.learner.tree.walk(), _LONG, None), None) is not None

    @cached_property
    def distilled(self) -> Distilled | None:
        """The differences from a right answer built alike that make this one wrong."""
        found = (distil(self.learner, giver, self.trial, Box(_TRIES, _SECONDS)) for giver in self.givers)
        return next((each for each in found if each is not None), None)

    @property
    def one_difference(self) -> Named | None:
        """The name of the one thing in which the answer differs from a right one, if it is one that tells."""
        found = self.namer.name(self.distilled.sql) if self.distilled is not None else None
        return found if found is not None and found.is_the_one else None

    def tells(self, repaired: str) -> bool:
        """Whether a repair has a name that says what was done, and not only where."""
        named = self.namer.name(repaired)
        return named is not None and not named.is_general

    def named_best(self, repaired: list[str]) -> Named | None:
        """The most telling name of several repairs; groups are not said to be too fine where none are asked for."""
        found = self._named_best(repaired)
        return found and ((self.namer.grouped(self.trial) if found.mistake.mistake is GROUP_EXTRA else None) or found)

    def _named_best(self, repaired: list[str]) -> Named | None:
        """The most telling name; what the repairs change needlessly is left out where it hides the mistake."""
        found = self.namer.best(repaired)
        if found is not None and found.is_the_one:
            return found
        right = (Query(sql, self.learner.schema) for sql in repaired[:1])
        fewer = (distil(self.learner, each, self.trial, Box(_TRIES, _SECONDS)) for each in right)
        named = self.namer.best(each.sql for each in fewer if each is not None)
        return min(filter(None, (named, found)), key=lambda each: each.rank, default=None)

    def site(self, change: Change | None) -> Site | None:
        """Place a change in the learner's own text; what is missing from it has no place."""
        if change is None or change.adds:
            return None
        node = change.edit.node
        while isinstance(node, _BARE) and isinstance(node.parent, exp.Condition):
            node = node.parent
        return SqlText(self.text).site(node)


Found: TypeAlias = tuple[tuple[Finding, ...], RefutedAnswer | None, list[Change]]
"""Findings, the case they were made of, and the changes that repair it."""


def diagnose(
    ready: Prepared, hearing: Hearing, text: str, stages: Stages, database: Database | None = None
) -> Diagnosis:
    """Name the mistake in an answer as far as running queries makes it certain; a clause is never guessed.

    Args:
        ready: The exercise's pack, loaded.
        hearing: How the answer fared on it.
        text: The learner's own text, into which sites point.
        stages: Where a part that fails is noted; it costs no other part.
        database: The counterexample, if the search found one outside the pack.
    """
    with ready.runner.loaded(database) if database is not None else nullcontext() as searched:
        return _diagnosed(ready, hearing, text, searched, stages)


def _diagnosed(ready: Prepared, hearing: Hearing, text: str, searched: str | None, stages: Stages) -> Diagnosis:
    nothing: Found = ((), None, [])
    findings, case, changes = stages.explain("findings", lambda: _findings(ready, hearing, text, searched), nothing)
    clauses = [finding.clause for finding in findings if finding.clause]
    if case is not None and not clauses:
        replacement = stages.explain("replacement", lambda: _replacement(case), None)
        findings = _replacing(replacement, case)
        clauses = [clause.value for clause in replacement.clauses] if replacement is not None else []
    exercise = ready.pack.exercise
    absent = {stage.value for stage in STAGES} - set(clauses_in(case.learner.tree)) if case is not None else set()
    repairs = weigh(clauses, exercise.weights, absent) if clauses else None
    credit = award(exercise.points, repairs, agreement(ready, hearing.outcomes))
    repaired = next((change for change in changes if change.clause == clauses[0]), None) if clauses else None
    learner = case.learner if case else None
    praise = stages.explain("praise", lambda: praise_wrong(ready, hearing, learner, repaired, findings), ())
    return Diagnosis(findings, credit, praise)


def _findings(ready: Prepared, hearing: Hearing, text: str, searched: str | None) -> Found:
    inside = [(place, outcome) for place, outcome in hearing.outcomes if place >= 0]
    known = _nearest_first(ready.behaves_like(inside), text) if searched is None else []
    if all(outcome.order_dependent for _, outcome in hearing.wrong):
        return _of_chance(ready, hearing, text, known), None, []
    case = _case(ready, hearing, text, searched)
    turned = in_asked_order(case.learner, case.solutions[0], case.trial) if case is not None and not known else ""
    if case is not None and turned and (found := case.namer.name(turned)) is not None:
        return (_finding(found, Level.CERTAIN, "SELECT"),), case, []
    asked = ready.pack.exercise.rules.column_names
    if not known and (misnamed := named_otherwise([outcome for _, outcome in hearing.wrong], asked)):
        return misnamed, case, []
    alike = mutants_alike(ready, hearing) if searched is None else ()
    changes, named = _undone(case, ready.pack.setting) if case is not None else ([], None)
    shown = named or (case.one_difference if case is not None and known else None)
    mistake = next((mistake for mistake in known if is_meant(mistake, text, changes, shown, case)), None)
    if mistake is not None:
        if named is None and case is not None and case.distilled is not None:
            named = case.namer.name(case.distilled.sql)
        return (_near_miss(mistake, case, changes, named),), case, changes
    if case is not None and (named is None or named.is_general or named.mistake.mistake.from_join):
        exchanged = outputs_exchanged(case.learner, case.trial)
        cause = case.namer.name(exchanged) if exchanged else case.namer.multiplied(case.trial) if named else None
        named = cause or named
    if case is not None:
        alike = tuple(known for known in alike if has_what_is_said(known.code, case.learner))
    if not changes and case is not None:
        alike = tuple(known for known in alike if _could_be_said_of(case.learner, known, ready))
    return _named(case, changes, alike, named), case, changes


def _undone(case: RefutedAnswer, setting: Mapping[str, str]) -> tuple[list[Change], Named | None]:
    """The changes that mend the answer, and the name of what they undo."""
    written = value_written(case.learner, case.trial, setting)
    if written is not None:
        return [written.change], case.namer.written(written)
    changes = _changes(case)
    return changes, _name(case, changes)


def _changes(case: RefutedAnswer) -> list[Change]:
    """Single changes that mend the answer: slips, then where it differs from a right one, then all over it if it is short."""
    if slips := undone_slips(case.learner, case.clock, case.trial, Box(_TRIES, _SECONDS)):
        return slips
    single = _single(case.distilled)
    if case.long and case.distilled is not None:
        return single
    if single and case.tells(single[0].sql):
        return single
    if case.distilled is None and (
        brought := brought_from_steps(case.learner, case.givers, case.trial, Box(_TRIES, _SECONDS))
    ):
        return brought
    found = find_changes(case.learner, case.givers, case.trial, Box(_TRIES, _SECONDS), case.tells)
    return found or single


def _single(distilled: Distilled | None) -> list[Change]:
    if distilled is None or len(distilled.steps) > 1:
        return []
    step = distilled.steps[0]
    return [Change(Edit(step.node, distilled.tree, step.code, step.clause), _DISTILLED, distilled.sql, step.clause)]


def _name(case: RefutedAnswer, changes: list[Change]) -> Named | None:
    """What the catalogue calls the mistake that the changes undo, or that the databases show where none does."""
    if changes:
        return case.named_best([change.sql for change in changes])
    named = case.namer.strange_value(case.solutions) or case.namer.multiplied(case.trial)
    if named is not None or case.distilled is not None:
        return named
    return case.namer.undone(case.trial) or case.namer.grouped(case.trial)


def _of_chance(ready: Prepared, hearing: Hearing, text: str, known: list[KnownMistake]) -> tuple[Finding, ...]:
    """What leaves the result to chance, and the near miss of which the same is to be said; the name in the tree is surer."""
    found = _of_order(ready, hearing, text)
    told = found[0].mistake if found else ""
    same = (each for each in known if not told or [f.mistake for f in _of_order(ready, hearing, each.sql)] == [told])
    mistake = next(same, None)
    if mistake is None:
        return found
    if not told:
        return (_near_miss(mistake, None, [], None),)
    return (replace(found[0], code=mistake.code, clause=mistake.clause, near_miss=mistake.name),)


def _of_order(ready: Prepared, hearing: Hearing, text: str) -> tuple[Finding, ...]:
    """What leaves the result to chance: ties that no key decides if the solution has one, else the construct."""
    try:
        learner, solutions = Query(text, ready.columns), ready.queries(hearing.variant)
    except UNREADABLE:
        return order_finding(text)
    named = Namer(learner, text, KnownValues(ready.pack)).order(solutions[0])
    return (_finding(named, Level.CERTAIN, named.mistake.part),) if named is not None else order_finding(text)


def _finding(named: Named, level: Level, clause: str) -> Finding:
    found, mistake = named.mistake, named.mistake.mistake
    told = {**found.params, "place": str(found.part)}
    return Finding(level, found.code, clause, named.site, told, None, mistake.key, mistake.author_first, mistake.stops)


def _replacement(case: RefutedAnswer) -> Replacement | None:
    if case.distilled is not None:
        return Replacement(case.distilled.clauses, same_style=True, sql=case.distilled.sql)
    return find_replacement(case.learner, case.solutions, case.trial, Box(_TRIES, _SECONDS / 2))


def _could_be_said_of(learner: Query, known: Behaviour, ready: Prepared) -> bool:
    """Tell whether the clause that a mutant is wrong in is one that the answer has, or that the mutant lost."""
    if any(clause.value == known.clause for clause in clauses_in(learner.tree)):
        return True
    mutant = next(mutant for mutant in ready.pack.mutants if mutant.name == known.name)
    return all(clause.value != known.clause for clause in clauses_in(Query(mutant.sql, learner.schema).tree))


def _replacing(replacement: Replacement | None, case: RefutedAnswer) -> tuple[Finding, ...]:
    """Name what differs in the first of the clauses that have to change, then the others."""
    if replacement is None:
        return ()
    rest = [Finding(Level.CLAUSE, COMMONEST[clause], clause.value) for clause in replacement.clauses]
    named = case.named_best([replacement.sql]) if replacement.sql else None
    if named is not None:
        return _finding(named, Level.CERTAIN, replacement.clauses[0].value), *rest[1:]
    return tuple(rest) if replacement.same_style else ()


def _nearest_first(known: Iterable[KnownMistake], text: str) -> list[KnownMistake]:
    """Near misses that no data tells apart, those that share the most words with the answer first."""
    return sorted(known, key=lambda mistake: _unlike(mistake.sql, text))


def _unlike(sql: str, text: str) -> int:
    """How many words two texts do not share."""
    own, words = Counter(_WORD.findall(text)), Counter(_WORD.findall(sql))
    return ((own - words) + (words - own)).total()


def _near_miss(
    mistake: KnownMistake, case: RefutedAnswer | None, changes: list[Change], named: Named | None
) -> Finding:
    if named is not None and not named.others:  # of several differences the author knows which
        found = _finding(named, Level.CERTAIN, "")
        return replace(found, code=mistake.code, clause=mistake.clause, near_miss=mistake.name)
    change = next((change for change in changes if change.clause == mistake.clause), None)
    site = case.site(change) if case is not None else None
    return Finding(Level.CERTAIN, mistake.code, mistake.clause, site, near_miss=mistake.name)


def _named(
    case: RefutedAnswer | None, changes: list[Change], alike: tuple[Behaviour, ...], named: Named | None
) -> tuple[Finding, ...]:
    """Join what behaves alike with what repairs the text: the code from the one, the clause from the other."""
    clauses = [known.clause for known in alike]
    if case is not None and changes:
        change = min(changes, key=lambda change: _rank(change, clauses))
        known = next((known for known in alike if known.clause == change.clause), None)
        level = Level.CERTAIN if known is not None or named is not None else Level.CLAUSE
        if named is not None:
            proof = next((each for each in changes if each.sql == named.repaired), change)
            return (_finding(named, level, proof.clause.value),)
        code = known.code if known is not None else change.edit.code
        told = {"variant": change.variant} if change.variant and code == change.edit.code else {}
        return (Finding(level, code, change.clause.value, case.site(change), told),)
    if named is not None:
        return (_finding(named, Level.CERTAIN, named.mistake.part),)
    if alike and len(set(clauses)) == 1:
        told = {"variant": "partner"} if alike[0].operator == "join_type" else {}
        return (Finding(Level.CERTAIN, alike[0].code, alike[0].clause, params=told),)
    return ()


def _rank(change: Change, clauses: list[str | None]) -> tuple[int, int]:
    return (change.clause not in clauses, STAGES.index(change.clause))


def _case(ready: Prepared, hearing: Hearing, text: str, searched: str | None) -> RefutedAnswer | None:
    """Parse the answer and set up its trial; None if its tree does not stand for it."""
    try:
        learner = Query(text, ready.columns)
        solutions = ready.queries(hearing.variant)
    except UNREADABLE:
        return None
    if next(itertools.islice(learner.tree.walk(), _MOST_NODES, None), None) is not None:
        return None
    trial = _trial(ready, hearing, searched)
    first, own = trial.databases[0], hearing.submission.statement.sql
    printed = learner.tree.sql("duckdb")
    if trial.mark(trial.run(printed, first), first) != trial.mark(trial.run(own, first), first):
        return None
    trial.take_for(printed, own)
    givers = tuple(sorted((*solutions, *_nearest_right(ready, text)), key=lambda each: _unlike(each.sql, text)))
    namer = Namer(learner, text, KnownValues(ready.pack), Proof(trial))
    return RefutedAnswer(text, learner, solutions, givers, trial, namer, ready.pack.exercise.clock)


def _nearest_right(ready: Prepared, text: str) -> Iterator[Query]:
    """The accepted answer in another style that shares the most words with the learner's."""
    others = ready.pack.exercise.alternatives
    for other in sorted(others, key=lambda each: _unlike(each.sql, text))[:1]:
        try:
            yield Query(other.sql, ready.columns)
        except UNREADABLE:
            return


def _trial(ready: Prepared, hearing: Hearing, searched: str | None) -> Trial:
    """Try the smallest database on which the answer is wrong first, then the other such ones, then the rest."""
    entries = ready.settled(hearing.variant)
    references = {ready.name(place): entry.references[hearing.variant] for place, entry in entries}
    wrong = [place for place, _ in hearing.wrong if place >= 0]
    wrong.sort(key=lambda place: ready.pack.databases[place].database.total_rows)
    first = [ready.name(place) for place in wrong]
    for place, outcome in hearing.wrong:
        if place < 0 and searched is not None:
            references[searched] = outcome.reference
            first.insert(0, searched)
    alone = (searched,) if searched is not None else ()
    columns, own = hearing.submission.columns, hearing.submission.statement.sql
    known = {} if columns else {own: {ready.name(place): each for place, each in _as_they_stand(hearing)}}
    return Trial(ready.runner, references, ready.pack.exercise.rules, alone, columns, known).first(first)


def _as_they_stand(hearing: Hearing) -> Iterator[tuple[int, Result]]:
    """The answer's results on the pack's databases, in the order in which their rows stand."""
    for place, outcome in hearing.outcomes:
        if place >= 0 and isinstance(outcome.learner, Result) and not outcome.order_dependent:
            yield place, outcome.learner
