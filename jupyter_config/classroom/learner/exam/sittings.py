"""What a learner has written in level tests: one file beside the progress, each paper with the chain of its log."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.exam import ExamSheet  # noqa: TC001  (read at run time by `decoded`)
from classroom.exchange.exam_paper import ExamPaper  # noqa: TC001  (read at run time by `decoded`)
from classroom.exchange.moments import told_moment
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.exchange.records import Standing

_log = logging.getLogger(__name__)
FILE = "exam.json"
"""In the learner's hidden folder."""


@dataclass(frozen=True)
class JudgedTask:
    """What an answer of a practice test was worth."""

    number: int
    skill: str
    points: float
    possible: float


@dataclass(frozen=True)
class ExamSitting:
    """One paper with what was written on it."""

    paper: ExamPaper
    sheet: ExamSheet
    drafts: dict[str, str] = field(default_factory=dict)
    """By a task's number: what was typed and stands in no entry of the log yet."""
    drills: tuple[str, ...] = ()
    """Of a practice test: the drills' ids, in the tasks' order."""
    judged: tuple[JudgedTask, ...] = ()
    """Of a practice test that is over."""

    @property
    def is_practice(self) -> bool:
        """Whether it counts for nothing."""
        return bool(self.drills)

    def text(self, number: int) -> str:
        """What stands in a task's field: what was typed last, else the query that is to be mended, or a comment and a line to write on."""
        starter = next((each.starter for each in self.paper.tasks if each.number == number), "")
        if starter.rpartition("\n")[2].startswith("--"):  # what is typed behind it would be a comment as well
            starter += "\n"
        return self.drafts.get(str(number), self.sheet.answers().get(number, starter))


class Sittings:
    """Reads and writes the file; what can't be read any more is set aside, and nothing is written over it."""

    def __init__(self, hidden: Path) -> None:
        self._path, self._lock = hidden / FILE, threading.Lock()

    def all(self) -> dict[str, ExamSitting]:
        """By their papers' keys, in the order in which they were begun."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return {each.paper.key: each for each in (decoded(ExamSitting, one) for one in kept)}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError):
            _log.exception("%s can't be read and is set aside", self._path)
            self._path.replace(self._path.with_suffix(".damaged"))
            return {}

    def begin(self, sitting: ExamSitting) -> ExamSitting:
        """Begin one, unless it was begun."""
        with self._lock:
            known = self.all()
            if sitting.paper.key not in known:
                self._write({**known, sitting.paper.key: sitting})
            return known.get(sitting.paper.key, sitting)

    def change(self, key: str, change: Callable[[ExamSitting], ExamSitting]) -> ExamSitting:
        """Write one anew; raises KeyError if it was not begun."""
        with self._lock:
            known = self.all()
            made = change(known[key])
            self._write({**known, key: made})
            return made

    def keep_draft(self, key: str, number: int, text: str) -> ExamSitting:
        """Keep what is being typed."""
        return self.change(key, lambda one: replace(one, drafts={**one.drafts, str(number): text}))

    def _write(self, sittings: dict[str, ExamSitting]) -> None:
        text = json.dumps([asdict(each) for each in sittings.values()], ensure_ascii=False)
        write_whole(self._path, text.encode("utf-8", "backslashreplace"))


def open_exams(hidden: Path, standing: Standing | None) -> tuple[int, str]:
    """How many level tests a learner can take now, those handed in left out, and when the first of them ends (empty without one)."""
    now, ended = datetime.now(UTC), {key for key, each in Sittings(hidden).all().items() if each.sheet.is_ended}
    papers = [each for each in (standing.exams if standing else ()) if each.key not in ended]
    closing = [(moment, each.closes) for each in papers if (moment := told_moment(each.closes)) and moment > now]
    return len(closing), min(closing, default=(now, ""))[1]
