"""The question box (質問箱): what learners asked from their cells, the mentors' replies, and the FAQ made of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.cohort.groups import class_file, comment_on
from classroom.cohort.store import Reply
from classroom.cohort.wording import told

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.cohort.progress_files import Asked, LearnersFile
    from classroom.mentor.place import MentorFolder

FAQ_NAMES = {"ja": "よくある質問.md", "en": "FAQ.md"}


@dataclass(frozen=True)
class Question:
    """A learner's question, with the reply if there is one."""

    student: str
    asked: Asked
    reply: Reply | None


def read_questions(folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile]) -> tuple[Question, ...]:
    """The questions about a lesson: those without a reply first, oldest first."""
    replies = {(each.student, each.question_key): each for each in class_file(folder).replies()}
    found = [
        Question(student, asked, replies.get((student, asked.key)))
        for student, file in files.items()
        for asked in file.asked
        if asked.exercise.partition("-")[0] == assignment or not asked.exercise
    ]
    return tuple(sorted(found, key=lambda each: (each.reply is not None, each.asked.at)))


def answer_question(folder: MentorFolder, question: Question, reply: str, mentor: str, *, in_faq: bool) -> None:
    """Keep a reply, and show it to the learner as the comment on that exercise; the FAQ is written anew."""
    from nbgrader.api import MissingEntry

    asked = question.asked
    class_file(folder).reply(
        Reply(asked.key, question.student, asked.exercise, asked.wanted, reply, mentor, "", int(in_faq))
    )
    with suppress(MissingEntry):  # nothing handed in yet: the reply waits in the box and in the FAQ
        comment_on(folder, asked.exercise.partition("-")[0], asked.exercise, [question.student], comment=reply)
    write_faq(folder)


def write_faq(folder: MentorFolder) -> Path:
    """Write the answered questions that all may read, without any name, as a Markdown page."""
    lines = [f"# {told('faq_title', folder.lang)}", ""]
    for each in class_file(folder).replies(faq_only=True):
        lines += [f"## {each.exercise}: {_plain(each.question)}", "", _plain(each.reply), ""]
    path = folder.root / FAQ_NAMES[folder.lang]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _plain(text: str) -> str:
    """A text of a learner or mentor, with nothing that Markdown would run or fetch."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("![", "!\\[").strip()
