"""Whether an Expo has an outcome: only with its report, and marked since by as many mentors as the rules ask for, each alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from classroom.exchange.expo.seal import REPORT, latest
from classroom.mentor.expo.result import result_of
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.messages import say
from coursebook.expo import load_expo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.expo.result import ExpoResult
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.expo import ExpoTexts

SETTING = "expo_mentors"
"""In the desk's settings: how many mentors mark an Expo in this class."""


@dataclass(frozen=True)
class Lack:
    """What an outcome still waits for: a code of a sentence below `desk.expo.lacks`, with its parameters."""

    code: str
    """report, or marks."""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class ExpoOutcome:
    """What mentors have given so far, and what is missing before that counts."""

    result: ExpoResult | None
    """Of all marks, those from before the report too; None while no mentor has marked all rows."""
    lacks: tuple[Lack, ...]

    @property
    def final(self) -> ExpoResult | None:
        """The result, once it counts."""
        return None if self.lacks else self.result


class NotYet(Exception):  # noqa: N818  (told to the mentor)
    """An Expo has no outcome yet; says what is missing."""

    def __init__(self, lacks: tuple[Lack, ...]) -> None:
        super().__init__(", ".join(each.code for each in lacks))
        self.lacks = lacks


def mentors_asked_for(folder: MentorFolder, texts: ExpoTexts) -> int:
    """So many mentors mark an Expo: what the class's settings say, else the course; one at the least."""
    named = folder.settings.get(SETTING)
    if not isinstance(named, int) or isinstance(named, bool):
        return texts.marked_by
    return max(1, named)


def outcome_of(folder: MentorFolder, handed_in: HandedInExpo, texts: ExpoTexts | None = None) -> ExpoOutcome:
    """The outcome of an Expo; marks of a hand-in that had no report yet are no outcome of what was reported."""
    store = ExpoMarksStore(folder)
    texts = _as_it_went_back(store, handed_in, texts or load_expo(folder.course.root))
    asked_for = mentors_asked_for(folder, texts)
    if latest(handed_in.expo, REPORT) is None:
        lacks: tuple[Lack, ...] = (Lack("report"),)
        return ExpoOutcome(result_of(store.marks(handed_in.learner, handed_in.codes), texts), lacks)
    result = result_of(store.marks(handed_in.learner, handed_in.reported), texts)
    have = _people(result.mentors if result else ())
    missing = asked_for - len(have)
    lacks = (Lack("marks", {"count": missing, "asked": asked_for, "have": len(have)}),) if missing > 0 else ()
    return ExpoOutcome(result or result_of(store.marks(handed_in.learner, handed_in.codes), texts), lacks)


def _as_it_went_back(store: ExpoMarksStore, handed_in: HandedInExpo, texts: ExpoTexts) -> ExpoTexts:
    """The rubric by which an Expo was given back, if it was: a row that the course has had since is not asked of it."""
    back = [each.at for each in store.returned(handed_in.learner) if each.code in handed_in.codes]
    if not back:
        return texts
    return texts.of_rows(
        {each.letter for each in store.marks(handed_in.learner, handed_in.codes) if each.at <= back[-1]}
    )


def lacks_in_words(lacks: Iterable[Lack], lang: str) -> str:
    """What is missing, as sentences."""
    return " ".join(say(f"desk.expo.lacks.{each.code}", lang, **each.params) for each in lacks)


def _people(names: Iterable[str]) -> frozenset[str]:
    """The mentors behind the names: one who is written in capitals, in full width or with another space is still one."""
    return frozenset("".join(unicodedata.normalize("NFKC", each).casefold().split()) for each in names)
