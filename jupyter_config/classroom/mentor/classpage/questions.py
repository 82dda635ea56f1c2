"""The question box (質問箱): what learners asked from their cells, the mentors' replies, and the FAQ made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from classroom.exchange.records import FaqEntry
from classroom.exchange.records import Reply as RoadReply
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.progress_files import AskedInFile
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.notices.outbox import NoticeKind
from classroom.mentor.place.class_store import KeptReply, class_file
from classroom.mentor.place.wording import told
from classroom.mentor.returning.send import send_reply, tell_class

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.collecting.received import ReceivedQuestion
    from classroom.mentor.place.folder import MentorFolder

WORD = "word-"
"""How the key begins of what a mentor wrote that answers no question."""
REMINDER = "remind-"
"""How the key of a reminder begins: it helps nobody who is stuck."""
ANNOUNCEMENT = "announce-"
"""How the key of an announcement begins, which is about no exercise."""
UNASKED = (WORD, REMINDER, ANNOUNCEMENT)
"""How all keys begin of what answers no question."""
_NOTICES = {WORD: NoticeKind.WORD, REMINDER: NoticeKind.REMINDED, ANNOUNCEMENT: NoticeKind.ANNOUNCED}
FAQ_NAMES = {"ja": "よくある質問.md", "en": "FAQ.md"}


@dataclass(frozen=True)
class BoxQuestion:
    """A learner's question, with the reply if there is one."""

    student: str
    asked: AskedInFile
    reply: KeptReply | None


def read_questions(folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile]) -> tuple[BoxQuestion, ...]:
    """The questions about a lesson: those without a reply first, oldest first."""
    replies = {(each.student, each.question_key): each for each in class_file(folder).replies()}
    asked_of = {(student, asked.key): asked for student, file in files.items() for asked in file.asked}
    for each in received_file(folder).questions():  # those that came by the road of their own
        asked_of.setdefault((each.learner, each.key), _as_asked(each, folder))
    found = [
        BoxQuestion(student, asked, replies.get((student, key)))
        for (student, key), asked in asked_of.items()
        if asked.exercise.partition("-")[0] == assignment or not asked.exercise.startswith("L")
    ]
    return tuple(sorted(found, key=lambda each: (each.reply is not None, each.asked.at)))


def _as_asked(question: ReceivedQuestion, folder: MentorFolder) -> AskedInFile:
    ids = folder.course.ids_from(folder.course.numbering.latest)
    exercise = ids.get(question.exercise, question.exercise)
    texts = (question.wanted, question.tables, question.query, question.got, question.expected)
    return AskedInFile(question.key, exercise, datetime.fromisoformat(question.at), *texts)


def answer_question(folder: MentorFolder, question: BoxQuestion, reply: str, mentor: str, *, in_faq: bool) -> None:
    """Keep a reply, send it, and show it to the learner as the comment on that exercise; the FAQ is written anew.

    Raises:
        Unreachable: the shared folder is closed; the reply is kept, and sent when it is given again.
    """
    asked = question.asked
    class_file(folder).reply(
        KeptReply(asked.key, question.student, asked.exercise, asked.wanted, reply, mentor, "", int(in_faq))
    )
    lesson = asked.exercise.partition("-")[0]
    mark = read_marks(folder, lesson, question.student).exercises.get(asked.exercise)
    is_free = mark is not None and mark.comment in ("", question.reply.reply if question.reply else "")
    # another comment stays; nbgrader's exchange carries replies in no other way
    if mark and (is_free or folder.has_stock_exchange):
        text = reply if is_free else f"{mark.comment}\n\n{reply}"
        comment_on(folder, lesson, asked.exercise, [question.student], comment=text)
    write_faq(folder)
    if not folder.has_stock_exchange:
        now = datetime.now(UTC).isoformat()
        send_reply(folder, RoadReply(asked.key, question.student, asked.exercise, asked.wanted, reply, mentor, now))
        tell_class(folder, faq_entries(folder))


def write_to(folder: MentorFolder, student: str, exercise: str, text: str, kind: str = WORD, key: str = "") -> None:
    """Send a learner what nobody asked for; `kind` is one of `UNASKED`, and the key begins with it (left out, a new one).

    Raises:
        Unreachable: the shared folder is closed.
    """
    now, mentor, key = datetime.now(UTC).isoformat(), folder.mentor_for_learners, key or f"{kind}{uuid4().hex}"
    send_reply(folder, RoadReply(key, student, exercise, "", text, mentor, now), _NOTICES[kind])
    class_file(folder).reply(KeptReply(key, student, exercise, "", text, mentor, now, 0))


def faq_entries(folder: MentorFolder) -> list[FaqEntry]:
    """The answered questions that all may read, without any name."""
    return [FaqEntry(each.exercise, each.question, each.reply) for each in class_file(folder).replies(faq_only=True)]


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
