"""Makes drills of a schema: patterns bound, written, drawn on the copy, proved by the judge, offered or refused."""

from __future__ import annotations

import string
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursebook.kind import Kind
from coursebook.kinds import kinds_by_letter
from coursebook.messages import LANGUAGES, render
from coursebook.metrics import FILE
from coursebook.metrics_hold import metrics_hold
from coursebook.own_tables.binding import UsedUp, bindings
from coursebook.own_tables.facts import gather
from coursebook.own_tables.metric_drills import SKILL, is_plain, metric_templates
from coursebook.own_tables.pattern import patterns
from coursebook.own_tables.telling import Teller
from coursebook.packs import build_packs
from coursebook.practice.checks import Tried, first_drill, try_out
from coursebook.practice.proving import check_template, template_grader
from coursebook.practice.template import TemplateRecord
from coursebook.proving import WORKERS
from coursebook.records import read_record
from coursebook.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Mapping as Dict

    from coursebook.metrics import MetricsRecord
    from coursebook.own_tables.facts import Facts
    from coursebook.practice.draw import Run
    from coursebook.problem import Problem
    from coursebook.schema import Schema
    from marketplace.yourschema.mapping import Mapping, OwnClock
    from marketplace.yourschema.schema import Schema as OwnSchema

_TRIES = 3
"""Choices of tables that are tried for each template that a pattern may give."""
_FIRST_LOT = 8
"""So many are proved, and can be practised, before the others."""


@dataclass(frozen=True)
class OfferedDrill:
    """A template that is proved."""

    template: TemplateRecord
    text: str
    """Its file, as TOML."""
    pattern: str
    tables: tuple[str, ...]
    """The tables that it speaks of."""


@dataclass(frozen=True)
class RefusedDrill:
    """What is not offered, and why."""

    pattern: str
    tables: tuple[str, ...]
    """The tables that it would have spoken of; none where no table can play its parts."""
    reason: str
    """Code of the sentence that says why."""
    detail: str = ""
    """What the check or the judge said, in English."""

    def sentence(self, lang: str) -> str:
        """The reason in one language."""
        return render(f"own_tables.refused.{self.reason}", {"detail": self.detail}, lang)


@dataclass(frozen=True)
class MadeDrills:
    """All that was made of a schema."""

    offered: tuple[OfferedDrill, ...]
    refused: tuple[RefusedDrill, ...]
    left_out: Dict[str, str]
    """Table that no drill speaks of -> code of the reason."""

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that are practised."""
        return tuple(sorted({each.template.skill for each in self.offered}))


@dataclass(frozen=True)
class _Bench:
    """Where templates are tried out."""

    schema: Schema
    runs: Dict[str, Run]
    folder: Path

    def tried(self, written: dict[str, Any]) -> Tried | str:
        """The template drawn on the copies, or the fault that keeps it from being drawn; none where the data tell nothing apart."""
        path = self.folder / f"{written['id']}.toml"
        path.write_text(toml_text(written), encoding="utf-8")
        problems: list[Problem] = []
        record = read_record(TemplateRecord, path, problems, {Kind: kinds_by_letter()})
        if record is None:
            return "; ".join(each.problem for each in problems)
        tried = try_out(record, path, self.runs, self.schema, least=1)
        if not all(tried.drills.values()):
            return "; ".join(tried.faults)
        return tried


@dataclass(frozen=True)
class _Candidate:
    pattern: str
    tables: tuple[str, ...]
    text: str
    tried: Tried


def made_drills(
    own: OwnSchema,
    mapping: Mapping,
    schema: Schema,
    runs: Dict[str, Run],
    *,
    taken: frozenset[str] = frozenset(),
    metrics: MetricsRecord | None = None,
    told: Callable[[str, int, int], None] | None = None,
    keep: Callable[[OfferedDrill], None] | None = None,
) -> MadeDrills:
    """The drills of a schema.

    Args:
        own: the tables as they were written.
        mapping: what their columns mean, and what they are called.
        schema: the tables for the judge.
        runs: language -> runs a SELECT on the synthetic copy in it; raises where that fails.
        taken: ids that other templates have.
        metrics: the company's metrics, which hold on the copy.
        told: is told how far it is: the pattern, its number and how many there are; first 0, when all are drawn, then without a pattern, while the judge's data are made.
        keep: is given each drill once it is proved: the first may be practised long before the last.
    """
    facts = gather(own, mapping, runs[LANGUAGES[0]])
    refused: list[RefusedDrill] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(schema, runs, Path(folder))
        candidates = list(_candidates(facts, mapping.clock, bench, taken, refused))
        if metrics is not None:
            of_patterns = {each.tried.template.id for each in candidates}
            candidates += _of_metrics(metrics, facts, bench, taken | of_patterns, refused)
        if told:
            told("", 0, len(candidates))
        offered = _proved(candidates, refused, told, keep)
    return MadeDrills(tuple(offered), tuple(refused), facts.left_out)


def _candidates(
    facts: Facts, clock: OwnClock | None, bench: _Bench, taken: frozenset[str], refused: list[RefusedDrill]
) -> Iterator[_Candidate]:
    used = UsedUp()
    free = {skill: _free_ids(skill, taken) for skill in {each.skill for each in patterns()}}
    for pattern in patterns():
        if pattern.clock and not getattr(clock, pattern.clock, 0):
            refused.append(RefusedDrill(pattern.name, (), f"no_{pattern.clock}"))
            continue
        made, fit = 0, False
        for cast in islice(bindings(pattern, facts, used), pattern.most * _TRIES):
            fit = True
            if not free[pattern.skill]:
                refused.append(RefusedDrill(pattern.name, (), "no_id"))
                break
            written = Teller(cast, clock).template(pattern, free[pattern.skill][0])
            tables = tuple(each.table.name for each in cast.values())
            tried = bench.tried(written)
            if isinstance(tried, str):
                refused.append(_undrawn(pattern.name, tables, tried))
                continue
            used.take(cast)
            free[pattern.skill].pop(0)
            yield _Candidate(pattern.name, tables, toml_text(written), tried)
            made += 1
            if made == pattern.most:
                break
        if not fit:
            refused.append(RefusedDrill(pattern.name, (), "no_tables"))


def _of_metrics(
    metrics: MetricsRecord, facts: Facts, bench: _Bench, taken: frozenset[str], refused: list[RefusedDrill]
) -> Iterator[_Candidate]:
    free = _free_ids(SKILL, taken)
    broken = {str(each.params["metric"]): each.problem for each in metrics_hold(metrics, Path(FILE), bench.runs)}
    for metric in metrics.metrics:
        name = f"{SKILL[1:]}-{metric.id}"
        if metric.id in broken:
            refused.append(RefusedDrill(name, (), "metric_does_not_hold", broken[metric.id]))
            continue
        if not is_plain(metric.sql):
            refused.append(RefusedDrill(name, (), "metric_not_plain"))
            continue
        fit = False
        for table, unnamed in metric_templates(metric, facts, bench.schema.model, bench.runs):
            fit = True
            if not free:
                refused.append(RefusedDrill(name, (table,), "no_id"))
                break
            tried = bench.tried({"id": free[0], **unnamed})
            if isinstance(tried, str):
                refused.append(_undrawn(name, (table,), tried))
                continue
            yield _Candidate(name, (table,), toml_text({"id": free.pop(0), **unnamed}), tried)
        if not fit:
            refused.append(RefusedDrill(name, (), "metric_no_column"))


def _undrawn(pattern: str, tables: tuple[str, ...], fault: str) -> RefusedDrill:
    return RefusedDrill(pattern, tables, "no_instance" if fault else "told_alike", fault)


def _free_ids(skill: str, taken: frozenset[str]) -> list[str]:
    """A skill's number and a letter, as an answer cell's first line can name them."""
    return [id_ for letter in string.ascii_lowercase if (id_ := f"{skill[1:]}{letter}") not in taken]


def _proved(
    candidates: list[_Candidate],
    refused: list[RefusedDrill],
    told: Callable[[str, int, int], None] | None,
    keep: Callable[[OfferedDrill], None] | None,
) -> list[OfferedDrill]:
    offered = []
    for number, (each, problems) in enumerate(_checked(candidates, told), 1):
        if told:
            told(each.pattern, number, len(candidates))
        if problems:
            said = "; ".join(f"{problem.file.stem}: {problem.problem}" for problem in problems)
            refused.append(RefusedDrill(each.pattern, each.tables, "not_proved", said))
            continue
        drill = OfferedDrill(each.tried.template, each.text, each.pattern, each.tables)
        offered.append(drill)
        if keep:
            keep(drill)
    return offered


def _checked(
    candidates: list[_Candidate], told: Callable[[str, int, int], None] | None
) -> Iterator[tuple[_Candidate, list[Problem]]]:
    """Each with its problems: a few first, then twice as many each time, as every lot starts processes for the judge's data."""
    left, lot = candidates, _FIRST_LOT
    with template_grader() as grader, ThreadPoolExecutor(WORKERS) as pool:
        while left:
            now, left, lot = left[:lot], left[lot:], lot * 2
            build_packs(
                (drill.exercise for each in now if (drill := first_drill(each.tried)) is not None),
                told=partial(told, "") if told else None,
            )
            yield from zip(now, pool.map(lambda each: check_template(each.tried, grader), now), strict=True)
