"""A lesson: its record, its text in both languages and its exercises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursebook.exercise import LessonExercise
from coursebook.format import LessonRecord, StretchRecord
from coursebook.given_views import GivenView
from coursebook.text import Segment


@dataclass(frozen=True)
class Stretch:
    """A quarter of an hour of a lesson."""

    record: StretchRecord
    exercises: tuple[LessonExercise, ...]
    """Its exercises in the order of the lesson."""

    @property
    def minutes(self) -> float:
        """What its exercises take."""
        return sum(each.record.minutes for each in self.exercises)


@dataclass(frozen=True)
class Lesson:
    """One lesson as read from its folder."""

    folder: Path
    """01-pull-the-list."""
    record: LessonRecord
    """lesson.toml."""
    segments: Mapping[str, tuple[Segment, ...]]
    """The text by language, cut where a cell begins."""
    exercises: tuple[LessonExercise, ...]
    """All its exercises, in the order of their folders."""
    numbering: int = 0
    """The numbering that their ids are in."""
    views: tuple[GivenView, ...] = ()
    """What it gives to its queries."""

    @property
    def id(self) -> str:
        """L1."""
        return self.record.id

    @cached_property
    def by_folder(self) -> Mapping[str, LessonExercise]:
        """The exercises by the name that `:::exercise` uses."""
        return {each.folder.name: each for each in self.exercises}

    def placed_exercises(self, lang: str) -> tuple[LessonExercise, ...]:
        """The exercises in the order in which the text places them, in that language."""
        return tuple(each.in_language(lang) for each in self._placed(lang))

    def placed_ids(self, lang: str) -> tuple[str, ...]:
        """Their ids; no exercise is put into the words of the language, which takes a while."""
        return tuple(each.id for each in self._placed(lang))

    def _placed(self, lang: str) -> Iterator[LessonExercise]:
        places = (each.content for each in self.segments[lang] if each.kind == "exercise")
        return (self.by_folder[place] for place in places if place in self.by_folder)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The lesson cut up where `lesson.toml` says; what comes after the last cut belongs to none."""
        found, rest = [], list(self.exercises)
        for record in self.record.stretches:
            end = next((at for at, each in enumerate(rest, 1) if each.id == record.last), 0)
            found.append(Stretch(record, tuple(rest[:end])))
            rest = rest[end:]
        return tuple(found)
