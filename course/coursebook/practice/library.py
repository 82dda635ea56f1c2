"""All practice templates of the course."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursebook.location import course_root
from coursebook.practice.template import TemplateRecord
from coursebook.problem import Problem
from coursebook.records import read_record


@dataclass(frozen=True)
class Library:
    """The templates under course/practice, by id, and what could not be read."""

    templates: dict[str, TemplateRecord]
    paths: dict[str, Path]
    problems: tuple[Problem, ...]

    @cached_property
    def by_skill(self) -> dict[str, tuple[TemplateRecord, ...]]:
        """Templates of each skill, in the order of their ids."""
        skills = sorted({template.skill for template in self.templates.values()})
        return {
            skill: tuple(template for _, template in sorted(self.templates.items()) if template.skill == skill)
            for skill in skills
        }


def load_library(root: Path | None = None) -> Library:
    """Read every template below `root`, the course's own by default."""
    folder = (root or course_root()) / "practice"
    templates: dict[str, TemplateRecord] = {}
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.toml")):
        record = read_record(TemplateRecord, path, problems)
        if record is None:
            continue
        if record.id in templates:
            problems.append(Problem(path, 1, "template_twice", {"id": record.id, "other": paths[record.id].name}))
            continue
        templates[record.id], paths[record.id] = record, path
    return Library(templates, paths, tuple(problems))
