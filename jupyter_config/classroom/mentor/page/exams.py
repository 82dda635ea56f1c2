"""The level tests on the class page: which there are, what became of each, and opening one."""

from __future__ import annotations

import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from classroom.exchange.moments import moment_in
from classroom.mentor.exam.drawing import CannotOpen
from classroom.mentor.exam.listing import listed
from classroom.mentor.exam.marking import prepare
from classroom.mentor.exam.opening import MOST_MINUTES, exams_of, open_exam
from classroom.mentor.page.asked import NotAsked, number_of
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.gradebook import names_of
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.place.folder import MentorFolder


def exams_on_page(folder: MentorFolder, names: Mapping[str, str]) -> Any:
    """The tests that the course has, and those that were opened, the latest first."""
    return {
        "names": dict(names),
        "levels": [
            {"level": each.level, "minutes": each.minutes, "tasks": len(each.tasks)} for each in exams_of(folder)
        ],
        "exams": [asdict(each) for each in listed(folder)],
    }


def open_for(folder: MentorFolder, asked: Mapping[str, Any]) -> str:
    """Open a test for the learners that are named; what it will be judged on is made while they write.

    Raises:
        NotAsked: the request names no learners.
        Unreachable: the shared folder is closed.
    """
    students, lang = asked.get("students"), folder.lang
    if not isinstance(students, list) or not students or not all(isinstance(each, str) for each in students):
        raise NotAsked("students")
    level, minutes = int(number_of(asked, "level", 99)), int(number_of(asked, "minutes", MOST_MINUTES))
    try:
        opened = open_exam(folder, level, students, minutes)
    except CannotOpen as fault:
        return say(f"desk.exam.cannot.{fault.code}", lang, **fault.params)
    if not opened:
        return say("desk.exam.nobody", lang)
    threading.Thread(target=prepare, args=(folder, opened), daemon=True, name="exam-databases").start()
    who = say("desk.list_comma", lang).join(names_of(folder, (each.learner for each in opened)))
    until = in_zone(moment_in(opened[0].paper.closes), zone_of(folder))
    return say("desk.exam.opened", lang, level=level, count=len(opened), students=who, until=until)
