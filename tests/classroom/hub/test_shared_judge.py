"""The judge that all learners of a hub share says what a kernel's own judge would say, and outlives being killed."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.hub_line import HubLine
from classroom.exchange.judge_line import JudgeLine, JudgeRequest, NoJudge
from classroom.learner.kernel.execute import run_cell
from classroom.learner.panel.help_panel import show_next_hint, show_offer
from classroom.learner.panel.offers import show_shape
from classroom.learner.panel.simpler import FillIn, Pieces
from classroom.learner.panel.simpler_view import simpler_form
from classroom.learner.practice.today import asked_values, values_of
from classroom.learner.state.cases import case_of
from classroom.learner.state.desk import Desk
from classroom.session.verdict.card import verdict_card
from coursebook import Outcome, load_course
from coursebook.answer_cell import AnswerCell, recognise
from coursebook.practice.vague import load_questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from service_alone import Service


def _cell(source: str) -> AnswerCell:
    cell = recognise(source)
    assert cell is not None
    return cell


RIGHT = "-- 解答 L1-02\nSELECT guest_id, registered_at_utc FROM guests ORDER BY guest_id LIMIT 5"
WRONG = "-- 解答 L1-02\nSELECT guest_id, verified_at_utc FROM guests ORDER BY guest_id LIMIT 5"
ANSWERS = {
    "right": RIGHT,
    "wrong": WRONG,
    "does not run": "-- 解答 L1-02\nSELECT guest_id registered_at_utc, FROM gests",
    "unwritten": "-- 解答 L1-02\n",
    "a prediction": "-- 解答 L1-01\nSELECT 3 AS n_columns, 3 AS n_rows",
    "a drill": "-- 練習 P01a-1\nSELECT cast_id FROM casts",
    "with figures": "-- 解答 L3-05\nSELECT count(*) AS n FROM guests",
    "in BigQuery's dialect": RIGHT.replace("\n", "\n-- dialect: bigquery\n").replace("guests", "`company.shop.guests`"),
    "not in BigQuery's dialect": "-- 解答 L1-02\n-- dialect: bigquery\nSELECT strftime(registered_at_utc, '%Y') FROM guests",
}


@pytest.fixture(scope="module")
def alone(practice: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk that judges for itself, on the whole course and on data of its own: one process opens a file once."""
    own = tmp_path_factory.mktemp("alone") / practice.name
    shutil.copyfile(practice, own)
    desk = Desk(lang="ja", practice=own)
    yield desk
    desk.close()


def card(desk: Desk, source: str) -> str:
    judgement = desk.marker.mark(_cell(source))
    return str(verdict_card(case_of(judgement, source, desk), hints=True).data["text/html"])


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_the_card_is_the_one_that_the_kernels_own_judge_gives(
    answer: str, seat: Callable[..., Desk], alone: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = card(seat(), answer)
    monkeypatch.delenv("PENGUIN_COURSE")
    assert shared == card(alone, answer)


def test_a_learners_edition_tells_the_solution_after_the_hints_and_not_before(seat: Callable[..., Desk]) -> None:
    desk = seat("token-learner01")
    solution = load_course(None).exercise("L1-02").solution
    assert desk.marker.exercise("L1-02").solution == ""
    with pytest.raises(NoJudge):
        desk.line.ask("reveal", JudgeRequest("ja", "L1-02"))
    run_cell(desk, WRONG, lambda _: None)
    early = show_offer(desk, "solution", "L1-02").data["text/plain"]
    assert "手前のヒントを開いてから" in early
    assert solution not in early
    climbed = [show_next_hint(desk, "L1-02").data["text/plain"] for _ in range(4)]
    assert solution not in "".join(climbed[:-1])
    assert desk.marker.exercise("L1-02").solution == solution
    assert solution in climbed[-1]
    assert solution in show_offer(desk, "solution", "L1-02").data["text/plain"]


def test_what_was_opened_of_one_exercise_opens_no_other_that_bears_its_number_elsewhere(service: Service) -> None:
    """L6-08 of the first numbering is L6-10 now; the one that is L6-08 now was L6-09."""
    line = JudgeLine(HubLine(service.address, "token-learner03"))
    text = "SELECT 1 AS n"
    for edition, exercise in ((0, "L6-08"), (None, "L6-10")):
        line.ask("judge", JudgeRequest("ja", exercise, edition, text))
    for hint in ("idea", "place"):
        line.ask("hint", JudgeRequest("ja", "L6-08", 0, text, hint=hint))
    now = line.ask("reveal", JudgeRequest("ja", "L6-08", None, text))
    assert {"answer", "idea"} <= set(now["lacks"])
    assert not {"idea", "place"} & set(line.ask("reveal", JudgeRequest("ja", "L6-10", None, text)).get("lacks", ()))


def test_the_simpler_form_and_the_shape_come_without_the_solution(seat: Callable[..., Desk]) -> None:
    desk = seat("token-learner02")
    for wrong in (WRONG, "-- 解答 L1-02\nSELECT 1"):  # with blanks; with lines to be put in order
        run_cell(desk, wrong, lambda _: None)
        for hint in ("idea", "place"):
            desk.marker.climb(desk.marker.exercise("L1-02"), hint)
        form = simpler_form(desk.cases["L1-02"], desk)
        assert isinstance(form, FillIn if wrong is WRONG else Pieces)
        assert {*form.blanks} == {""} if isinstance(form, FillIn) else {*form.lines} == {""}
    assert "registered_at_utc" in show_shape(desk.cases["L1-02"], desk).data["text/plain"]
    assert desk.marker.exercise("L1-02").solutions == ()


def test_the_judge_says_which_words_of_the_simpler_form_are_wrong(seat: Callable[..., Desk]) -> None:
    desk = seat("token-learner03")
    run_cell(desk, WRONG, lambda _: None)
    for _ in range(3):
        show_next_hint(desk, "L1-02")
    case = desk.cases["L1-02"]
    form = simpler_form(case, desk)
    assert isinstance(form, FillIn)
    assert form.text().count("___[") == len(form.blanks) == 1
    for words, wrong in (["verified_at_utc"], [1]), (["registered_at_utc"], []):
        assert desk.marker.help_from_judge("simpler", case.exercise, tuple(words)) == {"wrong": wrong}
    with pytest.raises(NoJudge):  # as many words as there are blanks
        desk.marker.help_from_judge("simpler", case.exercise, ("a", "b", "c"))


def test_whoever_is_right_gets_what_is_said_of_a_right_answer(seat: Callable[..., Desk]) -> None:
    desk = seat()
    assert desk.marker.mark(_cell(RIGHT)).outcome is Outcome.ACCEPTED
    told = desk.marker.exercise("L1-02").text["ja"]
    whole = load_course(None).exercise("L1-02").text["ja"]
    assert (told.success, told.explanation) == (whole.success, whole.explanation)
    assert whole.success


def test_a_drill_is_drawn_by_the_judge_and_is_the_same_one(seat: Callable[..., Desk], alone: Desk) -> None:
    own, shared = alone.drills.draw("02a", 3), seat().drills.draw("02a", 3)
    assert own
    assert shared
    assert own.id == shared.id
    assert own.exercise.text["ja"].prompt == shared.exercise.text["ja"].prompt
    assert (shared.exercise.solution, shared.exercise.near_misses) == ("", ())


def test_the_question_of_the_day_has_the_same_numbers(seat: Callable[..., Desk], alone: Desk) -> None:
    desk = seat()
    whole = load_questions(load_course(None).root)[0]
    sealed = load_questions(desk.marker.course.root)[0]
    assert {each.sql for each in sealed.readings} == {""}
    assert asked_values(sealed, desk.line, "ja") == values_of(whole, alone.session)


@pytest.mark.parametrize(
    ("token", "lang", "said"), [("nobody", "ja", "サインイン"), ("token-outsider", "en", "sign-in")]
)
def test_whoever_the_hub_does_not_know_or_let_in_is_told_so_and_not_judged(
    token: str, lang: str, said: str, seat: Callable[..., Desk]
) -> None:
    shown = card(seat(token, lang), RIGHT.replace("解答", "Answer") if lang == "en" else RIGHT)
    assert 'data-penguin-outcome="unjudged"' in shown
    assert said in shown


def test_a_judge_that_is_away_is_told_in_plain_words(seat: Callable[..., Desk]) -> None:
    desk = seat()
    desk.line = JudgeLine(HubLine("http://127.0.0.1:9", "token-learner00"), patience=0.1)
    assert "採点サーバーから返事がありません" in card(desk, RIGHT)


def test_stop_gives_up_waiting_for_a_judge_that_is_away(seat: Callable[..., Desk]) -> None:
    from classroom.learner.state.marking import Stopped

    desk = seat()
    desk.line = JudgeLine(HubLine("http://127.0.0.1:9", "token-learner00"), patience=600)
    with ThreadPoolExecutor(1) as pool:
        marking = pool.submit(desk.marker.mark, _cell(RIGHT))
        while not marking.done():
            desk.stop()
        with pytest.raises(Stopped):
            marking.result()


def test_thirty_answers_outlive_a_judge_that_is_killed_under_them(service: Service, seat: Callable[..., Desk]) -> None:
    from service_alone import LEARNERS, wait_until

    seat().marker.mark(_cell(RIGHT))  # it is there, and its packs too
    question = [
        JudgeRequest("ja", "L1-02", text=f"{(WRONG, RIGHT)[at % 2]} -- {at % 6}") for at in range(len(LEARNERS))
    ]
    lines = [JudgeLine(HubLine(service.address, f"token-{name}")) for name in LEARNERS]
    with ThreadPoolExecutor(len(lines)) as pool:
        asked = [pool.submit(line.ask, "judge", each) for line, each in zip(lines, question, strict=True)]
        wait_until(lambda: any(each.done() for each in asked))
        service.kill()
        service.start()
        outcomes = [each.result()["judgement"]["outcome"] for each in asked]
    assert outcomes == [("refuted", "accepted")[at % 2] for at in range(len(LEARNERS))]


def test_what_is_no_question_is_refused(service: Service) -> None:
    line = JudgeLine(HubLine(service.address, "token-learner00"))
    for question in (JudgeRequest("xx", "L1-02"), JudgeRequest("ja", "L99-01"), JudgeRequest("ja", "P99z-1")):
        with pytest.raises(NoJudge):
            line.ask("judge", question)
