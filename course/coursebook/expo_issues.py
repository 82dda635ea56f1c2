"""Mentors' notes on what an Expo may find, expo-issues.toml; no part of what learners are given."""

from dataclasses import dataclass
from pathlib import Path

from coursebook.format import Bilingual
from coursebook.problem import Problem
from coursebook.records import read_record


@dataclass(frozen=True)
class IssueRecord:
    """[[issues]]."""

    check: str
    """The name of its proof in marketplace's checks/expo."""
    node: str
    """The node of the KPI tree at which it shows."""
    kinds: tuple[str, ...]
    """Ids of the kinds of measures that may be tried on it."""
    note: Bilingual
    """What a good Expo on it has seen."""


@dataclass(frozen=True)
class IssuesRecord:
    """expo-issues.toml."""

    issues: tuple[IssueRecord, ...]


def load_issues(root: Path) -> tuple[tuple[IssueRecord, ...], tuple[Problem, ...]]:
    """The notes of a course, and what could not be read; none of a course that has none, as in the learners' edition."""
    problems = list[Problem]()
    place = root / "expo-issues.toml"
    read = read_record(IssuesRecord, place, problems) if place.is_file() else None
    return (read.issues if read else ()), tuple(problems)
