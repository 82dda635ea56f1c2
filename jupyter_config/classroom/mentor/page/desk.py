"""The mentor's desk as a server keeps it: one reading of the class at a time, one step at a time."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.counted import tell_counted
from classroom.mentor.classpage.groups import answer_groups, comment_on
from classroom.mentor.classpage.learner import learner_in_full
from classroom.mentor.classpage.managers import NoTeam, managers_see_marks
from classroom.mentor.classpage.managers_page import managers_page
from classroom.mentor.classpage.matrix import matrix
from classroom.mentor.classpage.questions import answer_question, read_questions
from classroom.mentor.classpage.steps import (
    collect_lesson,
    extend_for,
    give_back_lesson,
    grade_lesson,
    release_lesson,
    said_of,
)
from classroom.mentor.classpage.teams import teams
from classroom.mentor.classpage.timetable import (
    MOST_MINUTES,
    in_words,
    is_due,
    keep_minutes,
    minutes_of,
    run_once,
    runs,
)
from classroom.mentor.classpage.today import today
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.exam.marking import mark_exams
from classroom.mentor.notices.deliver import deliver
from classroom.mentor.page.answers import answers_on_page, mark_in_words
from classroom.mentor.page.asked import NotAsked, NotHere, number_of, text_of
from classroom.mentor.page.exams import exams_on_page, open_for
from classroom.mentor.page.pairing import pair_them, part_them
from classroom.mentor.page.records import question_on_page, today_on_page
from classroom.mentor.page.teaming import part_team, team_up
from classroom.mentor.page.words import announce_to, remind_them, word_to
from classroom.mentor.passback.deliver import deliver_scores
from classroom.mentor.place.copies import lost_stores, try_to_keep_copies
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.turn import one_at_a_time
from classroom.mentor.place.wording import told
from classroom.messages import say
from coursebook.practice import library_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_log = logging.getLogger(__name__)
_STILL_GOOD_SECONDS = 2.0
"""Parts of the page that ask this soon after each other are told of one moment."""
_LOADS_SECONDS = 3.0
"""What is read ahead waits for the page that long before it ages."""


@dataclass
class DeskRoom:
    """Whose desk a server serves. What a method meets on the disk or in a held file is told where it is asked (`handlers`)."""

    folder: MentorFolder
    working: dict[str, Any] = field(default_factory=dict)
    """The step at work and how far it is; empty while none is."""
    _view: WholeClass | None = None
    _read_at: float = 0.0
    _today: Any = None
    """What is told of the view as today, once it is found out."""
    opened: threading.Event = field(default_factory=threading.Event)
    """Whether a page has been opened."""
    _telling: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._settings = self._stamp()

    def warm_up(self) -> None:
        """Read what takes a while and stays the same, before the page asks; what can't be read is told when it is asked for."""
        try:
            library_of(self.folder.course.root)
            _ = self.folder.course.lessons  # which keeps them
        except Exception:  # noqa: BLE001  (nobody asked yet)
            _log.warning("the course could not be read ahead", exc_info=True)

    def look_ahead(self) -> None:
        """Read the class while the browser still loads the page, which opens on today; what can't be read is told when it is asked for."""
        try:
            self.today()
            self._read_at = time.monotonic() + _LOADS_SECONDS
        except Exception:  # noqa: BLE001  (nobody asked yet)
            _log.warning("the class could not be read ahead", exc_info=True)

    def today(self) -> Any:
        """What to do next; who asks while it is found out waits for that."""
        with self._telling:
            view, found = self._view_now(), self._today
            if found is None:
                found = today_on_page(view, today(view))
                if self._view is view:  # who has waited is told of it, however long it took
                    self._today, self._read_at = found, time.monotonic()
            return found

    def learners(self) -> Any:
        """The class list with all lessons."""
        view = self._view_now()
        table = matrix(view)  # of flat records, and a copy of each costs a second where there are thousands
        parts = {"learners": view.learners, "lessons": table.lessons, "squares": table.squares}
        return {name: [vars(each) for each in records] for name, records in parts.items()}

    def teams(self) -> Any:
        """The teams."""
        view = self._view_now()
        found = [asdict(each) for each in teams(view)]
        return {"names": view.names, "marks": managers_see_marks(self.folder), "teams": found}

    def report(self, team: str) -> str:
        """The page for managers, on one team or, of an empty name, on all.

        Raises:
            NotHere: there is no such team.
        """
        try:
            return managers_page(self._view_now(), team)
        except NoTeam as fault:
            raise NotHere(team) from fault

    def learner(self, student: str) -> Any:
        """One learner in full.

        Raises:
            NotHere: nobody of that id is on the class list.
        """
        view = self._view_now()
        if student not in view.names:
            raise NotHere(student)
        return asdict(learner_in_full(view, student))

    def questions(self) -> Any:
        """The question box of all lessons: those without a reply first."""
        view = self._view_now()
        found = {
            (each.student, each.asked.key): each
            for lesson in view.released
            for each in read_questions(self.folder, lesson, view.files)
        }
        ordered = sorted(found.values(), key=lambda each: (each.reply is not None, each.asked.at))
        return [asdict(question_on_page(self.folder, each, view.names)) for each in ordered]

    def answers(self, lesson: str) -> Any:
        """The groups of answers of a lesson, exercise by exercise.

        Raises:
            NotHere: there is no such lesson.
        """
        view = self._view_now()
        if lesson not in self.folder.course.lesson_ids:
            raise NotHere(lesson)
        return answers_on_page(view, lesson)

    def exams(self) -> Any:
        """The level tests: which there are, and what became of those that were opened."""
        return exams_on_page(self.folder, self._view_now().names)

    def timetable(self) -> Any:
        """How often the week goes by itself, and its latest runs in words."""
        latest = [{"at": each.at, "text": in_words(each, self.folder.lang)} for each in runs(self.folder, 5)]
        return {"minutes": minutes_of(self._folder_now()), "runs": latest}

    def run_if_due(self) -> None:
        """A run of the timetable, if the settings ask for one now, and the notices that wait."""
        if is_due(self._folder_now()):
            run_once(self.folder)
            self._view = None
        for send in (deliver, deliver_scores):
            try:
                send(self.folder)
            except DeskFault as fault:  # where to can't be read: `penguin mentor notices` says it, of scores Today
                _log.warning("what is to be sent waits: %s", fault_in_words(fault, self.folder.lang))

    def fetch(self) -> Any:
        """Take what has arrived, as the page asks for now and then; nbgrader's own exchange is asked when the mentor says so.

        While a step is done at the desk, from wherever, nothing is taken: the page asks again soon, and must not wait.
        """
        self._check_stores()
        try:
            with one_at_a_time(self.folder, seconds=0):
                try_to_keep_copies(self.folder)  # what fails is logged; the next minute tries again
                if not self.folder.has_stock_exchange:
                    found = collect(self.folder)
                    marked = mark_exams(self.folder)
                    if marked or found.taken or found.questions or found.troubles or found.closed:
                        self._view = None  # a page that was drawn a moment ago is told of it, too
                    if not found.closed:
                        tell_counted(self.folder)
        except DeskFault as fault:
            if fault.code != "at_work":
                raise
        return {}

    def step(self, name: str, asked: Mapping[str, Any]) -> Any:
        """Do a step, and say what came of it.

        Raises:
            NotHere: there is no such step.
            NotAsked: it lacks something.
            DeskFault: another program was at work for too long, or something that the desk keeps is lost.
        """
        act = _STEPS.get(name)
        if act is None:
            raise NotHere(name)
        with self._writing if name in _WORDS else self._turn(name):
            self._check_stores()
            try:
                said, done = said_of(self.folder, str(asked.get("lesson", "")), lambda: act(self, asked))
            finally:
                self._view = None
        return {"said": said, "done": done}

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        with one_at_a_time(self.folder):
            self.working = {"step": name, "done": 0, "total": 0}
            try:
                yield
            finally:
                self.working = {}

    def advance(self, done: int, total: int) -> None:
        """How far the step at work is."""
        self.working = {**self.working, "done": done, "total": total}

    def question(self, student: str, key: str) -> Any:
        """One question of the box.

        Raises:
            NotAsked: there is none of that key.
        """
        view = self._view_now()
        for lesson in view.released:
            for each in read_questions(self.folder, lesson, view.files):
                if (each.student, each.asked.key) == (student, key):
                    return each
        raise NotAsked(key)

    def _folder_now(self) -> MentorFolder:
        """The folder, with what a mentor has written into its settings since."""
        if self._stamp() != self._settings:
            self.folder, self._settings, self._view = _with_course_of(self.folder), self._stamp(), None
        return self.folder

    def _view_now(self) -> WholeClass:
        with self._reading:
            self._folder_now()
            view = self._view  # a step that ends meanwhile takes it away
            if view is None or time.monotonic() - self._read_at > _STILL_GOOD_SECONDS:
                self._check_stores()
                self._view = view = WholeClass(self.folder)
                self._today = None
                self._read_at = time.monotonic()
            return view

    def _check_stores(self) -> None:
        if lost := lost_stores(self.folder):
            raise DeskFault("store_lost", files=", ".join(each.store.name for each in lost))

    def _stamp(self) -> int:
        try:
            return self.folder.settings_path.stat().st_mtime_ns
        except OSError:
            return 0


def _with_course_of(folder: MentorFolder) -> MentorFolder:
    """The folder with its settings read anew, and the course that takes a while to read as it was."""
    made = MentorFolder(folder.root)
    if made.settings.get("numbering") == folder.settings.get("numbering") and "course" in vars(folder):
        vars(made)["course"] = folder.course
    return made


def fault_in_words(fault: DeskFault, lang: str) -> str:
    """What keeps the desk from its work."""
    return say(f"desk.{fault.code}", lang, **fault.params)


def _lesson(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    lesson = text_of(asked, "lesson", 40)
    if lesson not in room.folder.course.lesson_ids:
        raise NotAsked("lesson")
    return lesson


def _release(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return release_lesson(room.folder, _lesson(room, asked), str(asked.get("due", ""))[:40])


def _collect(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return collect_lesson(room.folder)


def _grade(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return grade_lesson(room.folder, _lesson(room, asked), room.advance)


def _give_back(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    """Those alone who are owed it: whoever waits for a person's mark gets it with that."""
    lesson = _lesson(room, asked)
    owed = WholeClass(room.folder).owed.get(lesson, ())
    return give_back_lesson(room.folder, lesson, owed, with_solutions=asked.get("with_solutions") is True)


def _extend(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return extend_for(room.folder, _lesson(room, asked), text_of(asked, "student", 100), number_of(asked, "days", 365))


def _reply(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    question = room.question(text_of(asked, "student", 100), text_of(asked, "key", 200))
    folder = room.folder
    answer_question(
        folder, question, text_of(asked, "text"), folder.mentor_for_learners, in_faq=asked.get("in_faq") is True
    )
    code = "question.sent" if folder.has_stock_exchange else "question.on_its_way"
    return told(code, folder.lang, exercise=question.asked.exercise)


def _remind(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return remind_them(room.folder, _lesson(room, asked), asked)


def _comment(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    """To a whole group of answers."""
    lesson, exercise, group = _lesson(room, asked), text_of(asked, "exercise", 40), text_of(asked, "group", 200)
    text = str(asked.get("text", "")).strip()[:20_000]
    points = number_of(asked, "points", 1_000_000) if asked.get("points") is not None else None
    if not text and points is None:
        raise NotAsked("text")
    found = next((each for each in answer_groups(room.folder, lesson, exercise) if each.fingerprint == group), None)
    if found is None:
        raise NotAsked("group")
    from nbgrader.api import MissingEntry

    try:
        count = comment_on(room.folder, lesson, exercise, found.students, comment=text, points=points)
    except MissingEntry as fault:
        return told("group.not_found", room.folder.lang, students=fault)
    return told("group.applied", room.folder.lang, count=count)


def _dismiss(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    received_file(room.folder).dismiss(text_of(asked, "place", 4_000))
    return told("attention.done", room.folder.lang)


def _exam(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    return open_for(room.folder, asked)


def _timetable(room: DeskRoom, asked: Mapping[str, Any]) -> str:
    minutes = int(number_of(asked, "minutes", MOST_MINUTES))
    keep_minutes(room.folder, minutes)
    return told("timetable.on" if minutes else "timetable.off", room.folder.lang, minutes=minutes)


_STEPS: Mapping[str, Callable[[DeskRoom, Mapping[str, Any]], str]] = {
    "release": _release,
    "collect": _collect,
    "grade": _grade,
    "give_back": _give_back,
    "extend": _extend,
    "reply": _reply,
    "word": lambda room, asked: word_to(room.folder, asked),
    "remind": _remind,
    "announce": lambda room, asked: announce_to(room.folder, asked),
    "comment": _comment,
    "mark": lambda room, asked: mark_in_words(room.folder, _lesson(room, asked), asked),
    "dismiss": _dismiss,
    "timetable": _timetable,
    "exam": _exam,
    "pair": lambda room, asked: pair_them(room.folder, _lesson(room, asked), asked),
    "part": lambda room, asked: part_them(room.folder, _lesson(room, asked), asked),
    "team_expo": lambda room, asked: team_up(room.folder, asked),
    "part_team": lambda room, asked: part_team(room.folder, asked),
}
"""What the page may ask to be done, by name."""
_WORDS = frozenset({"reply", "word", "remind", "announce", "dismiss", "timetable"})
"""Those that don't wait for a step at work at the desk, but only for each other; none of them hands anything out or in."""
