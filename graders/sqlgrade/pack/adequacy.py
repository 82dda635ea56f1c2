"""Which databases catch the mistakes that are known, and which mistakes nothing catches."""

from __future__ import annotations

import itertools
import logging
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlgrade.mutate import OPERATORS, Mutant, MutantStatus, SchemaColumns, mutate
from sqlgrade.pack.contents import KnownMistake, Pack, PackDatabase
from sqlgrade.pack.equivalence import explain
from sqlgrade.pack.killing import KillMatrix
from sqlgrade.pack.report import AdequacyReport, Behaviour, Fate, MutantFate
from sqlgrade.pack.second_order import sample_pairs
from sqlgrade.pack.settling import settle
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.populate import Generator
from sqlgrade.query.clause import Clause
from sqlgrade.query.query import Query
from sqlgrade.record import ExerciseFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.engine.runner import Runner
    from sqlgrade.tables.result import RunError

_log = logging.getLogger(__name__)
MOST_CHOSEN = 12
_SEARCHED = 36
_SEARCH_SECONDS = 3.0
_ALL_SEARCHES_SECONDS = 20.0
_MOST_MUTANTS = 320
_MOST_PAIRS = 60
"""Pairs of mutants tried for each solution: enough to notice data on which mistakes hide each other."""
_PAIR_SEARCHES_SECONDS = 4.0


@dataclass(frozen=True)
class _Suspect:
    """A mutant with the solution it was made from."""

    mutant: Mutant
    variant: str
    solution: str


def deepen_pack(pack: Pack, runner: Runner) -> Pack:
    """Add to a quick pack the mutants, the databases that kill them, the behaviours and the report."""
    started = time.monotonic()
    columns = SchemaColumns.of(pack.schema, pack.exercise.given)
    matrix = KillMatrix(pack, runner)
    suspects, notes = _suspects(pack, columns, matrix)
    for suspect in suspects:
        if suspect.mutant.status is MutantStatus.BINDS:
            sorts = suspect.mutant.clause is Clause.ORDER_BY
            matrix.try_mutant(suspect.mutant.id, suspect.mutant.sql, suspect.variant, sorts=sorts)
    for authored in pack.exercise.near_misses:
        matrix.try_everywhere(authored.name, authored.sql)
    reasons = _search_for_survivors(pack, suspects, columns, matrix, runner)
    chosen = matrix.choose([n.name for n in pack.exercise.near_misses], MOST_CHOSEN)
    pairs = dict(_try_pairs(pack, suspects, columns, matrix, runner))
    told = {pair.id: reason for pair, reason in pairs.items() if reason}
    order = _chosen_first(matrix, chosen)
    ordered = tuple(matrix.databases[place] for place in order)
    report = replace(
        _report(pack, suspects, reasons, matrix, chosen, notes),
        pairs=tuple(_fate(pair, pack, told, matrix, order) for pair in pairs),
        seconds=round(time.monotonic() - started, 2),
        chosen=tuple(range(len(chosen))),
        databases=len(ordered),
    )
    deep = replace(pack, databases=ordered, report=report, mutants=_known(report))
    near = tuple(replace(m, outcomes=tuple(matrix.run(m.sql, place) for place in order)) for m in pack.near_misses)
    matrix.close()
    return replace(deep, near_misses=near)


def _suspects(
    pack: Pack, columns: SchemaColumns, matrix: KillMatrix
) -> tuple[list[_Suspect], tuple[tuple[str, ...], tuple[str, ...]]]:
    found: dict[str, _Suspect] = {}
    skipped: list[str] = []
    capped: list[str] = []
    for solution in pack.solutions:
        mutation = mutate(solution.plan.sql, columns, matrix.binds)
        skipped += mutation.skipped
        capped += mutation.capped
        for mutant in mutation.mutants:
            found.setdefault(mutant.id, _Suspect(mutant, solution.variant, solution.plan.sql))
    return list(found.values())[:_MOST_MUTANTS], (tuple(dict.fromkeys(skipped)), tuple(dict.fromkeys(capped)))


def _search_for_survivors(
    pack: Pack, suspects: list[_Suspect], columns: SchemaColumns, matrix: KillMatrix, runner: Runner
) -> dict[str, str]:
    """Look for databases that kill what is left; return why the rest is equivalent, as far as a rule tells."""
    reasons: dict[str, str] = {}
    deadline = time.process_time() + _ALL_SEARCHES_SECONDS
    for suspect in suspects:
        mutant = suspect.mutant
        if mutant.status is MutantStatus.STILLBORN or matrix.kills(mutant.id):
            continue
        reason = _explained(suspect, columns, pack)
        if reason:
            reasons[mutant.id] = reason
        elif mutant.edit not in pack.exercise.alive and time.process_time() < deadline:
            _search(pack, suspect, matrix, runner)
    return reasons


def _explained(suspect: _Suspect, columns: SchemaColumns, pack: Pack) -> str:
    try:
        return explain(suspect.mutant, Query(suspect.solution, columns), pack.exercise.rules)
    except RULE_FAULTS:
        _log.warning("no rule of equivalence could be tried on %s", suspect.mutant.id, exc_info=True)
        return ""


def _search(pack: Pack, suspect: _Suspect, matrix: KillMatrix, runner: Runner) -> None:
    deadline = time.process_time() + _SEARCH_SECONDS
    queries = (suspect.solution, suspect.mutant.sql)
    generator = Generator(pack.schema, queries, runner, seed=pack.seed + 11, authored=pack.exercise.pools)
    for database in itertools.islice(generator.databases(), _SEARCHED):
        if time.process_time() > deadline:
            return
        errors: list[RunError] = []
        try:
            references = settle(pack.solutions, database, runner, pack.exercise, errors)
        except ExerciseFault:
            continue
        if suspect.variant in references:
            entry = PackDatabase(database, references)
            if matrix.try_new(suspect.mutant.id, suspect.mutant.sql, suspect.variant, entry):
                return


def _try_pairs(
    pack: Pack, suspects: list[_Suspect], columns: SchemaColumns, matrix: KillMatrix, runner: Runner
) -> Iterator[tuple[Mutant, str]]:
    """Try some pairs of killed mutants; yield each with the reason why nothing kills it, as far as a rule tells.

    For one that nothing kills and no rule explains, a database that does is looked for.
    """
    deadline = time.process_time() + _PAIR_SEARCHES_SECONDS
    for (variant, solution), group in itertools.groupby(suspects, lambda suspect: (suspect.variant, suspect.solution)):
        growths = {suspect.mutant: matrix.growth(suspect.mutant.id) for suspect in group}
        killed = {mutant: growth for mutant, growth in growths.items() if growth}
        pairs = sample_pairs(Query(solution, columns).tree.sql("duckdb"), killed, pack.seed)
        for pair in itertools.islice((pair for pair in pairs if matrix.binds(pair.sql)), _MOST_PAIRS):
            suspect = _Suspect(pair, variant, solution)
            matrix.try_mutant(pair.id, pair.sql, variant, enough=1)
            reason = "" if matrix.kills(pair.id) else _explained(suspect, columns, pack)
            if not matrix.kills(pair.id) and not reason and time.process_time() < deadline:
                _search(pack, suspect, matrix, runner)
            yield pair, reason


def _chosen_first(matrix: KillMatrix, chosen: list[int]) -> list[int]:
    return [*chosen, *(place for place in range(len(matrix.databases)) if place not in set(chosen))]


def _report(
    pack: Pack,
    suspects: list[_Suspect],
    reasons: dict[str, str],
    matrix: KillMatrix,
    chosen: list[int],
    notes: tuple[tuple[str, ...], tuple[str, ...]],
) -> AdequacyReport:
    order = _chosen_first(matrix, chosen)
    fates = tuple(_fate(s.mutant, pack, reasons, matrix, order) for s in suspects)
    near = [(n.name, bool(matrix.kills(n.name))) for n in pack.exercise.near_misses]
    others = [(a.name, matrix.accepts(a.sql)) for a in pack.exercise.alternatives]
    behaviours = tuple(_behaviours(pack, suspects, matrix, chosen))
    applied = {s.mutant.operator for s in suspects}
    return AdequacyReport(
        fates,
        near_misses_refuted=tuple(name for name, refuted in near if refuted),
        near_misses_accepted=tuple(name for name, refuted in near if not refuted),
        alternatives_accepted=tuple(name for name, accepted in others if accepted),
        alternatives_refuted=tuple(name for name, accepted in others if not accepted),
        behaviours=behaviours,
        confused=_confused(behaviours),
        not_mutated=notes[0],
        capped=notes[1],
        unused=tuple(o.__name__ for o in OPERATORS if o.__name__ not in applied),
    )


def _fate(mutant: Mutant, pack: Pack, reasons: dict[str, str], matrix: KillMatrix, order: list[int]) -> MutantFate:
    killers = matrix.kills(mutant.id)
    excuse = pack.exercise.alive.get(mutant.edit, "")
    fate, reason, killer = Fate.ALIVE, "", None
    if mutant.status is MutantStatus.STILLBORN:
        fate = Fate.STILLBORN
    elif killers:
        fate, killer = Fate.KILLED, min(order.index(place) for place in killers)
    elif mutant.id in reasons:
        fate, reason = Fate.EQUIVALENT, reasons[mutant.id]
    elif excuse:
        fate, reason = Fate.EXCUSED, excuse
    return MutantFate(
        mutant.id, mutant.operator, mutant.code, str(mutant.clause), mutant.sql, fate, killer, reason, mutant.edit
    )


def _behaviours(pack: Pack, suspects: Iterable[_Suspect], matrix: KillMatrix, chosen: list[int]) -> Iterable[Behaviour]:
    for near in pack.exercise.near_misses:
        variant = pack.solutions[0].variant
        marks = matrix.marks(near.sql, variant, chosen)
        yield Behaviour(near.name, "", near.code, near.clause, marks, authored=True)
    for suspect in suspects:
        mutant = suspect.mutant
        if matrix.kills(mutant.id):
            marks = matrix.marks(mutant.sql, suspect.variant, chosen)
            if any(mark.endswith("!") for mark in marks):
                yield Behaviour(mutant.id, mutant.operator, mutant.code, str(mutant.clause), marks)


def _confused(behaviours: tuple[Behaviour, ...]) -> tuple[tuple[str, str], ...]:
    alike: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for behaviour in behaviours:
        alike[behaviour.marks].add(behaviour.code)
    pairs = {pair for codes in alike.values() for pair in itertools.combinations(sorted(codes), 2)}
    return tuple(sorted(pairs))


def _known(report: AdequacyReport) -> tuple[KnownMistake, ...]:
    killed = (m for m in report.mutants if m.fate is Fate.KILLED)
    return tuple(KnownMistake(m.id, m.sql, m.code, m.clause, authored=False) for m in killed)
