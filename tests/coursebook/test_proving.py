"""The sample course before the real judge."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sqlgrade
from coursebook import Course, Outcome, judge_answer, proving
from coursebook.checks import EXERCISE_CHECKS
from coursebook.checks.examined import examine
from coursebook.checks.mutants_explained import reasons_current
from coursebook.packs import pack_of
from coursebook.proving import Proof, prove
from coursebook.report import report_page, report_row
from sqlgrade.mutate import SchemaColumns, mutate

Spoil = Callable[[Callable[[Path], None]], Course]
WRITE = Path("exercises/02-tokyo-newest")


@pytest.fixture(scope="module")
def grader() -> Iterator[sqlgrade.Grader]:
    with sqlgrade.Grader(workers=1) as started:
        yield started


def codes(course: Course, exercise_id: str, grader: sqlgrade.Grader) -> list[str]:
    examined = examine(course.exercise(exercise_id), grader)
    return [problem.code for check in EXERCISE_CHECKS for problem in check(examined)]


@pytest.mark.parametrize("exercise_id", ["L1-01", "L1-02", "L1-03", "L1-04", "L1-05", "L1-06", "L1-07"])
def test_every_kind_of_the_sample_course_is_proved(sample: Course, exercise_id: str, grader: sqlgrade.Grader) -> None:
    assert codes(sample, exercise_id, grader) == []


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("solution.sql", "near-misses/no-test-filter.sql", "near_miss_accepted"),
        ("solution.sql", "starter.sql", "starter_accepted"),
        ("near-misses/oldest-first.sql", "also-right/in-and-false.sql", "right_not_accepted"),
        ("near-misses/no-test-filter.sql", "near-misses/oldest-first.sql", "near_miss_not_told"),
    ],
)
def test_files_that_say_the_wrong_thing_are_told(
    spoil: Spoil, grader: sqlgrade.Grader, source: str, target: str, code: str
) -> None:
    def copy(lesson: Path) -> None:
        shutil.copy(lesson / WRITE / source, lesson / WRITE / target)

    course = spoil(copy)
    assert code in codes(course, "L1-02", grader)


def test_a_reason_for_a_change_that_the_solution_no_longer_has_is_told_at_its_line(
    sample: Course, spoil: Spoil, grader: sqlgrade.Grader
) -> None:
    pack = pack_of(sample.exercise("L1-02"))
    mutants = mutate(pack.solutions[0].plan.sql, SchemaColumns.of(pack.schema), lambda _: True).mutants
    reasons = f'\n[alive."{mutants[0].edit}"]\nreason = "so be it"\n\n[alive."{mutants[0].id}"]\nreason = "of old"\n'

    def write(lesson: Path) -> None:
        with (lesson / WRITE / "exercise.toml").open("a", encoding="utf-8") as file:
            file.write(reasons)

    found = list(reasons_current(examine(spoil(write).exercise("L1-02"), grader)))
    assert [(each.code, each.params) for each in found] == [("alive_unknown", {"id": mutants[0].id})]
    assert found[0].line > 20


def test_every_near_miss_gets_its_own_hint_in_both_languages(sample: Course, grader: sqlgrade.Grader) -> None:
    exercise = sample.exercise("L1-02")
    for near_miss in exercise.near_misses:
        for lang in ("ja", "en"):
            judgement = judge_answer(exercise, near_miss.text, grader, lang)
            assert judgement.outcome is not Outcome.ACCEPTED
            assert judgement.hint == exercise.hint(near_miss.stem, lang)


def test_the_report_counts_near_misses_and_right_answers(sample: Course, grader: sqlgrade.Grader) -> None:
    row = report_row(examine(sample.exercise("L1-02"), grader))
    assert row.cells()[:6] == ("L1-02", "W", "5", "E20 E23 E14 E04", "4/4", "2/2")


def test_the_report_page_names_near_misses_and_totals_a_lesson(sample: Course, grader: sqlgrade.Grader) -> None:
    examined = [examine(sample.exercise(each), grader) for each in ("L1-01", "L1-02")]
    page = report_page(examined, "en").splitlines()
    exercise, total = page[-2:]
    assert "no-test-filter E20" in exercise
    assert total.startswith("| L1: 2 |")


def test_a_right_answer_that_is_refused_is_not_publishable(sample: Course, grader: sqlgrade.Grader) -> None:
    seen = examine(sample.exercise("L1-02"), grader)
    near_miss = seen.exercise.near_misses[0].path
    spoiled = replace(seen, judgements=dict.fromkeys(seen.judgements, seen.judgements[near_miss]))
    assert report_row(seen).publishable
    assert not report_row(spoiled).publishable


def test_one_exercise_can_be_proved_alone(sample: Course) -> None:
    proof = prove(sample, exercise="L1-02")
    assert [each.exercise.id for each in proof.examined] == ["L1-02"]
    assert proof.problems == ()


def test_a_proof_says_how_far_it_is(sample: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "_check_exercise", lambda *_: (None, []))  # what is found is not asked here
    monkeypatch.setattr(proving, "build_packs", lambda each, _, __, told: told(len(list(each)), 9))
    heard: list[tuple[str, int, int]] = []
    prove(sample, lesson="L1", told=lambda *far: heard.append(far))
    count = sum(1 for each in sample.lesson("L1").exercises for _ in each.variants)
    assert heard == [("data", count, 9), *(("exercises", number, count) for number in range(1, count + 1))]


def said_by(proof: Proof) -> list[object]:
    """All that a proof says, without the time that it took."""
    (examined,) = proof.examined
    verdicts = {path: each.verdict for path, each in examined.judgements.items()}
    verdicts |= {Path(str(number)): each.verdict for number, each in enumerate(examined.variations)}
    told = [(path, each and replace(each, ms={}).to_json()) for path, each in verdicts.items()]
    judged = [replace(each, verdict=None) for each in examined.judgements.values()]
    return [proof.problems, told, judged]


def test_what_is_remembered_and_a_cold_run_say_the_same(
    sample: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged, asked = sqlgrade.Grader._judged, []

    def noted(grader: sqlgrade.Grader, question: Any) -> Any:
        asked.append(question)
        return judged(grader, question)

    monkeypatch.setattr(sqlgrade.Grader, "_judged", noted)
    said, counts = [], []
    for folder in (tmp_path / "first", tmp_path / "first", tmp_path / "forgotten"):
        folder.mkdir(exist_ok=True)
        monkeypatch.setattr(proving, "cache_folder", lambda place=folder: place)
        said.append(said_by(prove(sample, exercise="L1-02")))
        counts.append(len(asked))
    assert said[0] == said[1] == said[2]
    assert (counts[0], counts[1], counts[2]) == (counts[0], counts[0], 2 * counts[0])
    assert counts[0] > 5
