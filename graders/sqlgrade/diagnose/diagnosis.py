"""What is wrong with one refuted answer: its sources are asked in one order, and the first that knows something is heard."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from sqlgrade.diagnose.beyond_name import with_what_is_left
from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.facts.mutants_alike import has_what_is_said, mutants_alike
from sqlgrade.diagnose.facts.order import order_finding
from sqlgrade.diagnose.mistakes.joining import as_written
from sqlgrade.diagnose.near_miss import is_meant
from sqlgrade.diagnose.parts import mended_in_parts, replacement_of, replacing, told_in_parts
from sqlgrade.diagnose.pieces import finding_of
from sqlgrade.diagnose.praise import praise_wrong
from sqlgrade.diagnose.reading.trees import words_apart
from sqlgrade.diagnose.refuted import RefutedAnswer, refuted
from sqlgrade.diagnose.repairs.maker import Change
from sqlgrade.diagnose.repairs.output_places import in_asked_order, named_otherwise, outputs_exchanged
from sqlgrade.diagnose.repairs.value_written import value_written
from sqlgrade.diagnose.several import tells_what_was_done, told_apart, with_repeats
from sqlgrade.diagnose.single_changes import single_changes
from sqlgrade.hearing.credit import agreement, award, weigh
from sqlgrade.parse import UNREADABLE
from sqlgrade.query.clause import STAGES, Clause, clauses_in
from sqlgrade.query.query import Query
from sqlgrade.verdict import Credit, Finding, Level, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.pack.contents import KnownMistake
    from sqlgrade.pack.report import Behaviour
    from sqlgrade.tables.result import Database

_AFTER_GROUPS: dict[str, type[exp.Expr]] = {"HAVING": exp.Having, "QUALIFY": exp.Qualify}
"""The conditions that may stand in the WHERE of a block around it as well."""


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with an answer, and what it is worth."""

    findings: tuple[Finding, ...]
    credit: Credit
    good: tuple[Remark, ...] = ()
    """What is right about it all the same."""
    undone: str = ""
    """Of an answer with several mistakes what it is without the one that is told first; empty for any other."""


Found: TypeAlias = tuple[tuple[Finding, ...], RefutedAnswer | None, list[Change]]
"""Findings, the case they were made of, and the changes that repair it."""


@dataclass(frozen=True)
class Inquiry:
    """What is asked about one answer, and what has been found out so far: each thing once, and only if a source needs it."""

    ready: Prepared
    hearing: Hearing
    text: str
    searched: str | None
    """The database on which the search outside the pack refuted it."""

    @cached_property
    def known(self) -> list[KnownMistake]:
        """Near misses that no data tells apart from it, those that share the most words with it first."""
        if self.searched is not None:
            return []
        inside = [(place, outcome) for place, outcome in self.hearing.outcomes if place >= 0]
        return sorted(self.ready.behaves_like(inside), key=lambda each: words_apart(each.sql, self.text))

    def foreseen(self, finding: Finding) -> str:
        """The query of the near miss that a finding tells; empty where it tells none."""
        return next((each.sql for each in self.known if each.name == finding.near_miss), "")

    @cached_property
    def as_written(self) -> RefutedAnswer | None:
        """The answer taken apart; None if its tree does not stand for it."""
        return refuted(self.ready, self.hearing, self.text, self.searched)

    @cached_property
    def case(self) -> RefutedAnswer | None:
        """The same, its steps merged where only that lets it be held against a right one."""
        own = self.as_written
        flat = own.flat if own is not None and not own.is_built_alike else None
        return flat if flat is not None and flat.distilled is not None else own

    @cached_property
    def undone(self) -> tuple[list[Change], Named | None]:
        """The changes that mend it, and the name of what they undo."""
        if self.case is None:
            return [], None
        written = value_written(self.case.learner, self.case.trial, self.ready.pack.setting)
        if written is not None:
            return [written.change], self.case.classifier.written(written)
        changes = single_changes(self.case)
        return changes, _name(self.case, changes)


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
        return _diagnosed(Inquiry(ready, hearing, text, searched), stages)


_NOTHING: tuple[tuple[Finding, ...], str, list[str]] = ((), "", [])


def _diagnosed(asked: Inquiry, stages: Stages) -> Diagnosis:
    nothing: Found = ((), None, [])
    findings, case, changes = stages.explain("findings", lambda: _findings(asked), nothing)
    clauses = _clauses(findings)
    repaired = next((change for change in changes if change.clause in clauses[:1]), None)
    undone = ""
    if case is not None and clauses:
        findings, undone = _apart(asked, case, findings, _mended(case, repaired), stages)
        clauses = _clauses(findings) if undone else clauses
    elif case is not None and not any(map(tells_what_was_done, findings)):
        findings, undone, clauses = _without_single_change(asked, case, stages)
    learner = case.learner if case else None
    praise = stages.explain("praise", lambda: praise_wrong(asked.ready, asked.hearing, case, repaired, findings), ())
    told = tuple(_where_written(asked, each) for each in with_repeats(findings))
    return Diagnosis(told, _credit(asked, clauses, learner), praise, undone)


def _without_single_change(
    asked: Inquiry, case: RefutedAnswer, stages: Stages
) -> tuple[tuple[Finding, ...], str, list[str]]:
    """Findings of an answer that no single change mends, what it is without the first, and the clauses at fault.

    What it differs in from a right answer built alike says the most; else its mistakes are looked for one after the other.
    """
    found = _replaced(asked, case, stages) if case.distilled is not None else _NOTHING
    if any(map(tells_what_was_done, found[0])):
        return found
    parts = stages.explain("parts", lambda: mended_in_parts(case), None)
    if parts is not None:
        findings, undone = told_in_parts(case, parts)
        return findings, undone, _clauses(findings) if len(findings) > 1 else []  # of the rest nobody knows the clauses
    return found if case.distilled is not None else _replaced(asked, case, stages)


def _replaced(asked: Inquiry, case: RefutedAnswer, stages: Stages) -> tuple[tuple[Finding, ...], str, list[str]]:
    """The same by whole clauses: those in which a right answer differs, or that it mends the answer with."""
    replacement = stages.explain("replacement", lambda: replacement_of(case), None)
    if replacement is None:
        return _NOTHING
    findings, undone = _apart(asked, case, replacing(replacement, case), replacement.sql, stages)
    return findings, undone, _clauses(findings) if undone else [clause.value for clause in replacement.clauses]


def _apart(
    asked: Inquiry, case: RefutedAnswer, findings: tuple[Finding, ...], mended: str, stages: Stages
) -> tuple[tuple[Finding, ...], str]:
    """The findings, taken apart into mistakes where there are several."""
    if not findings or not (mended or findings[0].near_miss):
        return findings, ""
    first = findings[0]
    apart = stages.explain("several", lambda: told_apart(case, first, mended, asked.foreseen(first)), None)
    told = apart if apart is not None else (findings, "")
    return stages.explain("left", lambda: with_what_is_left(case, *told, mended), told)


def _where_written(asked: Inquiry, finding: Finding) -> Finding:
    """A finding about a condition that merging steps has brought to HAVING or QUALIFY: the answer has it in a WHERE."""
    if asked.as_written is None or asked.case is asked.as_written:
        return finding
    own = asked.as_written.learner
    moved = {name for name, kind in _AFTER_GROUPS.items() if next(own.find(kind), None) is None}
    told = {name: Clause.WHERE.value if value in moved else value for name, value in finding.params.items()}
    clause = Clause.WHERE.value if finding.clause in moved else finding.clause
    return replace(finding, clause=clause, params=told, mistake=as_written(finding.mistake, own))


def _clauses(findings: Sequence[Finding]) -> list[str]:
    return [finding.clause for finding in findings if finding.clause]


def _mended(case: RefutedAnswer, repaired: Change | None) -> str:
    """The answer without its mistake, as far as that is known."""
    if repaired is not None:
        return repaired.sql
    return case.distilled.sql if case.distilled is not None else ""


def _credit(asked: Inquiry, clauses: list[str], learner: Query | None) -> Credit:
    """What the answer is worth, by the clauses that have to change and by how it did on all data."""
    exercise = asked.ready.pack.exercise
    absent = {stage.value for stage in STAGES} - set(clauses_in(learner.tree)) if learner is not None else set()
    repairs = weigh(clauses, exercise.weights, absent) if clauses else None
    return award(exercise.points, repairs, agreement(asked.ready, asked.hearing.outcomes))


def _findings(asked: Inquiry) -> Found:
    """What the first source says that knows something."""
    return next(found for source in SOURCES if (found := source(asked)) is not None)


def _by_chance(asked: Inquiry) -> Found | None:
    """The result depends on the order in which rows happen to lie, and nothing else is wrong."""
    if not all(outcome.order_dependent for _, outcome in asked.hearing.wrong):
        return None
    return _of_chance(asked.ready, asked.hearing, asked.text, asked.known), None, []


def _in_another_order(asked: Inquiry) -> Found | None:
    """The right columns at other places, as far as no author foresaw that."""
    case = asked.case if not asked.known else None
    turned = in_asked_order(case.learner, case.solutions[0], case.trial) if case is not None else ""
    named = case.classifier.name(turned) if case is not None and turned else None
    return ((finding_of(named, Level.CERTAIN, "SELECT"),), case, []) if named is not None else None


def _by_other_names(asked: Inquiry) -> Found | None:
    """The right columns under other names, as far as no author foresaw that."""
    wrong = [outcome for _, outcome in asked.hearing.wrong]
    misnamed = named_otherwise(wrong, asked.ready.pack.exercise.rules.column_names) if not asked.known else ()
    return (misnamed, asked.case, []) if misnamed else None


def _as_foreseen(asked: Inquiry) -> Found | None:
    """A near miss of the author's that behaves alike, where it is what was done."""
    case, (changes, named) = asked.case, asked.undone
    shown = named or (case.one_difference if case is not None and asked.known else None)
    mistake = next((each for each in asked.known if is_meant(each, asked.text, changes, shown, case)), None)
    if mistake is None:
        return None
    if named is None and case is not None and case.distilled is not None:
        named = case.classifier.name(case.distilled.sql)
    return (_near_miss(mistake, case, changes, named),), case, changes


def _by_repair(asked: Inquiry) -> Found:
    """What a repair undoes, what the results show where that says little, or a mutant that behaves alike."""
    case, (changes, named) = asked.case, asked.undone
    alike = mutants_alike(asked.ready, asked.hearing) if asked.searched is None else ()
    if case is not None:
        named = _cause(case, named) or named
        alike = tuple(
            each
            for each in alike
            if has_what_is_said(each.code, case.learner)
            and (changes or _could_be_said_of(case.learner, each, asked.ready))
        )
    return _named(case, changes, alike, named), case, changes


def _cause(case: RefutedAnswer, named: Named | None) -> Named | None:
    """What the results show: two columns exchanged, or a join that repeats rows where only its effect has a name."""
    if named is not None and not named.is_general and not named.mistake.mistake.from_join:
        return None
    if exchanged := outputs_exchanged(case.learner, case.trial):
        return case.classifier.name(exchanged)
    return case.classifier.multiplied(case.trial) if named is not None else None


SOURCES: tuple[Callable[[Inquiry], Found | None], ...] = (
    _by_chance,
    _in_another_order,
    _by_other_names,
    _as_foreseen,
    _by_repair,
)
"""What is said about an answer, the surest first: the first that knows something is heard, and the last always answers."""


def _name(case: RefutedAnswer, changes: list[Change]) -> Named | None:
    """The name of the mistake that the changes undo, or that the databases show where none does."""
    if changes:
        return case.named_best([change.sql for change in changes])
    named = case.classifier.strange_value(case.solutions) or case.classifier.multiplied(case.trial)
    if named is not None or case.distilled is not None:
        return named
    found = case.classifier.undone(case.trial) or case.classifier.unlisted(case.trial)
    found = found or case.classifier.grouped(case.trial)
    return found or case.classifier.beside(case.trial) or case.classifier.unread(case.solutions, case.trial)


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
    named = Classifier(learner, text, KnownValues(ready.pack)).order(solutions[0])
    return (finding_of(named, Level.CERTAIN, named.mistake.part),) if named is not None else order_finding(text)


def _could_be_said_of(learner: Query, known: Behaviour, ready: Prepared) -> bool:
    """Tell whether the clause that a mutant is wrong in is one that the answer has, or that the mutant lost."""
    if any(clause.value == known.clause for clause in clauses_in(learner.tree)):
        return True
    mutant = next(mutant for mutant in ready.pack.mutants if mutant.name == known.name)
    return all(clause.value != known.clause for clause in clauses_in(Query(mutant.sql, learner.schema).tree))


def _near_miss(
    mistake: KnownMistake, case: RefutedAnswer | None, changes: list[Change], named: Named | None
) -> Finding:
    change = next((change for change in changes if change.clause == mistake.clause), None)
    site = case.site(change) if case is not None else None
    if named is None or named.others:  # of several differences the author knows which
        return Finding(Level.CERTAIN, mistake.code, mistake.clause, site, near_miss=mistake.name)
    found = replace(
        finding_of(named, Level.CERTAIN, ""), code=mistake.code, clause=mistake.clause, near_miss=mistake.name
    )
    if (
        found.site is None and site is not None and named.mistake.mistake.covers
    ):  # what stands in the stead of what is missing
        return replace(found, site=site, params={**found.params, "place": mistake.clause})
    return found


def _named(
    case: RefutedAnswer | None, changes: list[Change], alike: tuple[Behaviour, ...], named: Named | None
) -> tuple[Finding, ...]:
    """Join what behaves alike with what repairs the text: the code from the one, the clause from the other."""
    clauses = [known.clause for known in alike]
    change = min(changes, key=lambda change: _rank(change, clauses), default=None)
    if named is not None:
        proof = next((each for each in changes if each.sql == named.repaired), change)
        clause = proof.clause.value if proof is not None and case is not None else named.mistake.part
        return (finding_of(named, Level.CERTAIN, clause or None),)
    if case is not None and change is not None:
        return (_of_clause(case, change, next((each for each in alike if each.clause == change.clause), None)),)
    if alike and len(set(clauses)) == 1:
        told = {"variant": "partner"} if alike[0].operator == "join_type" else {}
        return (Finding(Level.CERTAIN, alike[0].code, alike[0].clause, params=told),)
    return ()


def _of_clause(case: RefutedAnswer, change: Change, known: Behaviour | None) -> Finding:
    """The clause that a change mends, by the code of what behaves alike if that is wrong there too."""
    code = known.code if known is not None else change.edit.code
    told = {"variant": change.variant} if change.variant and code == change.edit.code else {}
    level = Level.CERTAIN if known is not None else Level.CLAUSE
    return Finding(level, code, change.clause.value, case.site(change), told)


def _rank(change: Change, clauses: list[str | None]) -> tuple[int, int]:
    return (change.clause not in clauses, STAGES.index(change.clause))
