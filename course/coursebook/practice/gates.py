"""The records of the placement test, course/placement.toml, and of the reviews, course/reviews/<id>.toml."""

from dataclasses import dataclass
from typing import TypeVar

from coursebook.format import Bilingual


@dataclass(frozen=True)
class ItemRecord:
    """[[items]] of a review, [[gates.items]] of the placement test: one drill, drawn when the test is taken."""

    templates: tuple[str, ...]
    """Template ids, all of the same difficulty; one of them is drawn."""
    guards: str = ""
    """Placement only: the lesson that is never skipped whole; this item must be right and its drills passed."""


@dataclass(frozen=True)
class GateRecord:
    """[[gates]]: five items that let a learner skip lessons."""

    skips: tuple[str, ...]
    """Ids of the lessons that may be skipped when the gate is passed."""
    items: tuple[ItemRecord, ...]
    """The items, in the order in which they are asked."""
    pass_mark: int = 4
    """Right answers that pass the gate; once they are out of reach the test ends."""


@dataclass(frozen=True)
class GuardRecord:
    """[[guards]]: a lesson that is never skipped whole."""

    lesson: str
    """L5."""
    templates: tuple[str, ...]
    """Templates of the drills that come after the test."""
    drills: int = 2
    """How many of them must be passed."""


@dataclass(frozen=True)
class PlacementRecord:
    """placement.toml."""

    gates: tuple[GateRecord, ...]
    """Lowest first."""
    guards: tuple[GuardRecord, ...] = ()
    """The lessons with conditions of their own."""


@dataclass(frozen=True)
class ReviewRecord:
    """reviews/R1.toml: eight unlabelled items without hints, the gate at the end of a level."""

    id: str
    """R1."""
    after: str
    """The lesson it comes after: L4."""
    level: int
    """The level it closes."""
    title: Bilingual
    """Its name."""
    items: tuple[ItemRecord, ...]
    """Eight items; they are asked in an order of their own each time."""
    pass_mark: int = 6
    """Right answers that pass it."""
    least_written: int = 4
    """How many of the items are of kind W or F at least."""


@dataclass(frozen=True)
class SkillRecord:
    """[[skills]] of skills.toml."""

    id: str
    """S01."""
    name: Bilingual
    """What the skill is called on the skill map."""
    lesson: str
    """The lesson that teaches it."""


@dataclass(frozen=True)
class SkillsRecord:
    """skills.toml."""

    skills: tuple[SkillRecord, ...]
    """All skills, in the order of their ids."""


@dataclass(frozen=True)
class AbilityRecord:
    """[[abilities]] of checklists.toml: one line of a level's self-check."""

    level: int
    """The level it belongs to."""
    text: Bilingual
    """"I can …"."""
    shown_by: tuple[str, ...] = ()
    """Exercises that show it; the line is ticked when all of them are passed."""


@dataclass(frozen=True)
class ChecklistsRecord:
    """checklists.toml."""

    abilities: tuple[AbilityRecord, ...]
    """All lines, level by level."""


Gate = TypeVar("Gate", PlacementRecord, ReviewRecord, SkillsRecord, ChecklistsRecord)
