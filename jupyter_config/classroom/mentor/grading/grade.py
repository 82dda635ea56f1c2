"""`penguin mentor grade`: the whole class at once, written as nbgrader would write it."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from classroom.mentor.collecting.handin import Handin, carry, read_handin, seen_of, submitted
from classroom.mentor.collecting.reading import HandinRefused, HandinRemark
from classroom.mentor.grading.desk import MentorDesk
from classroom.mentor.grading.marked import draw_ahead, mark, questions_of
from classroom.mentor.grading.states import to_grade
from classroom.mentor.grading.store import DeskAnswer, DeskSubmission, Move
from classroom.mentor.place.faults import patiently, stops_all, told_faults
from classroom.mentor.place.gradebook import AssignmentBook, Scores, open_gradebook
from classroom.mentor.place.turn import one_at_a_time
from coursebook import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from classroom.mentor.grading.desk import Progress
    from classroom.mentor.grading.judged import StoredJudgement
    from classroom.mentor.grading.questions import JudgingTask
    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.template import Template

_log = logging.getLogger(__name__)


@dataclass
class GradingReport:
    """What a run of grading did."""

    graded: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    """Graded before and unchanged since."""
    stale: list[str] = field(default_factory=list)
    """Those of the skipped that were graded under other rules."""
    refused: list[tuple[str, HandinRemark]] = field(default_factory=list)
    moved: list[Move] = field(default_factory=list)
    put_right: dict[str, tuple[HandinRemark, ...]] = field(default_factory=dict)
    questions: int = 0
    """Different answers that had to be judged."""
    faults: set[str] = field(default_factory=set)
    """Exercises that could not judge some answer."""
    unjudged: dict[str, set[str]] = field(default_factory=dict)
    """Learner -> exercises whose answer the machine did not manage to judge; they are graded again the next time."""


def grade_assignment(
    folder: MentorFolder,
    assignment: str,
    students: Sequence[str] | None = None,
    *,
    again: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> GradingReport:
    """Grade what was handed in since the last time; `again` grades everything anew and lists whose score moved.

    Raises:
        NoAssignment: the assignment was never generated.
        DeskFault: the gradebook is locked or the disk is full; what was graded so far is kept.
    """
    desk = MentorDesk(folder, workers=workers, scheduler=scheduler)
    report = GradingReport()
    with told_faults(folder.root), ExitStack() as stack:
        stack.enter_context(one_at_a_time(folder))
        if again or _may_have_come(folder, assignment, students):
            stack.enter_context(desk.judge_begun())  # while nbgrader is imported and the hand-ins are read
        gradebook = patiently(lambda: stack.enter_context(open_gradebook(folder)))
        stack.enter_context(desk.store.held())
        book = patiently(lambda: AssignmentBook(gradebook, folder, assignment))
        grading = _Grading(desk, assignment, book, report, again=again)
        asked = grading.read(students)
        every = [question for _, questions in asked for question in questions.values()]
        judged = desk.judgements(every, progress, lambda each: draw_ahead(each, desk))
        report.questions = len({each.key for each in every})
        for handin, questions in asked:
            with grading.refusing(handin.student):
                grading.save(handin, questions, judged)
    return report


def _may_have_come(folder: MentorFolder, assignment: str, students: Sequence[str] | None) -> bool:
    """Whether something lies there that grading has not seen, by what the desk keeps; before the gradebook is looked at."""
    if not folder.store_path.is_file():
        return any(True for _ in submitted(folder, assignment, students))
    come = to_grade(folder, assignment)
    return any(students is None or each in students for each in come)


@dataclass
class _Grading:
    desk: MentorDesk
    assignment: str
    book: AssignmentBook
    report: GradingReport
    again: bool
    known: dict[str, list[DeskSubmission]] = field(default_factory=dict)
    scored: frozenset[str] = frozenset()
    unjudged: frozenset[str] = frozenset()
    seen: dict[str, str] = field(default_factory=dict)
    """What lay there by learner before it was read, see `handin.seen_of`."""

    def __post_init__(self) -> None:
        self.scored = self.book.graded()
        self.unjudged = self.desk.store.unjudged(self.assignment)
        for each in self.desk.store.submissions(self.assignment):
            self.known.setdefault(each.student, []).append(each)
        self.stamp = rules_stamp(self.desk, self.book.templates)

    def read(self, students: Sequence[str] | None) -> list[tuple[Handin, dict[str, JudgingTask]]]:
        """The hand-ins that are to be graded, with what they ask."""
        handins = []
        for student, place in submitted(self.desk.folder, self.assignment, students):
            self.seen[student] = seen_of(place)
            with self.refusing(student):
                if student != _readable(student):
                    raise HandinRefused("name_unreadable")
                handin = read_handin(student, place, self.book.templates, self.desk.folder.course)
                if self.again or not self._is_done(handin):
                    handins.append((handin, questions_of(handin.answers, self.desk)))
        return handins

    @contextmanager
    def refusing(self, student: str) -> Iterator[None]:
        """Whatever one hand-in does, it is refused with its reason and the others are graded."""
        try:
            yield
        except HandinRefused as refusal:
            self.refuse(student, refusal.remark)
        except Exception as fault:
            if stops_all(fault):
                raise
            _log.exception("the hand-in of %s could not be graded", student)
            self.refuse(student, HandinRemark("unreadable" if isinstance(fault, OSError) else "not_graded"))

    def _is_done(self, handin: Handin) -> bool:
        last = max(self.known.get(handin.student, ()), key=lambda each: each.attempt, default=None)
        autograded = self.desk.folder.step("autograded", handin.student, self.assignment)
        done = (
            last is not None
            and last.digest == handin.digest
            and last.state == "graded"
            and handin.student in self.scored
            and handin.student not in self.unjudged
            and autograded.is_dir()
        )
        if done and last is not None:
            self._note_seen(handin, last)
            self.report.skipped.append(handin.student)
            if last.rules != self.stamp:
                self.report.stale.append(handin.student)
        return done

    def _note_seen(self, handin: Handin, last: DeskSubmission) -> None:
        """What is as it was graded, whatever its files' times say, is not to be graded; nor is it refused any more."""
        looked_at = replace(last, seen=handin.seen)
        if looked_at != last or any(each.state == "refused" for each in self.known[handin.student]):
            self.desk.store.keep_submission(looked_at, [], [])

    def refuse(self, student: str, remark: HandinRemark) -> None:
        """Keep a refusal and its reason."""
        seen, student = self.seen[student], _readable(student)
        self.report.refused.append((student, remark))
        told = json.dumps([remark.code, dict(remark.params)], ensure_ascii=False, default=str)
        row = DeskSubmission(
            *(self.assignment, student, "refused", 0, None, now(), "refused", told, "[]", self.stamp), seen
        )
        self.desk.store.keep_submission(row, [], [])

    def save(self, handin: Handin, asked: Mapping[str, JudgingTask], judged: Mapping[str, StoredJudgement]) -> None:
        """Write one hand-in everywhere; the desk's own record comes last, so that an interrupted one is done again."""
        found = found_in(handin, asked, judged)
        self.report.faults |= {exercise for exercise, each in found.items() if each.outcome == "author_fault"}
        if lost := {exercise for exercise, each in found.items() if each.outcome == Outcome.UNJUDGED}:
            self.report.unjudged[handin.student] = lost
        part = self._part(handin)
        try:
            self._write_notebooks(part, handin, found)
        except Exception:
            shutil.rmtree(part, ignore_errors=True)
            raise
        before = self._write_scores(handin, found)
        _swap(part, self.desk.folder.step("autograded", handin.student, self.assignment))
        earlier = self.known.get(handin.student, ())
        moves = self._moves(handin, found, before)
        record(self.desk, self.assignment, handin, asked, found, self.stamp, earlier=earlier, moves=moves)
        self.report.graded.append(handin.student)
        if handin.remarks:
            self.report.put_right[handin.student] = handin.remarks

    def _part(self, handin: Handin) -> Path:
        target = self.desk.folder.step("autograded", handin.student, self.assignment)
        return target.with_name(f".{target.name}.part")

    def _write_notebooks(self, part: Path, handin: Handin, found: Mapping[str, StoredJudgement]) -> None:
        _remove(part)
        part.mkdir(parents=True)
        for name, restored in handin.restored.items():
            mark(restored.notebook, found, self.desk)
            text = json.dumps(restored.notebook, ensure_ascii=False, indent=1)
            (part / f"{name}.ipynb").write_text(text + "\n", encoding="utf-8")
        carry(handin.folder, part)
        for file in part.iterdir():
            file.chmod(0o444)

    def _write_scores(self, handin: Handin, found: Mapping[str, StoredJudgement]) -> dict[str, float | None]:
        scores = scores_of(handin, self.book.templates, found)
        return patiently(lambda: self.book.save(handin.student, handin.timestamp, scores))

    def _moves(
        self, handin: Handin, found: Mapping[str, StoredJudgement], before: Mapping[str, float | None]
    ) -> list[Move]:
        """The scores that differ from those the same hand-in had before."""
        if not any(each.digest == handin.digest for each in self.known.get(handin.student, ())):
            return []
        moves = [
            Move(now(), self.assignment, handin.student, exercise, before[f"grade-{exercise}"], each.score)
            for exercise, each in found.items()
            if f"grade-{exercise}" in before and before[f"grade-{exercise}"] != each.score
        ]
        self.report.moved += moves
        return moves


def _readable(name: str) -> str:
    """A folder's name as it can be told and kept: what is no character in it stands as its number."""
    return name.encode(errors="backslashreplace").decode()


def found_in(
    handin: Handin, asked: Mapping[str, JudgingTask], judged: Mapping[str, StoredJudgement]
) -> dict[str, StoredJudgement]:
    """The judgements by exercise; an answer left as it was released waits for nobody."""
    found = {exercise: judged[question.key] for exercise, question in asked.items()}
    left = {exercise for exercise, each in found.items() if each.score is None and exercise in handin.untouched}
    return {exercise: _unanswered(each) if exercise in left else each for exercise, each in found.items()}


def scores_of(handin: Handin, templates: Iterable[Template], found: Mapping[str, StoredJudgement]) -> dict[str, Scores]:
    """What nbgrader's SaveAutoGrades would find in the marked notebooks, by notebook."""
    return {each.name: _scores(each, handin.untouched, found) for each in templates if each.name in handin.restored}


def _scores(template: Template, unanswered: Collection[str], found: Mapping[str, StoredJudgement]) -> Scores:
    untouched = frozenset(cell.name for cell in template.cells if cell.exercise_id in unanswered)
    auto: dict[str, float | None] = {}
    for cell in template.cells:
        if cell.points is None:
            continue
        exercise = cell.name.partition("-")[2]
        if cell.solution:
            auto[cell.name] = 0.0 if cell.name in untouched else None
        else:
            auto[cell.name] = found[exercise].score if exercise in found else 0.0
    return Scores(auto, untouched)


def record(
    desk: MentorDesk,
    assignment: str,
    handin: Handin,
    asked: Mapping[str, JudgingTask],
    found: Mapping[str, StoredJudgement],
    stamp: str,
    *,
    earlier: Sequence[DeskSubmission],
    moves: Sequence[Move] = (),
) -> None:
    """Keep a graded hand-in in the desk's store, beside the learner's earlier ones."""
    at = now()
    same = next((each.attempt for each in earlier if each.digest == handin.digest), None)
    attempt = same or max((each.attempt for each in earlier), default=0) + 1
    when = handin.timestamp.isoformat() if handin.timestamp else None
    remarks = json.dumps([[each.code, dict(each.params)] for each in handin.remarks], ensure_ascii=False, default=str)
    submission = DeskSubmission(
        assignment, handin.student, handin.digest, attempt, when, at, "graded", None, remarks, stamp, handin.seen
    )
    kept = {name: _unanswered(each) if name in handin.untouched else each for name, each in found.items()}
    answers = [_answer(assignment, handin.student, attempt, asked[name], kept[name], when, at) for name in kept]
    desk.store.keep_submission(submission, answers, moves)


def _unanswered(judged: StoredJudgement) -> StoredJudgement:
    """What is kept of an answer left as it was released, whatever the judge says of the given query."""
    return replace(judged, outcome=Outcome.REFUSED.value, points=0.0, near_miss=None, code=None, fingerprint="")


def _answer(
    assignment: str, student: str, attempt: int, question: JudgingTask, kept: StoredJudgement, when: str | None, at: str
) -> DeskAnswer:
    return DeskAnswer(
        assignment,
        student,
        kept.exercise,
        attempt,
        question.answer,
        question.normal,
        kept.key,
        kept.outcome,
        kept.points,
        kept.possible,
        kept.near_miss,
        kept.code,
        kept.fingerprint,
        when,
        at,
    )


def rules_stamp(desk: MentorDesk, templates: Sequence[Template]) -> str:
    """The state of all rules that an assignment is graded by."""
    import hashlib

    digest = hashlib.sha256()
    for template in templates:
        for exercise_id in template.by_exercise:
            try:
                digest.update(
                    desk.rules.stamp(desk.folder.course.exercise(exercise_id).in_language(desk.folder.lang)).encode()
                )
            except KeyError:
                continue
    return digest.hexdigest()[:16]


def now() -> str:
    """This moment in UTC, as text."""
    return dt.datetime.now(dt.UTC).isoformat()


def _swap(part: Path, target: Path) -> None:
    """Put the new folder in the old one's place."""
    old = target.with_name(f".{target.name}.old")
    _remove(old)
    if target.exists():
        target.rename(old)
    part.rename(target)
    _remove(old)


def _remove(folder: Path) -> None:
    if not folder.exists():
        return
    for file in folder.rglob("*"):
        if not file.is_symlink():
            file.chmod(0o755 if file.is_dir() else 0o644)
    shutil.rmtree(folder)
