"""A lesson: its record, its text in both languages and its exercises."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coursebook.exercise import LessonExercise
from coursebook.format import LessonRecord, StretchRecord
from coursebook.given_views import GivenView
from coursebook.messages import LANGUAGES
from coursebook.minutes import reading_minutes, whole_minutes
from coursebook.text import Segment


@dataclass(frozen=True)
class Stretch:
    """A quarter of an hour of a lesson."""

    record: StretchRecord
    exercises: tuple[LessonExercise, ...]
    """Its exercises in the order of the lesson."""
    segments: Mapping[str, tuple[Segment, ...]]
    """The lesson's text from the end of the stretch before it to its own, by language."""

    @property
    def minutes(self) -> int:
        """What all of it takes, to the nearest minute."""
        return self.minutes_left(())

    def minutes_left(self, done: Collection[str]) -> int:
        """What its exercises take, and what is read before each, without those that are done; to the nearest minute."""
        return whole_minutes(sum(minutes for id_, minutes in self._minutes.items() if id_ not in done))

    @cached_property
    def _minutes(self) -> Mapping[str, float]:
        """Each exercise with what is read before it, in the language in which that is longer; the last one with what follows, too."""
        read = {lang: [reading_minutes(each, lang) for each in self._before(lang)] for lang in LANGUAGES}
        return {
            each.id: each.record.minutes + max(around)
            for each, around in zip(self.exercises, zip(*read.values(), strict=True), strict=False)
        }

    def _before(self, lang: str) -> list[list[Segment]]:
        """What stands before each exercise; what follows the last one stands before it."""
        parts: list[list[Segment]] = [[]]
        for each in self.segments[lang]:
            if each.kind != "exercise":
                parts[-1].append(each)
            elif len(parts) < len(self.exercises):
                parts.append([])
        return parts + [[]] * (len(self.exercises) - len(parts))


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
        texts = {lang: list(segments) for lang, segments in self.segments.items()}
        for number, record in enumerate(self.record.stretches, 1):
            end = next((at for at, each in enumerate(rest, 1) if each.id == record.last), 0)
            folders = {each.folder.name for each in rest[:end]}
            own = {
                lang: _up_to(text, folders, whole=number == len(self.record.stretches)) for lang, text in texts.items()
            }
            texts = {lang: text[len(own[lang]) :] for lang, text in texts.items()}
            found.append(Stretch(record, tuple(rest[:end]), own))
            rest = rest[end:]
        return tuple(found)


def _up_to(text: list[Segment], folders: set[str], *, whole: bool) -> tuple[Segment, ...]:
    """The segments up to the last place of these exercises, or the whole of them."""
    ends = [at for at, each in enumerate(text, 1) if each.kind == "exercise" and each.content in folders]
    return tuple(text if whole else text[: max(ends, default=0)])
