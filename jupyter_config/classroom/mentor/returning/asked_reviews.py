"""What a learner is asked to review, as it stands in what the desk tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.review import REVIEW, in_notebook
from classroom.exchange.records import AskedReview, Criterion
from classroom.mentor.collecting.collect import hand_in_of, received_file
from classroom.mentor.place.review_store import ReviewStore
from coursebook.expo import load_expo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.exchange.expo.review import Review
    from classroom.mentor.place.folder import MentorFolder
    from coursebook import LessonExercise


def review_exercise(folder: MentorFolder) -> LessonExercise | None:
    """The exercise whose answers are reviewed, in the class's numbering; None in a course without one."""
    wanted, course = load_expo(folder.course.root).review, folder.course
    here = course.ids_from(course.numbering.latest).get(wanted, wanted)
    try:
        found = course.exercise(here) if here else None
    except KeyError:
        return None
    return found if found is not None and found.rubric else None


def came_back(folder: MentorFolder) -> Mapping[str, Review]:
    """The reviews that arrived, by their keys: the last of each, and only from whom it was asked."""
    asked = {each.key: each.reviewer for each in ReviewStore(folder).given_out()}
    found: dict[str, Review] = {}
    for letter in received_file(folder).letters(lesson=REVIEW):
        opened = hand_in_of(folder, letter)
        review = in_notebook(opened.notebook) if opened is not None else None
        if review is not None and asked.get(review.key) == letter.learner:
            found[review.key] = review
    return found


def asked_of(folder: MentorFolder) -> Mapping[str, tuple[AskedReview, ...]]:
    """What waits for each learner's review, by learner."""
    given, exercise = ReviewStore(folder).given_out(), review_exercise(folder)
    if not given or exercise is None or exercise.rubric is None:
        return {}
    rows = tuple(Criterion(each.id, each.text[folder.lang], each.points) for each in exercise.rubric.criteria)
    latest, back = load_expo(folder.course.root).review, came_back(folder)
    found: dict[str, tuple[AskedReview, ...]] = {}
    for each in given:
        if each.key not in back and not each.released:
            one = AskedReview(each.key, latest, each.answer, rows)
            found[each.reviewer] = (*found.get(each.reviewer, ()), one)
    return found
