"""Near misses for a query: changed as people mistake it, refuted by the data, each told from the others."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook.format import Bilingual
from coursebook.from_query.files import ProposedMiss, QueryDraft, exercise_files
from coursebook.from_query.reading import laid_out
from coursebook.packs import pack_of
from coursebook.problem import Problem
from coursebook.proving import Demand, prove_exercise
from coursebook.reader import fillings_in, read_exercise
from sqlgrade.messages import finding_sentences, mistake_sentence
from sqlgrade.pack.report import Fate
from sqlgrade.record import ExerciseFault
from sqlgrade.verdict import Status
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coursebook.exercise import LessonExercise
    from coursebook.judging import QueryGrader
    from coursebook.lesson import Lesson
    from coursebook.schema import Schema
    from sqlgrade.pack.contents import Pack
    from sqlgrade.pack.report import AdequacyReport, MutantFate
    from sqlgrade.verdict import Verdict

MOST = 6
"""Near misses that are proposed: an author has to write a hint for each."""
_OF_COLUMNS = ("col_", "comma_drop")
"""Operators of which anybody sees at once what is wrong: a column more or less."""
_ABOUT_NEAR_MISSES = ("near_miss_accepted", "near_miss_not_told", "near_miss_not_judged")


@dataclass(frozen=True)
class Proposal:
    """What came of a query."""

    near_misses: tuple[ProposedMiss, ...] = ()
    alive: tuple[MutantFate, ...] = ()
    """Mutants that no data tell from the query."""
    problems: tuple[Problem, ...] = ()
    """Why it is no exercise as it stands."""


def propose(
    draft: QueryDraft,
    schema: Schema,
    lesson: Lesson | None,
    grader: QueryGrader,
    prepare: Callable[[LessonExercise], object] = lambda _: None,
) -> Proposal:
    """Make the query's mistakes, and prove it with them as `penguin check` will.

    Args:
        draft: the exercise without near misses.
        schema: the course's tables.
        lesson: the lesson it is to stand in, whose data it shares; None for a new one.
        grader: the judge.
        prepare: called before the pack with all mutants is needed, which takes long to build.
    """
    with tempfile.TemporaryDirectory() as place:
        alone = _written(Path(place) / "alone", draft, schema, lesson)
        try:
            prepare(alone)
            pack = pack_of(alone, "full")
        except ExerciseFault as fault:
            return Proposal(problems=(Problem(alone.folder / "solution.sql", 1, "exercise_fault", {"detail": fault}),))
        if pack.report is None:
            return Proposal()
        proposed = tuple(_proposed(pack, pack.report, grader))
        exercise = _written(Path(place) / "whole", replace(draft, near_misses=proposed), schema, lesson)
        problems = prove_exercise(exercise, grader, Demand()).problems
    refused = {each.file.stem for each in problems if each.code in _ABOUT_NEAR_MISSES}
    return Proposal(
        tuple(each for each in proposed if each.stem not in refused),
        pack.report.survivors,
        tuple(each for each in problems if each.code not in _ABOUT_NEAR_MISSES),
    )


def _written(folder: Path, draft: QueryDraft, schema: Schema, lesson: Lesson | None) -> LessonExercise:
    """The exercise as it will be read from its files."""
    for name, text in exercise_files(draft, with_names=True).items():
        write_whole(folder / name, text.encode())
    shared = fillings_in(lesson.folder) if lesson else ()
    problems: list[Problem] = []
    exercise = read_exercise(folder, schema, problems, shared)
    if exercise is None:
        raise ValueError(problems)
    return exercise


def _proposed(pack: Pack, report: AdequacyReport, grader: QueryGrader) -> Iterator[ProposedMiss]:
    """Mutants that the data refute, no two of which behave alike, with the judge's word for what was done."""
    stems: dict[str, int] = {}
    for mutant in _chosen(report):
        verdict = grader.grade(pack, mutant.sql)
        if verdict.status is not Status.REFUTED:
            continue
        name = mutant.operator.replace("_", "-")
        stems[name] = stems.get(name, 0) + 1
        stem = name if stems[name] == 1 else f"{name}-{stems[name]}"
        said = Bilingual(*(_mistake(verdict, lang) or mutant.clause for lang in ("ja", "en")))
        yield ProposedMiss(stem, laid_out(mutant.sql), mutant.code, mutant.clause, said)


def _chosen(report: AdequacyReport) -> list[MutantFate]:
    """At most MOST, of as many operators as can be; columns more or less come last."""
    marks = {each.name: each.marks for each in report.behaviours if not each.authored}
    killed = [each for each in report.mutants if each.fate is Fate.KILLED and each.id in marks]
    different = list({marks[each.id]: each for each in reversed(killed)}.values())[::-1]
    rank: dict[str, int] = {}
    ranked = []
    for place, mutant in enumerate(different):
        seen = rank[mutant.operator] = rank.get(mutant.operator, 0) + 1
        ranked.append((mutant.operator.startswith(_OF_COLUMNS), seen, place, mutant))
    return [mutant for *_, mutant in sorted(ranked, key=lambda each: each[:3])][:MOST]


def _mistake(verdict: Verdict, lang: str) -> str:
    """What was done, else the idea behind it."""
    if not verdict.findings:
        return ""
    finding = verdict.findings[0]
    return mistake_sentence(finding, lang) or " ".join(finding_sentences(finding, lang))
