"""What travels between a learner and the desk. Moments are ISO 8601 in UTC; texts are as they were written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from classroom.exchange.exam_paper import ExamPaper  # noqa: TC001  (read at run time by `decoded`)
from coursebook.practice.day_draft import Broken  # noqa: TC001  (likewise)


@dataclass(frozen=True)
class HandIn:
    """A lesson as it is handed in."""

    course: str
    lesson: str
    learner: str
    sender: str
    """A number of the learner's folder, another on each of their computers."""
    at: str
    """When it was handed in, by the learner's clock."""
    file_name: str
    notebook: dict[str, Any]
    """nbformat 4, without outputs."""
    progress: str = ""
    """The progress file, packed by zlib, in base64; empty where it is too large or can't be read."""
    taught: str = ""
    """What the lesson's course is known as (`Course.known_as`); empty where that is not known."""


@dataclass(frozen=True)
class Question:
    """A question to the mentors."""

    course: str
    lesson: str
    learner: str
    sender: str
    at: str
    key: str
    exercise: str
    wanted: str
    tables: str = ""
    query: str = ""
    got: str = ""
    expected: str = ""


@dataclass(frozen=True)
class ReleasedLesson:
    """A lesson that is out, and when it is due; None without a date."""

    lesson: str
    due: str | None = None


@dataclass(frozen=True)
class FaqEntry:
    """A question with its answer, without a name."""

    exercise: str
    question: str
    reply: str


@dataclass(frozen=True)
class ColleaguesWay:
    """A right answer of somebody in the class that a mentor shows to those who have solved the exercise too, without a name."""

    exercise: str
    """Its id in the latest numbering."""
    sql: str


@dataclass(frozen=True)
class DefinedHow:
    """How many in the class took which reading of a question of the day."""

    question: str
    """T1, T2, …"""
    counts: tuple[int, ...]
    """In the order of the question's readings."""


@dataclass(frozen=True)
class ClassState:
    """What everybody in a class may know."""

    course: str
    mentor: str
    at: str
    lessons: tuple[ReleasedLesson, ...] = ()
    faq: tuple[FaqEntry, ...] = ()
    ways: tuple[ColleaguesWay, ...] = ()
    today: tuple[DefinedHow, ...] = ()
    points: bool = True
    """Whether verdicts tell their points."""
    haste: int = 1
    """As how many days of memory's model one of this class's counts (`coursebook.practice.memory.usual_haste`)."""
    broken: tuple[Broken, ...] = ()
    """How the class fared with the latest drafts of the day, without names."""


@dataclass(frozen=True)
class LessonAtDesk:
    """What the desk has of one learner's lesson."""

    lesson: str
    code: str
    """Of the hand-in that counts; empty if there is none."""
    at: str
    """When that was handed in, by the desk's reckoning; empty if there is none."""
    state: str
    """collected, graded or refused; empty if nothing was handed in."""
    reason: str = ""
    """Why it was refused, in the class's language."""
    due: str | None = None
    """The learner's own date, where there is an extension."""
    partner: str = ""
    """The name of whom it is handed in with, where two do so together; of an Expo, all who work on it with this learner."""
    writer: str = ""
    """Of an Expo that is written in another's room: their name."""


@dataclass(frozen=True)
class Criterion:
    """One row of the rubric by which an answer is reviewed."""

    id: str
    text: str
    """In the class's language."""
    points: float
    """At most."""


@dataclass(frozen=True)
class AskedReview:
    """Somebody's answer in words that this learner is asked to review, without a name; who is asked has handed in an own one."""

    key: str
    exercise: str
    """Its id in the latest numbering."""
    answer: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Standing:
    """What the desk has of one learner."""

    learner: str
    at: str
    lessons: tuple[LessonAtDesk, ...] = ()
    month: str = ""
    """What is given for the second month of the learner's Expo: the text of a `classroom.exchange.expo.grant.Grant`; empty before."""
    reviews: tuple[AskedReview, ...] = ()
    """What waits for this learner's review."""
    exams: tuple[ExamPaper, ...] = ()
    """The level tests that are open for this learner."""


@dataclass(frozen=True)
class ExerciseFeedback:
    """One exercise of a hand-in as it came back."""

    exercise: str
    points: float | None
    """None while a person has still to read it."""
    possible: float
    outcome: str
    comment: str = ""
    """Markdown of a mentor."""

    @property
    def is_solved(self) -> bool:
        """Accepted by the judge, or given all its points by a person: what is said in words no judge accepts."""
        return self.outcome == "accepted" or (self.points is not None and self.points >= self.possible > 0)


@dataclass(frozen=True)
class TeamsExpo:
    """An Expo on which several have worked, as the certificate of each names it."""

    writer: str
    """The id of the learner in whose room it was written."""
    names: tuple[str, ...]
    """Of all who worked on it, the writer first."""
    issue: str
    measure: str
    plan: str
    """Code of the log's entry that holds the sealed plan."""
    report: str
    """Code of the entry that holds the report."""


@dataclass(frozen=True)
class Feedback:
    """A graded hand-in as it comes back."""

    lesson: str
    learner: str
    at: str
    code: str
    """Of the hand-in that was graded; empty where it did not come by this road."""
    points: float
    possible: float
    exercises: tuple[ExerciseFeedback, ...]
    page: str
    """All of it as a page of HTML without scripts."""
    together: TeamsExpo | None = None
    """Of an Expo on which several have worked."""


@dataclass(frozen=True)
class Reply:
    """A mentor's answer to a question."""

    key: str
    """The question's."""
    learner: str
    exercise: str
    question: str
    reply: str
    mentor: str
    at: str


@dataclass(frozen=True)
class Post:
    """What lies ready for one learner."""

    standing: Standing | None = None
    feedback: tuple[Feedback, ...] = ()
    replies: tuple[Reply, ...] = field(default=())


Letter = HandIn | Question | ClassState | Standing | Feedback | Reply
"""What goes into an envelope of its own."""
KINDS: dict[str, type] = {
    "hand-in": HandIn,
    "question": Question,
    "class": ClassState,
    "standing": Standing,
    "feedback": Feedback,
    "reply": Reply,
}
"""What an envelope says that it holds."""


def kind_of(letter: Letter) -> str:
    """The word for a letter's kind."""
    return next(name for name, kind in KINDS.items() if kind is type(letter))
