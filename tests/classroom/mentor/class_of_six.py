"""A class of six, two teams and one who is in none, with hand-ins at every stage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from cohort import IN_TIME, answered, hand_in, released, seeded

from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore, Try
from classroom.mentor.classpage.begin import begin
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.roster import Learner
from classroom.mentor.returning.workflow import release

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
ODD = "SELECT guest_id FROM guests"
"""An answer to L1-07 that no author foresaw."""
LEARNERS = (
    Learner("aoki", "葵", "青木", team="営業"),
    Learner("baba", "文", "馬場", team="営業"),
    Learner("chiba", "千夏", "千葉", team="企画"),
    Learner("doi", SCRIPT, "土井", team="企画"),
    Learner("endo", "円", "遠藤", team=""),
    Learner("fujii", "文也", "藤井"),
)


def worked(place: Path, now: datetime | None = None) -> None:
    """Three tries in vain the day before, and a question."""
    place.mkdir(parents=True, exist_ok=True)
    store, moment = ProgressStore(place / CARRIED), now or datetime.now(UTC)
    for number in range(3):
        store.record(
            Try("L1-05", moment - timedelta(days=1, minutes=3 - number), f"SELECT {number} AS n", "refuted", 0.0)
        )
    store.ask("L1-07", f"新しい順にしたい {SCRIPT}", "guests", "SELECT 1", "1", "10")


def class_of_six(root: Path, lang: str) -> MentorFolder:
    """Lesson 1: aoki all right and graded, baba and chiba with one unforeseen answer, doi stuck since yesterday, endo new, fujii with nothing."""
    folder = begin(seeded(root), lang, list(LEARNERS))
    release(folder, "L1", None, to_exchange=False)
    name, notebook = released(root, "L1")
    exercises = folder.course.lesson("L1").placed_exercises(lang)
    right = {each.id: each.solution for each in exercises}
    for student, answers in (("aoki", right), ("baba", {"L1-07": ODD}), ("chiba", {"L1-07": ODD})):
        hand_in(root, student, "L1", name, answered(notebook, answers), IN_TIME)
    grade_assignment(folder, "L1", workers=1)
    hand_in(root, "doi", "L1", name, answered(notebook, {"L1-01": right["L1-01"]}), IN_TIME)
    worked(root / "submitted" / "doi" / "L1")
    grade_assignment(folder, "L1", ["doi"], workers=1)
    hand_in(root, "endo", "L1", name, answered(notebook, right), IN_TIME)
    return folder
