"""What became of a level test, as it goes back: the score, what was shown task by task, and a certificate where it was passed."""

from __future__ import annotations

import datetime as dt
import json
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.exam import feedback_id
from classroom.exchange.expo.certificate import ExamCertificate, SignedExam, SkillShown, code_of, exam_page_of
from classroom.exchange.records import ExerciseFeedback, Feedback
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.place.calendar import zone_of
from classroom.mentor.place.gradebook import name_of
from classroom.mentor.place.invitations import certificate_key
from classroom.mentor.returning.feedback import page_of
from classroom.mentor.returning.send import send_feedback
from classroom.messages import say
from classroom.points import whole_points
from coursebook.answer_cell import drill_of
from coursebook.practice import library_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.place.exam_store import ExamResult, OpenedExam
    from classroom.mentor.place.folder import MentorFolder


def certificate_of(folder: MentorFolder, exam: OpenedExam, result: ExamResult) -> SignedExam:
    """The certificate of a test that was passed, as the desk makes it at any time again."""
    skills = tuple(
        SkillShown(skill_of(folder, each.drill), each.points, each.possible) for each in result.tasks if each.possible
    )
    level = next((each for each in folder.course.record.levels if each.number == exam.paper.level), None)
    made = ExamCertificate(
        name=name_of(folder, exam.learner),
        course=folder.course_id,
        learner=exam.learner,
        mentor=exam.mentor,
        lang=folder.lang,
        on=dt.datetime.fromisoformat(result.at).astimezone(zone_of(folder)).date().isoformat(),
        exam=exam.paper.key,
        level=exam.paper.level,
        level_name=level.name[folder.lang] if level else "",
        points=result.points,
        possible=result.possible,
        skills=skills,
    )
    return SignedExam(made, code_of(made, certificate_key(folder)))


def certificate_code(folder: MentorFolder, exam: OpenedExam, result: ExamResult) -> str:
    """The code on it."""
    return certificate_of(folder, exam, result).code


def send_results(folder: MentorFolder, opened: Iterable[OpenedExam]) -> int:
    """Send each learner the last result of each level, unless it was sent; gives how many went.

    Raises:
        Unreachable: the shared folder is closed.
    """
    last = {(each.paper.level, each.learner): each for each in opened if each.result is not None}
    received, count = received_file(folder), 0
    told = {level: received.told_letters(f"feedback {feedback_id(level)}") for level in {level for level, _ in last}}
    for (level, learner), exam in last.items():
        before = told[level].get(learner)
        result = exam.result
        if result is None or (before and decoded(Feedback, json.loads(before)).code == result.code):
            continue
        send_feedback(folder, _feedback(folder, exam, result))
        count += 1
    return count


def skill_of(folder: MentorFolder, drill_id: str) -> str:
    """The name of what a drill trains, in the class's language; its id where the course has it no more."""
    library, named = library_of(folder.course.root), drill_of(drill_id)
    template = library.templates.get(named[0]) if named else None
    found = next((each for each in library.skills if template and each.id == template.skill), None)
    return found.name[folder.lang] if found else drill_id


def _feedback(folder: MentorFolder, exam: OpenedExam, result: ExamResult) -> Feedback:
    rows = tuple(ExerciseFeedback(str(each.number), each.points, each.possible, each.outcome) for each in result.tasks)
    page = (
        exam_page_of(certificate_of(folder, exam, result)).decode()
        if exam.has_passed
        else _page_without(folder, exam, result)
    )
    now = dt.datetime.now(dt.UTC).isoformat()
    lesson = feedback_id(exam.paper.level)
    return Feedback(lesson, exam.learner, now, result.code, result.points, result.possible, rows, page)


def _page_without(folder: MentorFolder, exam: OpenedExam, result: ExamResult) -> str:
    """The page of a test that was not passed: what was shown, and how many points were to be reached."""
    lang = folder.lang
    points, possible = whole_points(result.points, result.possible), f"{result.possible:g}"
    needed = f"{result.possible * exam.paper.pass_percent / 100:g}"
    rows = "".join(
        f"<li>{escape(skill_of(folder, each.drill))}: {whole_points(each.points, each.possible)} / {each.possible:g}</li>"
        for each in result.tasks
    )
    said = escape(say("desk.exam.not_passed", lang, points=points, possible=possible, needed=needed))
    title = say("desk.exam.title", lang, level=exam.paper.level)
    return page_of(title, f"<p>{said}</p><ul>{rows}</ul>", lang)
