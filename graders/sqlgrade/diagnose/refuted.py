"""One refuted answer: its tree, right answers to hold against it, and the databases on which changes of it are tried."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.compare import fingerprint
from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.facts.proof import Proof
from sqlgrade.diagnose.mistakes.grouping import GROUP_EXTRA
from sqlgrade.diagnose.reading.trees import words_apart
from sqlgrade.diagnose.repairs.flattened import flattened
from sqlgrade.diagnose.repairs.lifted import lifted
from sqlgrade.diagnose.repairs.minimal import Distilled, distil
from sqlgrade.diagnose.repairs.rewritten import built_alike
from sqlgrade.outcomes.trial import Box, Trial
from sqlgrade.parse import RULE_FAULTS, UNREADABLE
from sqlgrade.query.query import Query
from sqlgrade.query.span import SqlText, at_places_of
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.reading.contrast import Part
    from sqlgrade.diagnose.repairs.maker import Change
    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.record import Clock
    from sqlgrade.verdict import Site

_log = logging.getLogger(__name__)

_BARE = (exp.Literal, exp.Column, exp.Boolean, exp.Cast, exp.Neg, exp.Interval)
"""What says too little to be pointed at without the comparison or function that it stands in."""
_LONG, _MOST_NODES = 150, 1500
"""A larger tree is not taken apart: changing it in each of its places would take longer than a learner waits."""
_TRIES, _SECONDS = 320, 0.7
_MOST_COMPARED = 6
"""Merging steps keeps what a query says; so many databases show a case that it does not know."""


def box() -> Box:
    """How long one search for a repair may go on."""
    return Box(_TRIES, _SECONDS)


def short_box() -> Box:
    """The same for a search that comes last."""
    return Box(_TRIES, _SECONDS / 2)


@dataclass(frozen=True)
class RefutedAnswer:
    """One refuted answer: its text, its tree, and the databases it can be tried on."""

    text: str
    learner: Query
    solutions: tuple[Query, ...]
    givers: tuple[Query, ...]
    """The solutions and the accepted answer most like the learner's, the most like first."""
    trial: Trial
    classifier: Classifier
    clock: Clock | None = None
    """The clocks of the exercise's data."""

    @property
    def long(self) -> bool:
        """Whether trying changes all over the tree takes longer than looking where it differs."""
        return next(itertools.islice(self.learner.tree.walk(), _LONG, None), None) is not None

    @cached_property
    def distilled(self) -> Distilled | None:
        """The differences from a right answer built alike that make this one wrong: the nearest's, or another's where it needs fewer in the same clauses.

        Fewer in other clauses may be a detour: an aggregate with all the conditions of the task in it.
        """
        fewest: Distilled | None = None
        for giver in self._made_alike:
            found = distil(self.learner, giver, self.trial, box())
            if found is not None and (fewest is None or _is_shorter(found, fewest)):
                fewest = found
            if fewest is not None and len(fewest.steps) == 1:
                break
        return fewest

    @property
    def _made_alike(self) -> tuple[Query, ...]:
        """Of the right answers those that look across rows as this one does, with windows or without, if there are any."""
        own = next(self.learner.find(exp.Window), None) is None
        alike = tuple(each for each in self.givers if (next(each.find(exp.Window), None) is None) is own)
        return alike or self.givers

    @property
    def is_built_alike(self) -> bool:
        """Whether a right answer has as many blocks and steps, so that the two can be held against each other as they are."""
        return any(built_alike(self.learner, giver) for giver in self.givers)

    @cached_property
    def flat(self) -> RefutedAnswer | None:
        """The answer with its steps merged, held against right ones written so; None where none of them has a step to merge."""
        learner, givers = _flat(self.learner), [(each, _flat(each)) for each in self.givers]
        right = tuple(flat if flat is not None and self.trial.agrees(flat.sql) else each for each, flat in givers)
        if learner is None:
            learner = self.learner
        elif not self._gives_the_same(learner.sql):
            return None
        if learner is self.learner and right == self.givers:
            return None
        right = tuple(sorted(right, key=lambda each: words_apart(each.sql, learner.sql)))
        classifier = Classifier(learner, self.text, self.classifier.values, self.classifier.proof)
        return replace(self, learner=learner, givers=right, classifier=classifier)

    def _gives_the_same(self, sql: str) -> bool:
        """Whether a form of the answer gives what the answer gives, on the first databases on which that is wrong."""
        own, names = self.learner.tree.sql("duckdb"), self.trial.databases[:_MOST_COMPARED]
        return all(fingerprint(self.trial.run(sql, name)) == fingerprint(self.trial.run(own, name)) for name in names)

    def without(self, sql: str, tree: exp.Expr) -> RefutedAnswer:
        """What is left of it once one mistake is undone, with what stays as it was at its place in the text."""
        learner, kept = Query(sql, self.learner.schema), at_places_of(self.learner.tree, tree)
        at_places = kept == learner.tree
        learner, text = (Query(sql, self.learner.schema, kept), self.text) if at_places else (learner, sql)
        classifier = Classifier(learner, text, self.classifier.values, self.classifier.proof)
        return replace(self, text=text, learner=learner, classifier=classifier)

    def named_left(self, left: RefutedAnswer, repaired: str) -> Named | None:
        """The name of what is left of it, in its own words, if that is one thing."""
        named = left.classifier.name(repaired) if left.text == self.text else None
        return named if named is not None and not named.others else None

    @property
    def one_difference(self) -> Named | None:
        """The name of the one thing in which the answer differs from a right one, if it is one that tells."""
        found = self.classifier.name(self.distilled.sql) if self.distilled is not None else None
        return found if found is not None and found.is_the_one else None

    def is_roundabout(self, repaired: str) -> bool:
        """Whether a single change writes more anew than the several mistakes that make the answer differ from a right one.

        An aggregate with all the conditions of the task in it makes up for one that WHERE lacks, and hides it.
        """
        if self.distilled is None or len(self.distilled.steps) < 2:
            return False
        return self.classifier.size(repaired) > self.classifier.size(self.distilled.sql)

    def places_wrong(self, near_miss: str) -> frozenset[tuple[Part, frozenset[str]]]:
        """The parts in which a near miss differs from the solution that it is nearest to, each with the columns that it is about."""
        query = Query(near_miss, self.learner.schema)
        classifier = Classifier(query, near_miss, self.classifier.values)
        return min((classifier.places(each.sql) for each in self.solutions), key=len)

    def tells(self, repaired: str, most_others: int | None = None) -> bool:
        """Whether a repair has a name that says what was done, and not only where; where it may differ in no more than so many things besides."""
        named = self.classifier.name(repaired)
        if named is None or named.is_general:
            return False
        return most_others is None or named.others <= most_others

    def named_best(self, repaired: list[str]) -> Named | None:
        """The most telling name of several repairs; groups are not said to be too fine where none are asked for."""
        found = self._named_best(repaired)
        return found and (
            (self.classifier.grouped(self.trial) if found.mistake.mistake is GROUP_EXTRA else None) or found
        )

    def _named_best(self, repaired: list[str]) -> Named | None:
        """The most telling name; what the repairs change needlessly is left out where it hides the mistake."""
        found = self.classifier.best(repaired)
        if found is not None and found.is_the_one:
            return found
        right = (Query(sql, self.learner.schema) for sql in repaired[:1])
        fewer = (distil(self.learner, each, self.trial, box()) for each in right)
        named = self.classifier.best(each.sql for each in fewer if each is not None)
        return min(filter(None, (named, found)), key=lambda each: each.rank, default=None)

    def site(self, change: Change | None) -> Site | None:
        """Place a change in the learner's own text; what is missing from it has no place."""
        if change is None or change.adds:
            return None
        node = change.edit.node
        while isinstance(node, _BARE) and isinstance(node.parent, exp.Condition):
            node = node.parent
        return SqlText(self.text).site(node)


def refuted(ready: Prepared, hearing: Hearing, text: str, searched: str | None) -> RefutedAnswer | None:
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
    givers = tuple(sorted((*solutions, *_nearest_right(ready, text)), key=lambda each: words_apart(each.sql, text)))
    classifier = Classifier(learner, text, KnownValues(ready.pack), Proof(trial))
    return RefutedAnswer(text, learner, solutions, givers, trial, classifier, ready.pack.exercise.clock)


def _is_shorter(one: Distilled, other: Distilled) -> bool:
    return one.clauses == other.clauses and len(one.steps) < len(other.steps)


def _flat(query: Query) -> Query | None:
    try:
        flat = flattened(query)
        return lifted(flat if flat is not None else query) or flat
    except RULE_FAULTS:
        _log.warning("a query's steps could not be merged", exc_info=True)
        return None


def _nearest_right(ready: Prepared, text: str) -> Iterator[Query]:
    """The accepted answer in another style that shares the most words with the learner's."""
    others = ready.pack.exercise.alternatives
    for other in sorted(others, key=lambda each: words_apart(each.sql, text))[:1]:
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
