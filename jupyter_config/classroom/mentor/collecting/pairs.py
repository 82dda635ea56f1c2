"""Two who work on one hand-in: what either hands in counts for both, and both are marked, commented and told by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.collecting.collect import put_latest, received_file
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.turn import one_at_a_time

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder


class NoPair(Exception):  # noqa: N818  (told to the mentor)
    """These two can't be paired, or parted; the code of a sentence, with its parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def pair_up(folder: MentorFolder, lesson: str, one: str, other: str) -> None:
    """Let two learners hand in a lesson together; of what they have handed in the later counts for both from now on.

    Raises:
        NoPair: one is not on the class list, or is in another pair, or both are the same.
        DeskFault: another program was at work at the desk for too long.
    """
    if folder.has_stock_exchange:
        raise NoPair("no_way")
    with one_at_a_time(folder):
        with open_gradebook(folder) as gradebook:
            listed = {each.id for each in gradebook.students}
        partners = class_file(folder).partners()
        if lesson not in folder.course.lesson_ids:
            raise NoPair("no_lesson", lesson=lesson)
        for who, with_whom in ((one, other), (other, one)):
            if who not in listed or who == with_whom:
                raise NoPair("nobody", student=who)
            if partners.get((who, lesson), with_whom) != with_whom:
                raise NoPair("in_a_pair", student=who, partner=partners[who, lesson], lesson=lesson)
        class_file(folder).pair_up(lesson, one, other)
        received = received_file(folder)
        put_latest(folder, received, one, lesson, other)
        put_latest(folder, received, other, lesson, one)


def part(folder: MentorFolder, lesson: str, student: str) -> None:
    """Let the two hand in each for themselves again.

    Raises:
        NoPair: the learner is in none, or the two have handed in already, which can't be taken from one of them.
        DeskFault: another program was at work at the desk for too long.
    """
    with one_at_a_time(folder):
        partner = class_file(folder).partners().get((student, lesson))
        if partner is None:
            raise NoPair("in_none", student=student, lesson=lesson)
        received = received_file(folder)
        if received.letters(student, lesson) or received.letters(partner, lesson):
            raise NoPair("handed_in", student=student, partner=partner, lesson=lesson)
        class_file(folder).part(lesson, student)
