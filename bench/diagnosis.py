"""Measures the diagnosis: is the clause right on answers with one mistake, written in another style than the solution?

Three sets: (i) mutants of right answers in another style, which the pack has never seen; (ii) the same, with the
operator that made each of them taken out of the search for repairs; (iii) hand-written wrong answers with
hand-labelled clauses. A clause is right if the mistake can be mended there, right to the letter if it was made there.
Run: python bench/diagnosis.py [--depth full] [--per 6] [--cache DIR] [--show]

With --course, mistakes of each family are made in the course's right answers, and a line a family says how
many are named, and how many by a right name: python bench/diagnosis.py --course [--per 12] [--only COUNT]
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import catalogue
from wrong_answers import AnswerSet, WrongAnswer, read_answer_sets

from sqlgrade.diagnose import diagnose
from sqlgrade.diagnose.repairs import search
from sqlgrade.engine.sandbox import read_statement
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.hearing.stages import Stages
from sqlgrade.judging.judge import _heard
from sqlgrade.mutate import Mutant, MutantStatus, SchemaColumns, mutate
from sqlgrade.pack.kept import pack_for
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

_JOINS = {"E27", "E31"}
_OF_VALUES = {"E13", "E24", "E25", "E45"}
_TWO_PLACES = {"E29": {"FROM", "WHERE"}, "E26": {"GROUP BY", "SELECT"}}
"""Mistakes that are made in two clauses at once."""


@dataclass
class Tally:
    """Counts over one set of answers."""

    title: str
    levels: Counter[str] = field(default_factory=Counter)
    right: int = 0
    strictly_right: int = 0
    """As `right`, but only the clause in which the mistake was made counts."""
    wrong: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    codes_right: int = 0
    not_refuted: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def named(self) -> int:
        """Answers for which some clause was named."""
        return self.right + len(self.wrong)

    def line(self) -> str:
        """The counts in one line."""
        times = sorted(self.seconds) or [0.0]
        share = 100 * self.right / self.named if self.named else 0.0
        return (
            f"{self.title}: {len(self.seconds)} refuted answers; certain {self.levels['certain']}, clause "
            f"{self.levels['clause']}, shape only {self.levels['shape']}; clause right {self.right} of {self.named} "
            f"named ({share:.1f} %), to the letter {self.strictly_right}, code right {self.codes_right}; not refuted by the pack {self.not_refuted}; "
            f"CPU ms p50 {1000 * times[len(times) // 2]:.0f} p95 {1000 * times[int(0.95 * (len(times) - 1))]:.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--depth", choices=("quick", "full"), default="full")
    parser.add_argument("--per", type=int, default=6, help="mutants of each right answer")
    parser.add_argument("--cache", type=Path, help="folder for built packs")
    parser.add_argument("--only", default="", help="exercises whose name contains this")
    parser.add_argument("--show", action="store_true", help="print the answers with the wrong clause")
    parser.add_argument("--course", action="store_true", help="the families of mistakes on the course's exercises")
    options = parser.parse_args()
    if options.course:
        catalogue.measure(options.per, options.cache, options.only, show=options.show)
        return
    tallies = [Tally("(i) other style"), Tally("(ii) operator held back"), Tally("(iii) hand-written")]
    for answers in read_answer_sets():
        if options.only in answers.name:
            pack = pack_for(answers.exercise(), cache_dir=options.cache, depth=options.depth)
            ready = Prepared(pack)
            _measure(answers, ready, tallies, options.per)
            ready.close()
    for tally in tallies:
        print(tally.line())
        for text in (*tally.wrong, *tally.unnamed) if options.show else ():
            print("   ", text)
    right, named = sum(t.right for t in tallies), sum(t.named for t in tallies)
    count = sum(len(t.seconds) for t in tallies)
    strict = sum(t.strictly_right for t in tallies)
    shares = [f"{each} of {named} named ({100 * each / max(named, 1):.1f} %)" for each in (right, strict)]
    print(f"all: {count} answers, clause right {shares[0]}, to the letter {shares[1]}")


def _measure(answers: AnswerSet, ready: Prepared, tallies: list[Tally], per: int) -> None:
    for name, sql in answers.alternatives:
        chosen = _sample(sql, ready, per, f"{answers.name}/{name}")
        for mutant in chosen:
            case = WrongAnswer(frozenset(_labels(mutant)), mutant.code, f"{answers.name}: {mutant.id}", mutant.sql)
            _try(case, ready, tallies[0], {str(mutant.clause)})
            with _without(mutant.operator):
                _try(case, ready, tallies[1], {str(mutant.clause)})
    for wrong in answers.wrong:
        _try(wrong, ready, tallies[2], wrong.clauses)


def _sample(sql: str, ready: Prepared, per: int, seed: str) -> list[Mutant]:
    def binds(text: str) -> bool:
        return not isinstance(ready.runner.run(text, ready.name(0)), RunError)

    mutants = [
        m for m in mutate(sql, SchemaColumns.of(ready.pack.schema), binds).mutants if m.status is MutantStatus.BINDS
    ]
    return random.Random(seed).sample(mutants, min(per, len(mutants)))


def _labels(mutant: Mutant) -> set[str]:
    """The clauses that may be named: the mutant's, and one in which the same can be said.

    A condition of an inner join means the same in ON and in WHERE; a value that a window adds up is said in SELECT.
    """
    clause = str(mutant.clause)
    labels = {clause} | _TWO_PLACES.get(mutant.code, set())
    if clause in {"FROM", "WHERE"} and mutant.code not in _JOINS:
        labels |= {"FROM", "WHERE"}
    if clause == "WINDOW" and mutant.code in _OF_VALUES:
        labels.add("SELECT")
    return labels


def _try(case: WrongAnswer, ready: Prepared, tally: Tally, made_in: AbstractSet[str]) -> None:
    statement = read_statement(case.sql, ready.runner)
    if isinstance(statement, RunError):
        return
    hearing = _heard(ready, statement)
    if not hearing.wrong:
        tally.not_refuted += 1
        return
    started = time.process_time()
    findings = diagnose(ready, hearing, case.sql, Stages()).findings
    tally.seconds.append(time.process_time() - started)
    first = findings[0] if findings else None
    if first is None or first.clause is None:
        tally.levels["shape"] += 1
        tally.unnamed.append(f"{case.note}: no clause named, labelled {case.code} | {' '.join(case.sql.split())}")
        return
    tally.levels[first.level.value] += 1
    tally.codes_right += first.code == case.code
    tally.strictly_right += first.clause in made_in
    if first.clause in case.clauses:
        tally.right += 1
    else:
        wanted = " or ".join(sorted(case.clauses))
        tally.wrong.append(
            f"{case.note}: {first.clause} {first.code}, labelled {wanted} {case.code} | {' '.join(case.sql.split())}"
        )


@contextmanager
def _without(operator: str) -> Iterator[None]:
    """Take an operator out of the search for repairs."""
    kept = search.UNDOING
    search.UNDOING = tuple(o for o in kept if o.name != operator)
    try:
        yield
    finally:
        search.UNDOING = kept


if __name__ == "__main__":
    main()
