"""Between three learners and two mentors through the hub's service, which is a process of its own and may be killed."""

from __future__ import annotations

import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from road import Learner

from classroom.exchange.hub_line import SERVICE_VARIABLE, TOKEN_VARIABLE, HubLine
from classroom.exchange.invitation import BY_HUB
from classroom.exchange.over_hub import HubForLearner, ask, classes
from classroom.exchange.transport import Unreachable
from classroom.hub.climbed import EARLY, NAME, RAN, SOLUTION, Climbed
from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.collecting.collect import collect
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.invitations import invitation_for
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.send import give_back, tell_class

sys.path.insert(0, str(Path(__file__).parents[1] / "hub"))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from service_alone import Service

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")


@dataclass
class OnHub(Learner):
    """A learner in a room of the hub."""

    line: HubLine | None = None

    @property
    def end(self) -> HubForLearner:
        return HubForLearner(self.line, self.member.invitation.course)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def service(place: Path) -> Iterator[Service]:
    from service_alone import running_service

    learners = ("hanako", "taro", "jiro", "sato", "yamada")
    with running_service(place, place / "no-data", learners) as running:
        running.arguments = ("--exchange", str(place / "exchange"), "--mentors", "sato yamada")
        running.kill()
        running.start()
        yield running


@pytest.fixture
def at_desk(desk: MentorFolder, service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], MentorFolder]:
    """The class's folder, with a mentor of the hub before it."""
    lines = [each for each in desk.settings_path.read_text("utf-8").splitlines() if not each.startswith("share")]
    desk.settings_path.write_text("\n".join(["hub = true", *lines, ""]), encoding="utf-8")

    def sits(name: str) -> MentorFolder:
        monkeypatch.setenv(SERVICE_VARIABLE, service.address)
        monkeypatch.setenv(TOKEN_VARIABLE, f"token-{name}")
        return MentorFolder(desk.root)

    wait_for(service)
    tell_class(sits("sato"))
    return sits


def wait_for(service: Service) -> None:
    from service_alone import wait_until

    def answers() -> bool:
        try:
            classes(HubLine(service.address, "token-sato"))
        except Unreachable:
            return False
        return True

    wait_until(answers)


@pytest.fixture
def seated(at_desk: Callable[[str], MentorFolder], service: Service, tmp_path: Path) -> Callable[[str], OnHub]:
    def sits(name: str) -> OnHub:
        plain = Learner.at(tmp_path / name, at_desk("sato"), name)
        line = HubLine(service.address, f"token-{name}")
        return OnHub(plain.hidden, plain.member, plain.notebook, line=line)

    return sits


def test_a_week_of_three_learners_and_two_mentors(
    at_desk: Callable[[str], MentorFolder], seated: Callable[[str], OnHub]
) -> None:
    desk = at_desk("sato")
    assert invitation_for(desk).way == BY_HUB
    learners = [seated(name) for name in ("hanako", "taro", "jiro")]
    right = {"L1-01": desk.course.exercise("L1-01").solution}
    receipts = [each.hand_in(right if n else {}) for n, each in enumerate(learners)]
    learners[1].ask("which way is newest?")
    found = collect(at_desk("sato"))
    assert sorted(each.code for each in found.taken) == sorted(each.code for each in receipts)
    assert (found.questions, found.closed, found.troubles) == (1, "", [])
    assert collect(at_desk("yamada")).taken == []
    grade_assignment(desk, "L1")
    make_feedback(desk, "L1")
    assert sorted(give_back(at_desk("yamada"), "L1").sent) == ["hanako", "jiro", "taro"]
    came = [each.fetch().post.feedback[0] for each in learners]
    assert [each.learner for each in came] == ["hanako", "taro", "jiro"]
    assert [each.points for each in came] == [0.0, 10.0, 10.0]


def test_a_hand_in_waits_while_the_service_is_dead_and_arrives_once(
    at_desk: Callable[[str], MentorFolder], seated: Callable[[str], OnHub], service: Service
) -> None:
    desk, hanako = at_desk("sato"), seated("hanako")
    first, second = hanako.keep({"L1-01": "one"}), hanako.keep({"L1-01": "two"})
    sent = hanako.end

    class DiesAfterOne:
        def submit(self, name: str, sealed: bytes) -> None:
            sent.submit(name, sealed)
            service.kill()  # it has the letter; the learner's side does not know yet
            sent.submit(name, sealed)

        ask = progress = submit

    with pytest.raises(Unreachable):
        hanako.outbox.send(DiesAfterOne())  # type: ignore[arg-type]
    assert [each.sent for each in hanako.outbox.receipts()] == [False, False]
    assert collect(desk).closed == "JupyterHub"
    service.start()
    wait_for(service)
    assert hanako.outbox.send(hanako.end) == 2
    codes = sorted([first.code, second.code])
    assert sorted(each.code for each in collect(desk).taken if each.code in codes) == codes


def test_a_hand_in_waits_while_the_services_folder_takes_nothing_and_arrives_once(
    at_desk: Callable[[str], MentorFolder], seated: Callable[[str], OnHub], place: Path
) -> None:
    desk, jiro = at_desk("sato"), seated("jiro")
    (own,) = {each.parent for each in place.glob("exchange/*/from")}
    own.joinpath("from").rename(own / "kept")
    own.joinpath("from").touch()  # as a full or broken disk does, it takes no file
    code = jiro.keep({"L1-01": "mine"}).code
    with pytest.raises(Unreachable):
        jiro.outbox.send(jiro.end)
    assert [each.sent for each in jiro.outbox.receipts()] == [False]
    own.joinpath("from").unlink()
    own.joinpath("kept").rename(own / "from")
    assert jiro.outbox.send(jiro.end) == 1
    assert [each.code for each in collect(desk).taken if each.code == code] == [code]


def test_nobody_hands_in_for_another_and_nobody_reads_what_is_anothers(
    at_desk: Callable[[str], MentorFolder], seated: Callable[[str], OnHub]
) -> None:
    desk, taro = at_desk("sato"), seated("taro")
    with pytest.raises(Unreachable, match="403"):
        taro.claiming("hanako").hand_in({"L1-01": "in her name"})
    line, course = taro.line, desk.course_id
    assert line is not None
    for act, name in (("lying", ""), ("file", "xhanako/a.json"), ("progress-files", "hanako"), ("release", "")):
        with pytest.raises(Unreachable, match="403"):
            ask(line, course, act, name=name)
    with pytest.raises(Unreachable, match="403"):
        ask(line, course, "submit", b"{}", name="../../hanako/a")


def test_a_mentor_reads_no_file_outside_of_the_class(
    at_desk: Callable[[str], MentorFolder], service: Service, place: Path
) -> None:
    desk = at_desk("sato")
    (place / "exchange" / "secret.json").touch(mode=0o600)
    for name in ("../../secret.json", "..", "a/../../../secret.json", "/etc/passwd"):
        with pytest.raises(Unreachable, match="403"):
            ask(HubLine(service.address, "token-sato"), desk.course_id, "file", name=name)


def test_what_the_service_keeps_is_its_own_accounts_alone(seated: Callable[[str], OnHub], place: Path) -> None:
    seated("jiro").hand_in({"L1-01": "mine"})
    kept = list((place / "exchange").rglob("*"))
    assert len(kept) > 2
    assert [each for each in kept if each.stat().st_mode & 0o077] == []


def test_without_a_token_nothing_is_told(service: Service) -> None:
    asked = urllib.request.Request(f"{service.address}/class/classes", data=b"", method="POST")  # noqa: S310  (our own service)
    with pytest.raises(OSError, match="403"):
        urllib.request.urlopen(asked)  # noqa: S310


def test_a_solution_that_was_asked_for_or_opened_early_is_told_to_the_mentors(
    at_desk: Callable[[str], MentorFolder], service: Service, place: Path
) -> None:
    service.kill()
    climbed = Climbed(place / "exchange" / NAME)
    for exercise, answers in {"L1-02": 1, "L1-03": 4}.items():
        for _ in range(answers):
            climbed.count_answer("taro", exercise, ran=True)
        climbed.take_down("taro", exercise, SOLUTION)
    climbed.take_down("jiro", "L1-03", EARLY)
    climbed.close()
    service.start()
    wait_for(service)
    waiting = needs_attention(at_desk("sato"), "L1", {})
    said = {each.student: each.text for each in waiting if each.kind is Kind.OPENED}
    assert said.keys() == {"taro", "jiro"}
    assert "L1-02" in said["taro"]
    assert "渡していません" in said["jiro"]
    with pytest.raises(Unreachable, match="403"):
        ask(HubLine(service.address, "token-taro"), at_desk("sato").course_id, "opened")


def test_the_service_counts_answers_and_takes_each_step_down_once(tmp_path: Path) -> None:
    climbed = Climbed(tmp_path / NAME)
    for _ in range(2):
        climbed.count_answer("taro", "L1-02", ran=True)
        climbed.take_down("taro", "L1-02", SOLUTION)
    climbed.take_down("hanako", "L1-02", SOLUTION)
    again = Climbed(tmp_path / NAME)
    assert [(each.learner, each.exercise, each.answers, each.told) for each in again.all()] == [
        ("taro", "L1-02", 1, True),
        ("hanako", "L1-02", 0, True),
    ]
    assert again.steps("taro", "L1-02") == {RAN, SOLUTION}
    assert again.steps("taro", "L1-03") == again.steps("jiro", "L1-02") == frozenset()
    climbed.close()
    again.close()


def test_a_damaged_file_of_steps_is_put_aside_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database" * 500)
    climbed = Climbed(tmp_path / NAME)
    climbed.count_answer("taro", "L1-02", ran=True)
    assert climbed.steps("taro", "L1-02") == {RAN}
    climbed.close()
    assert len(list(tmp_path.glob("climbed-damaged-*.sqlite"))) == 1


def test_no_number_of_drills_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.hub.climbed.MOST_EXERCISES", 4)
    climbed = Climbed(tmp_path / NAME)
    for seed in range(9):
        climbed.count_answer("taro", f"P01a-{seed}", ran=True)
    assert [bool(climbed.steps("taro", f"P01a-{seed}")) for seed in (0, 1, 8)] == [True, True, False]
    climbed.close()
