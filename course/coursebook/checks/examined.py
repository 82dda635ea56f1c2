"""An exercise with the judgement of every SQL file in its folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from coursebook.checks.varied import exchanged, with_text
from coursebook.exercise import LessonExercise
from coursebook.judgement import Judgement
from coursebook.judging import QueryGrader, judge_answer
from coursebook.kinds.drafts import task_of
from coursebook.packs import SEED, pack_of, pack_of_task
from sqlgrade.compare.cells import NUMBER, family
from sqlgrade.pack.keys import Depth
from sqlgrade.parameters import fill, in_braces
from sqlgrade.verdict import Verdict

if TYPE_CHECKING:
    from sqlgrade.pack.contents import Pack


@dataclass(frozen=True)
class Variation:
    """A solution varied as learners vary one, and what the judge says about it."""

    path: Path
    """The solution's file."""
    sql: str
    """The varied query."""
    exchanged: bool
    """Whether its columns stand in another order; else a number is a text."""
    verdict: Verdict
    """The judge's."""


@dataclass(frozen=True)
class Examined:
    """What the judge says about the author's own files."""

    exercise: LessonExercise
    """The exercise."""
    judgements: Mapping[Path, Judgement]
    """One per SQL file: starter, solutions, other right answers, near misses."""
    pack: "Pack | None" = None
    """The judge's pack, where the kind needs one."""
    variations: tuple[Variation, ...] = ()
    """Its solutions, varied."""
    draft: Verdict | None = None
    """What the judge says of the draft as an answer to its task, after its longest search; None where there is none."""
    frozen: Mapping[str, Verdict] = field(default_factory=dict)
    """Name of a parameter -> what is said of the solution with that parameter's first value written in its place."""

    def reason(self, judgement: Judgement) -> str:
        """What the judge found, in a few words for the author."""
        verdict = judgement.verdict
        if verdict is None:
            return "; ".join(judgement.sentences)
        if verdict.error:
            return verdict.error.message.splitlines()[0]
        facts = [verdict.diff.kind] if verdict.diff else []
        findings = [f"{each.code} {each.clause or ''}".strip() for each in verdict.findings]
        return ", ".join([str(verdict.reason or verdict.status), *facts, *findings])


def examine(exercise: LessonExercise, grader: QueryGrader, *, depth: Depth = "quick", seed: int = SEED) -> Examined:
    """Judge every SQL file of an exercise, in English unless that is another variant of it."""
    lang = "en" if exercise.in_language("en") is exercise else "ja"
    pack = pack_of(exercise, depth, seed) if exercise.kind.answer.needs_pack else None
    texts = {each.path: each.text for each in (*exercise.solutions, *exercise.also_right, *exercise.near_misses)}
    if exercise.starter:
        texts[exercise.folder / "starter.sql"] = exercise.starter
    judgements = {path: judge_answer(exercise, text, grader, lang, pack=pack) for path, text in texts.items()}
    variations = tuple(_variations(exercise, grader, pack)) if pack is not None else ()
    frozen = _frozen(exercise, grader, pack) if pack else {}
    return Examined(exercise, judgements, pack, variations, _draft(exercise, grader, seed), frozen)


def _draft(exercise: LessonExercise, grader: QueryGrader, seed: int) -> Verdict | None:
    task = task_of(exercise)
    if task is None:
        return None
    return grader.grade(pack_of_task(task, seed=seed), next(iter(exercise.drafts.values())), deep=True)


def _frozen(exercise: LessonExercise, grader: QueryGrader, pack: "Pack") -> dict[str, Verdict]:
    first = next(iter(exercise.sqlgrade.settings), {})
    left = {name: in_braces(name) for name in first}
    sql = exercise.solutions[0].sql
    return {name: grader.grade(pack, fill(sql, {**left, name: value}).sql) for name, value in first.items()}


def _variations(exercise: LessonExercise, grader: QueryGrader, pack: "Pack") -> Iterator[Variation]:
    """Each solution with its columns exchanged, and with its first number as a text."""
    references = (reference for entry in pack.databases for reference in entry.references.values())
    types = next((reference.result.types for reference in references), ())
    numbers = [place for place, kind in enumerate(types) if family(kind) == NUMBER]
    for file in exercise.solutions:
        varied = ((True, exchanged(file.sql)), *((False, with_text(file.sql, place)) for place in numbers[:1]))
        for is_exchanged, sql in varied:
            if sql is not None:
                yield Variation(file.path, sql, is_exchanged, grader.grade(pack, sql))
