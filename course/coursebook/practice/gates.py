"""The records of the placement test (course/placement.toml), the level tests (exams.toml), and the reviews (reviews/<id>.toml)."""

from dataclasses import dataclass
from typing import TypeVar

from coursebook.format import Bilingual


@dataclass(frozen=True)
class ItemRecord:
    """[[items]] of a review, or one of the `tasks` of a level test: one drill, drawn when it is taken."""

    templates: tuple[str, ...]
    """Template ids, all of the same difficulty; one of them is drawn."""


@dataclass(frozen=True)
class ExperienceRecord:
    """[[experience]]: what somebody may say of what they have written before."""

    id: str
    """A short name."""
    begins: str
    """The lesson that such people begin with, as far as one can tell from this alone."""
    text: Bilingual
    """What is said."""


@dataclass(frozen=True)
class PlacementRecord:
    """placement.toml: where to begin; the questions are chosen by the answers (`coursebook.practice.placement`)."""

    templates: tuple[str, ...]
    """Of these the questions are drawn; a question's difficulty is the lesson that teaches its skill."""
    experience: tuple[ExperienceRecord, ...]
    """What one may say first, from least to most."""
    questions: int = 10
    """Asked at most."""
    minutes: int = 12
    """After which nothing more is asked."""
    careful: tuple[str, ...] = ()
    """Lessons in which people who write SQL go wrong, too."""


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
class ExamRecord:
    """[[exams]] of exams.toml: a level's test that counts."""

    level: int
    """The level that it is of."""
    minutes: int
    """From the moment it is opened."""
    tasks: tuple[ItemRecord, ...]
    """6 to 10, from easy to hard."""
    pass_percent: int = 70
    """Of the points, from which on it is passed."""


@dataclass(frozen=True)
class ExamsRecord:
    """exams.toml."""

    exams: tuple[ExamRecord, ...]
    """At most one of a level."""


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


Gate = TypeVar("Gate", PlacementRecord, ExamsRecord, ReviewRecord, SkillsRecord, ChecklistsRecord)
