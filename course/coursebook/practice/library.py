"""All practice templates of the course, with the tests and the skill map that draw on them."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from coursebook.kind import Kind
from coursebook.kinds import kinds_by_letter
from coursebook.location import course_root
from coursebook.practice.gates import (
    AbilityRecord,
    ChecklistsRecord,
    ExamRecord,
    ExamsRecord,
    Gate,
    PlacementRecord,
    ReviewRecord,
    SkillRecord,
    SkillsRecord,
)
from coursebook.practice.template import TemplateRecord
from coursebook.problem import Problem
from coursebook.records import read_record


@dataclass(frozen=True)
class Library:
    """The templates under course/practice, by id, and what could not be read."""

    templates: dict[str, TemplateRecord]
    paths: dict[str, Path]
    problems: tuple[Problem, ...]
    placement: PlacementRecord | None = None
    """The placement test, if the course has one."""
    exams: tuple[ExamRecord, ...] = ()
    """The level tests, if the course has any."""
    reviews: tuple[ReviewRecord, ...] = ()
    """The reviews, by id."""
    skills: tuple[SkillRecord, ...] = ()
    """The skill map."""
    abilities: tuple[AbilityRecord, ...] = ()
    """The self-checks of the levels."""

    @cached_property
    def by_skill(self) -> dict[str, tuple[TemplateRecord, ...]]:
        """Templates of each skill, in the order of their ids."""
        skills = sorted({template.skill for template in self.templates.values()})
        return {
            skill: tuple(template for _, template in sorted(self.templates.items()) if template.skill == skill)
            for skill in skills
        }

    def open_of(self, skill: str, begun: Collection[str]) -> tuple[TemplateRecord, ...]:
        """The templates of a skill that may be asked of whoever has begun these lessons; none if it has none."""
        return tuple(each for each in self.by_skill.get(skill, ()) if not each.after or each.after in begun)


def load_library(root: Path | None = None) -> Library:
    """Read the templates, tests and skills below `root`, the course's own by default."""
    top = root or course_root()
    folder = top / "practice"
    templates: dict[str, TemplateRecord] = {}
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.toml")):
        record = read_record(TemplateRecord, path, problems, {Kind: kinds_by_letter()})
        if record is None:
            continue
        if record.id in templates:
            problems.append(Problem(path, 1, "template_twice", {"id": record.id, "other": paths[record.id].name}))
            continue
        templates[record.id], paths[record.id] = record, path
    placement = _optional(PlacementRecord, top / "placement.toml", problems)
    exams = _optional(ExamsRecord, top / "exams.toml", problems)
    tests = exams.exams if exams else ()
    skills = _optional(SkillsRecord, top / "skills.toml", problems)
    reviews = (_optional(ReviewRecord, path, problems) for path in sorted((top / "reviews").glob("*.toml")))
    read = tuple(review for review in reviews if review)
    checklists = _optional(ChecklistsRecord, top / "checklists.toml", problems)
    abilities = checklists.abilities if checklists else ()
    return Library(
        templates, paths, tuple(problems), placement, tests, read, skills.skills if skills else (), abilities
    )


@lru_cache(maxsize=4)
def library_of(root: Path) -> Library:
    """What `load_library` reads below a course's root, read once for the life of a process."""
    return load_library(root)


def _optional(kind: type[Gate], path: Path, problems: list[Problem]) -> Gate | None:
    return read_record(kind, path, problems) if path.is_file() else None
