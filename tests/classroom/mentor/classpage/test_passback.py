"""What is given back reaches the learning platform's grade book once, whatever the platform does, and no secret is shown."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from grade_platform import CLIENT, TOKEN, GradePlatform, grade_platform
from road import Learner, shared
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.exchange.launches import ENDPOINT_CLAIM, Launch, launch_in, note_launch
from classroom.mentor.classpage.timetable import run_once
from classroom.mentor.classpage.today import today
from classroom.mentor.classpage.whole import WholeClass
from classroom.mentor.notices.channels import ServersAnswer
from classroom.mentor.passback.deliver import deliver_scores
from classroom.mentor.passback.key import make_key, public_key
from classroom.mentor.passback.score_store import STORE, scores_of
from classroom.mentor.passback.settings import FILE, KEY_FILE, read_platform
from classroom.mentor.place.copies import COPIES, try_to_keep_copies
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner as Listed
from classroom.mentor.place.roster import enrol
from classroom.mentor.returning.send import send_feedback, told_feedback
from classroom.points import out_of_full

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from urllib.request import Request

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


def minutes(count: float) -> dt.datetime:
    return dt.datetime.now(dt.UTC) + dt.timedelta(minutes=count)


@pytest.fixture
def lms() -> Iterator[GradePlatform]:
    with grade_platform() as made:
        yield made


@pytest.fixture(scope="module")
def returned_root(graded_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class with its hand-ins given back; hanako's came by a shared folder."""
    place = tmp_path_factory.mktemp("returned")
    shutil.copytree(graded_root, place / "course")
    made = shared(MentorFolder(place / "course"), place / "share")
    with open_gradebook(made) as gradebook:
        enrol(gradebook, [Listed("hanako", "花子", "山田")])
    Learner.at(place / "hanako", made, "hanako").hand_in({"L1-01": made.course.exercise("L1-01").solution})
    run_once(made)
    return made.root


@pytest.fixture
def given_back(returned_root: Path, tmp_path: Path, lms: GradePlatform) -> MentorFolder:
    """The desk is registered with the platform, from which hanako has come."""
    shutil.copytree(returned_root, tmp_path / "course")
    desk = MentorFolder(tmp_path / "course")
    set_platform(desk, lms)
    note_launch(desk.desk / "launches.json", "hanako", Launch("7", lms.line_items))
    return desk


def set_platform(desk: MentorFolder, lms: GradePlatform) -> None:
    text = f'client_id = "{CLIENT}"\ntoken_url = "{lms.token_url}"\nlaunches = "launches.json"\n'
    (desk.desk / FILE).write_text(text, encoding="utf-8")
    make_key(desk)
    lms.public_key = public_key(desk)


def given_anew(desk: MentorFolder, points: float) -> None:
    """The same page with other points."""
    send_feedback(desk, replace(told_feedback(desk, "L1")["hanako"], points=points))


def test_nothing_is_kept_or_sent_where_nothing_is_set(given_back: MentorFolder, lms: GradePlatform) -> None:
    (given_back.desk / FILE).unlink()
    deliver_scores(given_back)
    assert not (given_back.desk / STORE).exists()
    assert lms.asked == []


def test_a_lesson_that_is_back_is_a_column_and_a_score_there_and_is_sent_once(
    given_back: MentorFolder, lms: GradePlatform
) -> None:
    told = told_feedback(given_back, "L1")["hanako"]
    for _ in range(3):
        deliver_scores(given_back)
    (column,), (score,) = lms.columns.values(), lms.scores.values()
    assert (column["resourceId"], column["scoreMaximum"]) == (f"{given_back.course_id}/L1", 100)
    assert column["label"].startswith("L1 ")
    assert score["scoreGiven"] == pytest.approx(100 * told.points / told.possible, abs=0.01)
    assert (score["activityProgress"], score["gradingProgress"], "comment" in score) == (
        "Completed",
        "FullyGraded",
        False,
    )
    assert len(lms.posts) == 1
    # of the twelve others, who did not come from there, nothing goes
    assert {who for _, who in lms.scores} == {"7"}


def test_other_points_replace_the_score_and_the_same_do_not_also_by_a_clock_that_was_set_back(
    given_back: MentorFolder, lms: GradePlatform
) -> None:
    deliver_scores(given_back)
    given_anew(given_back, 20.0)
    deliver_scores(given_back, minutes(-600))
    deliver_scores(given_back, minutes(1))
    (first, second) = lms.posts
    assert first != second
    (column,) = lms.columns
    assert lms.scores[column, "7"]["scoreGiven"] == float(second.split()[1])
    assert scores_of(given_back).waiting() == ()


@pytest.mark.parametrize(
    ("where", "answers"),
    [
        ("scores", [500, 503]),
        ("scores", [429]),
        ("scores", ["gone"]),  # it was kept, and no answer came
        ("scores", ["gone", "gone"]),
        ("scores", [404]),  # the column was deleted
        ("token", [500, "gone"]),
        ("token", [401]),
        ("columns", [503]),
        ("new", ["gone"]),  # it was made, and no answer came
        ("new", [403]),
        ("scores", [307]),
    ],
)
def test_a_platform_that_is_not_well_has_each_score_once_in_the_end(
    given_back: MentorFolder,
    lms: GradePlatform,
    caplog: pytest.LogCaptureFixture,
    where: str,
    answers: list[int | str],
) -> None:
    lms.answers[where] = list(answers)
    for number in range(len(answers)):
        deliver_scores(given_back, minutes(1000 * number))
        assert len(scores_of(given_back).waiting()) == 1
    for number in (2, 3):
        deliver_scores(given_back, minutes(10_000 * number))
    assert scores_of(given_back).waiting() == ()
    assert (len(lms.columns), len(lms.posts)) == (1, 1)
    assert "/elsewhere" not in lms.asked
    assert TOKEN not in caplog.text


def test_a_sender_that_was_killed_after_sending_sends_nothing_twice(
    given_back: MentorFolder, lms: GradePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("classroom.mentor.passback.score_store.ScoreStore.note_sent", _killed)
        with pytest.raises(KeyboardInterrupt):
            deliver_scores(given_back)
    deliver_scores(given_back, minutes(1))
    assert scores_of(given_back).waiting() == ()
    assert len(lms.posts) == 1


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_two_send_at_once_goes_once(given_back: MentorFolder, lms: GradePlatform) -> None:
    together = [threading.Thread(target=deliver_scores, args=(given_back,)) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert (len(lms.columns), len(lms.posts)) == (1, 1)


def test_a_later_score_of_somebody_elses_is_not_written_over_and_the_mentor_is_told(
    given_back: MentorFolder, lms: GradePlatform
) -> None:
    lms.answers["scores"] = [409, 409, 409]
    for number in range(3):
        deliver_scores(given_back, minutes(1000 * number))
    assert lms.posts == []
    assert len(scores_of(given_back).waiting()) == 1
    said = CliRunner().invoke(app, ["lti", "--dir", str(given_back.root)]).output
    assert "hanako L1: 学習管理システムが得点を受け取りません（HTTP 409）" in said


def test_whom_the_platform_does_not_know_is_on_today_and_keeps_nobody_else_back(
    given_back: MentorFolder, lms: GradePlatform
) -> None:
    lms.people = {"8"}
    note_launch(given_back.desk / "launches.json", "hanako", Launch("7", lms.line_items))
    note_launch(given_back.desk / "launches.json", "learner03", Launch("8", lms.line_items))
    deliver_scores(given_back)
    assert [each.split()[0] for each in lms.posts] == ["8"]
    (line,) = [each for each in today(WholeClass(given_back)) if each.kind == "scores"]
    (waiting,) = line.details
    assert (line.leads, waiting.student, waiting.lesson) == ("waiting", "hanako", "L1")
    assert "HTTP 404" in waiting.text
    lms.people = {"7", "8"}
    assert CliRunner().invoke(app, ["lti", "--dir", str(given_back.root), "--send"]).exit_code == 0
    assert len(lms.posts) == 2
    assert not [each for each in today(WholeClass(given_back)) if each.kind == "scores"]


def test_nobodys_token_or_score_goes_to_an_address_off_the_platform(
    given_back: MentorFolder, lms: GradePlatform
) -> None:
    with grade_platform() as other:
        lms.columns[1] = {
            "resourceId": f"{given_back.course_id}/L1",
            "id": f"{other.address}/course/5/lineitems/1?type_id=1",
        }
        deliver_scores(given_back)
        assert other.asked == []
    assert [column for column, _ in lms.scores] == [2], "in a column of its own instead"
    given_anew(given_back, 20.0)
    note_launch(given_back.desk / "launches.json", "hanako", Launch("7", "http://elsewhere.example/lineitems"))
    deliver_scores(given_back, minutes(1000))
    assert len(lms.posts) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://lms.example.com\r\nX-Evil: 1/lineitems",
        "https:///lineitems",
        "https://[::1/lineitems",
    ],
)
def test_an_address_of_a_launch_that_is_none_of_a_platforms_is_never_asked(
    given_back: MentorFolder, lms: GradePlatform, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    note_launch(given_back.desk / "launches.json", "hanako", Launch("7", address))
    asked: list[object] = []
    monkeypatch.setattr("classroom.mentor.passback.grade_book.ask", lambda *what: asked.append(what))
    deliver_scores(given_back)
    assert asked == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"access_token": "a\\r\\nX-Evil: 1"}',
        b'{"access_token": ["a"]}',
        b"[" * 100_000,
        b"NaN",
        b"\xff\xfe",
        b'{"access_token": ""}',
    ],
)
def test_a_platform_that_answers_nonsense_gets_no_score_and_stops_nothing(
    given_back: MentorFolder, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    answer = ServersAnswer(body, "")
    monkeypatch.setattr("classroom.mentor.passback.grade_book.ask", lambda *_: answer)
    deliver_scores(given_back)
    (score,) = scores_of(given_back).waiting()
    assert score.fault == "token"


def test_a_list_of_columns_without_an_end_has_one(given_back: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    def around(asked_for: Request, most: int = 0) -> ServersAnswer:
        del most
        asked.append(asked_for.full_url)
        if asked_for.full_url.endswith("/token"):
            return ServersAnswer(b'{"access_token": "a"}', "")
        here = asked_for.full_url.partition("/course")[0]
        return ServersAnswer(b"[]", f'<{here}/course/5/lineitems?page={len(asked)}>; rel="next"')

    monkeypatch.setattr("classroom.mentor.passback.grade_book.ask", around)
    deliver_scores(given_back)
    assert len(asked) < 30
    assert len(scores_of(given_back).waiting()) == 1


@pytest.mark.parametrize(
    "claim",
    [None, "https://lms.example.com", {"lineitems": 3}, {"lineitems": "https://" + "x" * 2_000}, {"lineitems": ""}],
)
def test_of_a_launch_that_says_no_address_nothing_is_kept(claim: object) -> None:
    assert launch_in({"sub": "7", ENDPOINT_CLAIM: claim}) is None


def test_a_file_of_launches_that_is_something_else_is_told_and_not_written_over(given_back: MentorFolder) -> None:
    place = given_back.desk / "launches.json"
    for text in ("[]", '{"hanako": 3}', "{", '{"hanako": {"subject": ["7"], "line_items": "https://a.example"}}'):
        place.write_text(text, encoding="utf-8")
        with pytest.raises(DeskFault):
            deliver_scores(given_back)
        with pytest.raises(ValueError, match=r"launches|Launch|JSON|Expecting"):
            note_launch(place, "taro", Launch("8", "https://a.example"))
        assert place.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("points", "given"), [(1e308, 100.0), (-5.0, 0.0), (2 / 3, 6.667)])
def test_no_score_is_beyond_its_bounds(points: float, given: float) -> None:
    assert out_of_full(points, 10.0) == given


def test_the_key_is_shown_to_nobody_and_lies_in_no_copy(given_back: MentorFolder, lms: GradePlatform) -> None:
    private = (given_back.desk / KEY_FILE).read_text(encoding="ascii")
    assert (given_back.desk / KEY_FILE).stat().st_mode & 0o077 == 0
    said = CliRunner().invoke(app, ["lti", "--dir", str(given_back.root), "--key"]).output
    assert "BEGIN PUBLIC KEY" in said
    assert "PRIVATE" not in said
    assert (given_back.desk / KEY_FILE).read_text(encoding="ascii") == private, "a second time it stays as it is"
    try_to_keep_copies(given_back)
    secret = private.splitlines()[3].encode()
    assert not any(secret in each.read_bytes() for each in (given_back.desk / COPIES).rglob("*") if each.is_file())
    (given_back.desk / KEY_FILE).chmod(0o644)
    with pytest.raises(DeskFault) as fault:
        deliver_scores(given_back)
    assert fault.value.code == "lti.open_key"
    (line,) = [each for each in today(WholeClass(given_back)) if each.kind == "scores"]
    assert KEY_FILE in line.details[0].text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("client_id", "lti.unreadable"),
        ('client_id = "a"\nlaunches = "b"\ntoken_url = "http://lms.example.com/token"', "lti.value"),
        ('client_id = "a"\nlaunches = "b"\ntoken_url = "file:///etc/passwd"', "lti.value"),
        ('client_id = "a"\nlaunches = 3\ntoken_url = "https://lms.example.com/token"', "lti.value"),
        ('launches = "b"\ntoken_url = "https://lms.example.com/token"', "lti.value"),
    ],
)
def test_settings_that_lack_something_are_named(desk: MentorFolder, text: str, code: str) -> None:
    (desk.desk / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DeskFault) as fault:
        read_platform(desk)
    assert fault.value.code == code
    said = CliRunner().invoke(app, ["lti", "--dir", str(desk.root)])
    assert (said.exit_code, FILE in said.output) == (2, True)
