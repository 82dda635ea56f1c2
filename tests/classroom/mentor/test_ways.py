"""Three learners and two mentors, each command a process of its own where there is a folder: hand in, grade, comment, give back, ask, answer."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

import pytest
from cohort import seeded

from classroom.cli import main
from classroom.folder import Folder
from classroom.learner.page.handing import class_of
from classroom.mentor.classpage.groups import comment_on
from classroom.mentor.classpage.questions import answer_question, read_questions
from classroom.mentor.classpage.rubric import compare_mentors, mark_answer
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.folder import MentorFolder
from classroom.messages import say
from classroom.notebook_names import notebook_name
from coursebook import compile_lesson

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Penguin = Callable[..., str]

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
LEARNERS = ("hanako", "taro", "jiro")


def apart(*arguments: str) -> str:
    """What a command says in a process of its own."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "classroom", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def here(*arguments: str) -> str:
    """The same in this process: one of its own takes a processor three seconds to start."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, said.getvalue()
    return said.getvalue()


def learners_folder(place: Path, lang: str, lesson: Any) -> Folder:
    """A folder as `penguin start` makes it, without the practice data."""
    folder = Folder(place)
    folder.hidden.mkdir(parents=True)
    folder.practice(lang).touch()
    (place / notebook_name(lesson, lang)).write_bytes(compile_lesson(lesson, lang, "learner"))
    return folder


def write(folder: Folder, answers: dict[str, str]) -> None:
    (path,) = folder.root.glob("03 *.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        marks = cell["metadata"].get("penguin", {})
        if marks.get("role") == "answer" and marks["exercise"] in answers:
            first = "".join(cell["source"]).split("\n", 1)[0]
            cell["source"] = f"{first}\n{answers[marks['exercise']]}"
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(("way", "lang"), [("folder", "ja"), ("file", "en")])
def test_a_week_of_three_learners_and_two_mentors(way: str, lang: str, tmp_path: Path) -> None:
    penguin = apart if way == "folder" else here
    root, share = tmp_path / "desk", tmp_path / "共有 share"
    share.mkdir()
    (tmp_path / "roster.csv").write_text("id,first_name\nhanako,Hana\ntaro,Taro\njiro,Jiro\n", encoding="utf-8")
    at = ["--dir", str(root)]
    more = ["--share", str(share)] if way == "folder" else []
    roster = ["--roster", str(tmp_path / "roster.csv"), "--zone", "Asia/Tokyo"]
    penguin("mentor", "init", str(seeded(root)), "--lang", lang, *roster, *more)
    assert "2099-01-31 23:59 (JST)" in penguin("mentor", "release", "L3", "--due", "2099-01-31", *at)
    penguin("mentor", "invite", "--each", *at)
    desk = MentorFolder(root)
    lesson = desk.course.lesson("L3")
    free = next(each.id for each in lesson.placed_exercises(lang) if each.rubric)
    asked = desk.course.exercise("L3-01").in_language(lang)

    folders = {}
    for name in LEARNERS:
        folders[name] = learners_folder(tmp_path / name, lang, lesson)
        from classroom.exchange.invitation import join, read_invitation

        join(folders[name].hidden, read_invitation(str(root / "invitations" / f"{name}.json")))
        write(folders[name], {"L3-01": asked.solution, free: f"{name}: PUU"} if name != "jiro" else {})
        said = penguin("hand-in", "L3", "--dir", str(folders[name].root))
        assert "L3" in said
        _carry(way, folders[name].root, desk.inbox)

    assert say("desk.collected", lang, count=3, what=say("desk.collected_of", lang, lesson="L3", count=3)) in penguin(
        "mentor", "collect", *at
    )
    assert say("desk.graded", lang, graded=3, questions=_questions(desk), skipped=0) in penguin(
        "mentor", "grade", "L3", *at
    )
    assert read_marks(desk, "L3", "hanako").exercises["L3-01"].points == asked.points
    criterion = desk.course.exercise(free).rubric.criteria[0].id  # type: ignore[union-attr]
    for mentor, points in (("sato", 1.0), ("tanaka", 2.0)):
        mark_answer(desk, "L3", free, "hanako", mentor, {criterion: points})
    assert [each.points for each in compare_mentors(desk, "L3", free)] == [{"sato": 1.0, "tanaka": 2.0}]
    comment_on(desk, "L3", "L3-01", ["hanako"], comment="よい書き方です / well written")
    penguin("mentor", "feedback", "L3", *at)

    _return(way, desk, folders, penguin)
    said = penguin("hand-in", "--dir", str(folders["hanako"].root))
    assert "よい書き方です" in said
    known = class_of(folders["hanako"])
    assert known is not None
    graded = known.now().lessons[2].graded
    assert graded is not None
    assert {each.exercise: each.points for each in graded.exercises}[
        free
    ] == 2.0  # 1.5 in the grade book; people read whole points
    assert "<html" in known.page_of("L3")

    _ask(folders["taro"], lang)
    penguin("hand-in", "--dir", str(folders["taro"].root))
    _carry(way, folders["taro"].root, desk.inbox)
    assert say("desk.questions_came", lang, count=1) in penguin("mentor", "collect", *at)
    (question,) = read_questions(desk, "L3", {})
    answer_question(desk, question, "DESC", "tanaka", in_faq=True)
    _return(way, desk, folders, penguin)
    assert "→ DESC" in penguin("hand-in", "--dir", str(folders["taro"].root))
    assert "FAQ L3-01 which way is newest? → DESC" in penguin("hand-in", "--dir", str(folders["jiro"].root))


def _questions(desk: MentorFolder) -> int:
    """How many different answers three learners gave: two alike and one of two texts, and what is as it was released."""
    from classroom.mentor.collecting.handin import read_handin
    from classroom.mentor.grading.desk import MentorDesk
    from classroom.mentor.grading.marked import questions_of
    from classroom.mentor.place.gradebook import AssignmentBook, open_gradebook

    with open_gradebook(desk) as gradebook:
        templates = AssignmentBook(gradebook, desk, "L3").templates
    made = MentorDesk(desk)
    handins = [read_handin(each, desk.step("submitted", each, "L3"), templates, desk.course) for each in LEARNERS]
    return len({each.key for handin in handins for each in questions_of(handin.answers, made).values()})


def _carry(way: str, learner: Path, inbox: Path) -> None:
    """By hand, somebody mails the newest file to the mentor, under a name that says nothing."""
    if way == "file":
        files = sorted(learner.glob("*/*.json"), key=lambda each: each.stat().st_mtime)
        shutil.copy(files[-1], inbox / f"添付 {len(list(inbox.iterdir()))} {learner.name[:1]}.dat")


def _return(way: str, desk: MentorFolder, folders: dict[str, Folder], penguin: Penguin) -> None:
    """By hand, the mentor mails each learner their file."""
    if way == "file":
        for name, folder in folders.items():
            penguin("hand-in", "--receive", str(desk.outbox / f"{name}.json"), "--dir", str(folder.root))


def _ask(folder: Folder, lang: str) -> None:
    from classroom.learner.panel.ask_view import show_ask
    from classroom.learner.state.desk import Desk

    before = os.getcwd()  # noqa: PTH109  (put back as it was)
    os.chdir(folder.root)
    try:
        show_ask(Desk(lang=lang, practice=folder.hidden / "none.duckdb"), "L3-01 which way is newest?")
    finally:
        os.chdir(before)
