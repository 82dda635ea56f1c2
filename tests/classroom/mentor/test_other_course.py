"""A hand-in of another course's lesson of the same number is no hand-in of this class's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.collecting.remarks import trouble_sentence

if TYPE_CHECKING:
    from road import Learner

    from classroom.mentor.place.folder import MentorFolder


def test_a_hand_in_from_another_course_is_told_with_both_names(desk: MentorFolder, hanako: Learner) -> None:
    for taught in ("lending", "", desk.course.known_as):
        hanako.outbox.hand_in("L1", "L1.ipynb", hanako.notebook, b"", hanako.now(), taught)
    hanako.outbox.send(hanako.end)
    assert len(collect(desk).taken) == 2
    [trouble] = received_file(desk).troubles()
    assert trouble.code == "taught_elsewhere"
    told = trouble_sentence(trouble, "en")
    assert "is L1 of another course (lending); this class is on marketplace" in told
