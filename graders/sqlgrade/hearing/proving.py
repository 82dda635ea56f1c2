"""How much the data of a task can tell: whether its tables have rows, its result varies, and mutants of its solutions show."""

from __future__ import annotations

import itertools
import logging
import time
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlgrade.compare import fingerprint
from sqlgrade.mutate import mutate
from sqlgrade.pack.contents import PackDatabase
from sqlgrade.pack.equivalence import explain
from sqlgrade.pack.killing import KillMatrix
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.query.clause import Clause
from sqlgrade.verdict import DataAdequacy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.mutate import Mutant

_log = logging.getLogger(__name__)
_MOST_MUTANTS, _MOST_OF_OPERATOR = 48, 4
"""Mutants that are tried, some of each operator: enough to tell data that shows nothing from data that shows most."""
_SECONDS = 3.0
"""Of processor time, after which no more are tried: a mutant of a recursive query may run long."""
_RESERVES = 48
"""Databases of the bank on which they are tried beside the pack's own: those on which an answer is searched for."""


def adequacy_of(ready: Prepared) -> DataAdequacy:
    """What the databases of a pack and of its bank can tell; measured when it is first asked for."""
    if ready.adequacy is None:
        ready.adequacy = prove(ready)
    return ready.adequacy


def prove(ready: Prepared) -> DataAdequacy:
    """Measures the data of a task on which no parameter stands open, on mutants of its first variant's solutions."""
    pack = ready.pack
    variant = pack.variants[0]
    places = [(ready.name(place), entry) for place, entry in ready.settled(variant)]
    for chunk in ready.bank.chunks(_RESERVES):
        places += [
            (reserve.name, PackDatabase(reserve.database, reserve.references))
            for reserve in chunk.reserves
            if variant in reserve.references
        ]
    databases = [entry for _, entry in places]
    empty = [
        name for name in sorted(ready.bank.generator.filled) if not any(d.database.tables[name] for d in databases)
    ]
    results = {fingerprint(d.references[variant].result) for d in databases}
    found = DataAdequacy(
        tuple(empty),
        databases=len(databases),
        fruitful=sum(bool(d.references[variant].result.rows) for d in databases),
        results=len(results),
        fixed=not ready.bank.generator.filled,
    )
    if found.lacking:
        return found
    matrix = KillMatrix(replace(pack, databases=tuple(databases)), ready.runner, [name for name, _ in places])
    deadline = time.process_time() + _SECONDS
    mutants: list[Mutant] = []
    for each in _mutants(ready, variant):
        if time.process_time() > deadline:
            break
        if matrix.binds(each.sql):
            matrix.try_mutant(each.id, each.sql, variant, sorts=each.clause is Clause.ORDER_BY, enough=1)
            mutants.append(each)
    alive = [each for each in mutants if not matrix.kills(each.id) and not _explained(each, ready, variant)]
    killed = sum(bool(matrix.kills(each.id)) for each in mutants)
    matrix.close()
    return replace(found, killed=killed, mutants=killed + len(alive))


def _mutants(ready: Prepared, variant: str) -> list[Mutant]:
    """Some mutants of the variant's first solution: one of each operator before a second of any."""
    by_operator: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutate(ready.pack.of_variant(variant)[0].plan.sql, ready.columns, lambda _: True).mutants:
        by_operator[mutant.operator].append(mutant)
    some = (mutants[:_MOST_OF_OPERATOR] for mutants in by_operator.values())
    rounds: Iterable[tuple[Mutant | None, ...]] = itertools.zip_longest(*some)
    return [each for row in rounds for each in row if each is not None][:_MOST_MUTANTS]


def _explained(mutant: Mutant, ready: Prepared, variant: str) -> bool:
    """Whether a rule tells that a mutant is the solution in other words."""
    try:
        return bool(explain(mutant, ready.queries(variant)[0], ready.pack.exercise.rules))
    except RULE_FAULTS:
        _log.warning("no rule of equivalence could be tried on %s", mutant.id, exc_info=True)
        return False
