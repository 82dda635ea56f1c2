"""What a mentor writes to learners who asked for nothing: a word about an exercise, a reminder, an announcement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.announcements import MOST, NoWay, announce
from classroom.mentor.classpage.questions import write_to
from classroom.mentor.classpage.reminders import remind
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.page.asked import NotAsked, text_of
from classroom.mentor.place.wording import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from classroom.mentor.place.folder import MentorFolder

_MOST_LEARNERS = 20_000


def word_to(folder: MentorFolder, asked: Mapping[str, Any]) -> str:
    """A word to one learner about an exercise."""
    student = text_of(asked, "student", 100)
    view, exercise = WholeClass(folder), text_of(asked, "exercise", 40)
    if student not in view.names:
        raise NotAsked("student")
    if not _is_exercise(view, student, exercise):
        raise NotAsked("exercise")
    write_to(folder, student, exercise, text_of(asked, "text"))
    return told("stuck.sent", folder.lang, student=view.names[student])


def remind_them(folder: MentorFolder, lesson: str, asked: Mapping[str, Any]) -> str:
    """All of a lesson, or those named; with a text of the mentor's in place of the draft, if there is one."""
    view, named = WholeClass(folder), asked.get("students")
    students = None if named is None else _listed(view, named)
    text = text_of(asked, "text", 2_000) if asked.get("text") else ""
    return told("reminder.sent", folder.lang, count=len(remind(view, lesson, students, text)))


def announce_to(folder: MentorFolder, asked: Mapping[str, Any]) -> str:
    """A mentor's words to those named."""
    students, text = _listed(WholeClass(folder), asked.get("students")), text_of(asked, "text", MOST)
    if not students:
        raise NotAsked("students")
    try:
        done = announce(folder, sorted(students), text)
    except NoWay:
        return told("announce.no_way", folder.lang)
    said = [told("announce.sent", folder.lang, count=len(done.sent))]
    said += [told("announce.had", folder.lang, count=len(done.had))] if done.had else []
    said += [told("announce.unwanted", folder.lang, count=len(done.unwanted))] if done.unwanted else []
    return " ".join(said)


def _listed(view: WholeClass, named: object) -> set[str]:
    """Learners by id; raises NotAsked where one is not on the class list."""
    if not isinstance(named, list) or len(named) > _MOST_LEARNERS or not all(isinstance(each, str) for each in named):
        raise NotAsked("students")
    if not set(named) <= view.names.keys():
        raise NotAsked("students")
    return set(named)


def _is_exercise(view: WholeClass, student: str, exercise: str) -> bool:
    """Whether the course has it, or the learner has tried it: a drill stands in no lesson."""
    file = view.files.get(student)
    if file and any(each.exercise == exercise for each in file.attempts):
        return True
    lang = view.folder.lang
    return any(exercise in lesson.placed_ids(lang) for lesson in view.folder.course.lessons)
