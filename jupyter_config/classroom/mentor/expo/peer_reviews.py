"""Reviews by those who have finished: mentors give answers out without names, and let what comes back go on to the authors."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.records import Reply
from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import outcome_of
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.review_store import GivenOut, ReviewStore
from classroom.mentor.returning.asked_reviews import came_back, review_exercise
from classroom.mentor.returning.send import send_reply, tell_class
from classroom.messages import say
from coursebook.expo import load_expo

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.exchange.expo.review import Review
    from classroom.mentor.grading.store import DeskAnswer
    from classroom.mentor.place.folder import MentorFolder

NO_NAME = "○○"
_SHORTEST_NAME = 3
"""Of letters and figures: a shorter one is found in too many queries."""


@dataclass(frozen=True)
class Reviewer:
    """Somebody who may be asked: they have handed in an answer of their own."""

    learner: str
    has_finished: bool
    """Whether their Expo has passed and is back."""


@dataclass(frozen=True)
class CameBack:
    """A review that waits for a mentor."""

    given: GivenOut
    review: Review


def _answers(folder: MentorFolder) -> dict[str, DeskAnswer]:
    """The answers to the exercise at the desk, by learner; blank ones are none."""
    exercise = review_exercise(folder)
    if exercise is None:
        return {}
    found = DeskStore(folder.store_path).answers(exercise.id.partition("-")[0], exercise.id)
    return {each.student: each for each in found if each.answer.strip() and each.outcome == "for_mentor"}


def waiting(folder: MentorFolder) -> tuple[tuple[str, str], ...]:
    """Who waits for a review, and the answer as it would be given out, names left out."""
    out, names = {each.author for each in ReviewStore(folder).given_out()}, _names(folder)
    return tuple(
        (learner, without_names(each.answer, names.get(learner, (learner,))))
        for learner, each in sorted(_answers(folder).items())
        if learner not in out
    )


def reviewers(folder: MentorFolder) -> tuple[Reviewer, ...]:
    """Who may be asked, those who have finished first: nobody sees others' answers who has not handed in their own."""
    store, texts = ExpoMarksStore(folder), load_expo(folder.course.root)
    finished: set[str] = set()
    for each in handed_in(folder):
        result = outcome_of(folder, each, texts).final
        if result is not None and result.passes and any(one.code in each.codes for one in store.returned(each.learner)):
            finished.update(each.everybody)
    found = [Reviewer(learner, learner in finished) for learner in _answers(folder)]
    return tuple(sorted(found, key=lambda each: (not each.has_finished, each.learner)))


def give_out(folder: MentorFolder, chosen: Iterable[str]) -> tuple[GivenOut, ...]:
    """Give each answer that waits to one of those chosen, who have the fewest first and never to its author.

    Raises:
        Unreachable: the way is closed; what was given out is kept, and told as soon as it is open.
    """
    exercise = review_exercise(folder)
    if exercise is None:
        return ()
    may, store = {each.learner for each in reviewers(folder)}, ReviewStore(folder)
    loads = Counter(each.reviewer for each in store.given_out() if not each.released)
    given, now = [], dt.datetime.now(dt.UTC).isoformat()
    for author, answer in waiting(folder):
        fit = [each for each in sorted(may.intersection(chosen)) if each != author]
        if fit:
            reviewer = min(fit, key=lambda each: loads[each])
            loads[reviewer] += 1
            given.append(GivenOut(secrets.token_hex(8), exercise.id, author, reviewer, answer, now))
    store.keep(given)
    tell_class(folder)
    return tuple(given)


def take_back(folder: MentorFolder, key: str) -> None:
    """Take an answer back that nobody has reviewed; raises as `give_out` does."""
    ReviewStore(folder).take_back(key)
    tell_class(folder)


def to_release(folder: MentorFolder) -> tuple[CameBack, ...]:
    """The reviews that have come and wait for a mentor."""
    back = came_back(folder)
    return tuple(
        CameBack(each, back[each.key])
        for each in ReviewStore(folder).given_out()
        if each.key in back and not each.released
    )


def text_of(folder: MentorFolder, review: Review) -> str:
    """A review as its author will read it; a mentor may change it first."""
    exercise = review_exercise(folder)
    criteria = exercise.rubric.criteria if exercise is not None and exercise.rubric else ()
    lines = [f"・{each.text[folder.lang]} {review.points(each.id) or 0:g} / {each.points:g}" for each in criteria]
    return "\n".join([say("desk.review.head", folder.lang), *lines, "", review.words])


def release(folder: MentorFolder, one: CameBack, text: str, mentor: str) -> None:
    """Send a review to its author, under the exercise; the reviewer is not named.

    Raises:
        Unreachable: the way is closed; it is sent when the button is pressed again.
    """
    now = dt.datetime.now(dt.UTC).isoformat()
    send_reply(folder, Reply(f"review-{one.given.key}", one.given.author, one.given.exercise, "", text, mentor, now))
    ReviewStore(folder).note_released(one.given.key, now)


def _names(folder: MentorFolder) -> dict[str, tuple[str, ...]]:
    with open_gradebook(folder) as gradebook:
        return {each.id: tuple(filter(None, (each.id, each.first_name, each.last_name))) for each in gradebook.students}


def without_names(text: str, names: Iterable[str]) -> str:
    """A text in which its author's names are left out."""
    for name in sorted(names, key=len, reverse=True):
        if not name.isascii():
            text = text.replace(name, NO_NAME)
        elif len(name) >= _SHORTEST_NAME:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NO_NAME, text, flags=re.IGNORECASE)
    return text
