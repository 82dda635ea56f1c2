"""Makes lessons 1 to 8 on a company's tables: what has a counterpart is carried, proved by the judge, and offered."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from coursebook.checks import LESSON_CHECKS
from coursebook.course import load_course
from coursebook.course_of_tables import LESSONS, digest_of, forget_lessons
from coursebook.own_tables.carried_exercise import Carrying, pools_of
from coursebook.own_tables.carried_rows import rows_carrier
from coursebook.own_tables.counterparts import NotPlayed, counterparts
from coursebook.own_tables.names import Names
from coursebook.own_tables.passages import passages
from coursebook.own_tables.renamed_query import renamed_query, tables_in
from coursebook.own_tables.workshop import LeftOut, Workshop
from coursebook.packs import build_packs
from coursebook.practice.proving import template_grader
from coursebook.proving import WORKERS, Demand, prove_exercise
from coursebook.toml_text import toml_text
from marketplace.yourschema import read_text
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from coursebook.course import Course
    from coursebook.own_tables.counterparts import Counterparts
    from coursebook.problem import Problem
    from marketplace.yourschema.mapping import Mapping
    from marketplace.yourschema.schema import Schema

    Told = Callable[[str, int, int], None]
    """Told of the proof: an exercise's id (none while the judge's data are made), its number, and how many there are."""

_ROUNDS = 3
"""How often what the proof finds is taken out, and the rest proved again."""


@dataclass(frozen=True)
class MadeLessons:
    """What was made."""

    offered: tuple[str, ...]
    """Ids of exercises."""
    left_out: tuple[LeftOut, ...]


def has_roles(mapping: Mapping) -> bool:
    """Whether a table of the mapping plays a table of the course, so that there is anything to carry."""
    return any(plan.role for plan in mapping.tables)


def make_lessons(
    folder: Path,
    script: Path,
    mapping: Path,
    own: tuple[Schema, Mapping],
    told: Told | None = None,
    source: Course | None = None,
) -> MadeLessons:
    """Write lessons into a course's folder, as `write_tables` makes it; those that were made of the same tables stay.

    Args:
        folder: The folder.
        script: What it was made of.
        mapping: The mapping that it was made with.
        own: What the two say.
        told: Told of the proof.
        source: The course whose lessons are carried; left out, the one that comes with the package.

    Raises:
        CourseError: the folder's course can't be read.
    """
    source = source or load_course()
    of, by = digest_of(read_text(script), read_text(mapping)), _digest(source)
    if (folder / LESSONS).is_file():
        made = tomllib.loads((folder / LESSONS).read_text(encoding="utf-8"))
        if (made["of"], made["by"]) == (of, by):
            return _as_told(made)
        forget_lessons(folder, made)
    clock = source.record.clock
    parts = counterparts(*own, (clock.ahead, clock.day_begins) if clock else (0, 0))
    shared = _shared(source, parts)
    _put(folder, shared)
    carrying = Carrying(parts, passages(), rows_carrier(source.schema, *own, parts, load_course(folder).schema))
    workshop = Workshop(source, carrying, folder)
    workshop.carry()
    files = _proved(workshop, _fillings(source, carrying), told)
    shared["levels"] = _levels(source, workshop)
    _put(folder, shared)
    left_out = [asdict(each) for _, each in sorted(workshop.left_out.items())]
    made = {
        "of": of,
        "by": by,
        "offered": workshop.offered(),
        "files": sorted(files),
        "course": shared,
        "left_out": left_out,
    }
    (folder / "lessons").mkdir(exist_ok=True)
    write_whole(folder / LESSONS, toml_text(made).encode())
    return _as_told(made)


def _as_told(made: dict[str, Any]) -> MadeLessons:
    return MadeLessons(tuple(made["offered"]), tuple(LeftOut(**each) for each in made["left_out"]))


def _digest(source: Course) -> str:
    """What tells whether the course's own lessons are those that were carried."""
    digest = sha256()
    for path in sorted((source.root / "lessons").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _put(folder: Path, shared: dict[str, Any]) -> None:
    """Add to course.toml what the lessons need of it."""
    path = folder / "course.toml"
    text = path.read_text(encoding="utf-8")
    head = text.partition("\n")[0]
    write_whole(path, f"{head}\n{toml_text({**tomllib.loads(text), **shared})}".encode())


def _shared(source: Course, parts: Counterparts) -> dict[str, Any]:
    """What holds for all exercises: values, assumptions, and the words of the other language."""
    import marketplace

    record = source.record
    pools = pools_of({place: list(values) for place, values in record.pools.items()}, parts)
    words = {
        lang: {"words": {**marketplace.wordings(lang), **each.words}, "patterns": dict(each.patterns)}
        for lang, each in record.wordings.items()
    }
    return {"assume": list(_assumed(source, parts)), "pools": pools, "wordings": words}


def _assumed(source: Course, parts: Counterparts) -> Iterator[str]:
    """The marketplace's promises on the company's tables, which are filled from it."""
    for rule in source.schema.rules:
        try:
            yield renamed_query(rule, Names(parts, tables_in(rule)))
        except NotPlayed:
            continue


def _fillings(source: Course, carrying: Carrying) -> dict[str, str]:
    """The hand-made rows that all exercises share."""
    found = {}
    for path in sorted((source.root / "databases").glob("*.sql")):
        if rows := carrying.rows(path.read_text(encoding="utf-8")):
            found[f"databases/lessons-{path.name}"] = rows
    return found


def _levels(source: Course, workshop: Workshop) -> list[dict[str, Any]]:
    """The levels of which lessons are offered."""
    offered = {each.partition("-")[0] for each in workshop.offered()}
    left = (
        replace(each, lessons=tuple(one for one in each.lessons if one in offered)) for each in source.record.levels
    )
    return [{**asdict(each), "lessons": list(each.lessons)} for each in left if each.lessons]


def _proved(workshop: Workshop, fillings: dict[str, str], told: Told | None) -> dict[str, str]:
    """The files of what is proved, which lie in the folder."""
    for number in range(_ROUNDS):
        files = {**fillings, **workshop.files()}
        _write(workshop.folder, files)
        problems = _problems(load_course(workshop.folder), told if number == 0 else None)
        if not problems:
            return files
        for problem in problems:
            workshop.take_out(problem, whole=number == _ROUNDS - 1)
        forget_lessons(workshop.folder, {"files": list(files)})
    files = {**fillings, **workshop.files()}
    _write(workshop.folder, files)
    return files


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, text.encode())


def _problems(course: Course, told: Told | None) -> list[Problem]:
    """All that is wrong with the lessons, as `penguin check` finds it."""
    lessons = course.lessons
    problems = [*course.problems, *(each for lesson in lessons for check in LESSON_CHECKS for each in check(lesson))]
    exercises = [exercise for lesson in lessons for exercise in lesson.exercises]
    variants = (variant for each in exercises for variant in each.variants)
    build_packs(variants, told=partial(told, "") if told else None)
    with template_grader() as grader, ThreadPoolExecutor(WORKERS) as pool:
        found = pool.map(lambda each: prove_exercise(each, grader, Demand()), exercises)
        for number, (exercise, proof) in enumerate(zip(exercises, found, strict=True), 1):
            if told:
                told(exercise.id, number, len(exercises))
            problems += proof.problems
    return problems
