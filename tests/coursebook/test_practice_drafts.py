"""Drills about drafts: each drawn one is what its template says, and what its author wrote is judged as such."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from coursebook import Outcome, load_course
from coursebook.answer_cell import words_of
from coursebook.edition import write_learners_edition
from coursebook.judging import judge_answer
from coursebook.kind import AnswerForm
from coursebook.kinds.drafts import DraftRecord
from coursebook.practice import draw_drill, drill_as_shown, load_library, shown_drill
from coursebook.practice.checks import TEMPLATE_CHECKS, try_out
from coursebook.practice.sample_data import sample_runs
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook.practice.draw import Drill, Run

COURSE, LIBRARY = load_course(), load_library()
ABOUT_DRAFTS = [each for each in LIBRARY.templates.values() if each.draft is not None]
_SEEDS = range(4)


@pytest.fixture(scope="module")
def runs() -> Iterator[dict[str, Run]]:
    with sample_runs() as running:
        yield running


class Here:
    """The judge in this process."""

    def __init__(self) -> None:
        self._judge = Judge()

    def grade(self, pack: Any, sql: str, **besides: Any) -> Any:
        del besides
        return self._judge.grade(pack, sql)


@pytest.fixture(scope="module")
def judge() -> Here:
    return Here()


def drawn(template_id: str, runs: dict[str, Run], lang: str) -> list[Drill]:
    template, path = LIBRARY.templates[template_id], LIBRARY.paths[template_id]
    found = (draw_drill(template, seed, runs[lang], COURSE.schema, path, lang) for seed in _SEEDS)
    return [each for each in found if each is not None]


def test_there_are_drills_of_both_kinds_over_many_skills_and_right_drafts_among_them() -> None:
    assert {each.kind.letter for each in ABOUT_DRAFTS} == {"K", "R"}
    assert len(ABOUT_DRAFTS) >= 20
    assert len({each.skill for each in ABOUT_DRAFTS}) >= 12
    assert sum(each.draft is not None and each.draft.right for each in ABOUT_DRAFTS) >= 3
    assert {each.after for each in ABOUT_DRAFTS} == {"L15"}


@pytest.mark.parametrize("template_id", [each.id for each in ABOUT_DRAFTS])
def test_what_its_author_wrote_is_judged_as_such_in_every_drill(
    template_id: str, runs: dict[str, Run], judge: Here
) -> None:
    drills = drawn(template_id, runs, "ja") + drawn(template_id, runs, "en")[:1]
    assert len(drills) >= 2
    for drill in drills:
        exercise = drill.exercise
        pack = build_pack(exercise.sqlgrade) if exercise.kind.answer is AnswerForm.ROWS else None
        (solution,) = exercise.solutions
        right = judge_answer(exercise, solution.text, judge, "ja", pack=pack)
        assert right.outcome is Outcome.ACCEPTED, (drill.id, right.sentences)
        for near_miss in exercise.near_misses:
            wrong = judge_answer(exercise, near_miss.text, judge, "en", pack=pack)
            assert wrong.outcome in (Outcome.REFUTED, Outcome.PARTLY), (drill.id, near_miss.stem, wrong.sentences)
            assert wrong.near_miss == near_miss.stem, (drill.id, near_miss.stem, wrong.near_miss)
        starter = judge_answer(exercise, exercise.starter, judge, "ja", pack=pack)
        assert starter.outcome is not Outcome.ACCEPTED


def test_a_draft_is_one_query_in_both_languages_and_stands_in_what_a_learner_sees(runs: dict[str, Run]) -> None:
    for template in ABOUT_DRAFTS:
        drill = drawn(template.id, runs, "ja")[0]
        drafts = drill.exercise.drafts
        assert words_of(drafts["ja"]) == words_of(drafts["en"])
        assert "{" not in drafts["ja"] + drill.exercise.truth
        shown = shown_drill(drill, "en")
        again = drill_as_shown(template, shown, COURSE.schema, LIBRARY.paths[template.id], "en").exercise
        assert again.drafts == {"en": drafts["en"]}
        assert not again.truth


def test_a_right_draft_that_is_wrong_on_the_data_gives_no_drill(runs: dict[str, Run]) -> None:
    template = LIBRARY.templates["07k"]
    assert template.draft is not None
    said_right = replace(template, draft=replace(template.draft, right=True))
    assert draw_drill(template, 1, runs["ja"], COURSE.schema) is not None
    assert draw_drill(said_right, 1, runs["ja"], COURSE.schema) is None


def test_a_slot_in_a_draft_counts_as_used_and_an_unknown_need_is_told(runs: dict[str, Run]) -> None:
    template, path = LIBRARY.templates["09k"], LIBRARY.paths["09k"]
    assert template.draft is not None
    odd = replace(template, draft=replace(template.draft, needs={"nobody": "SELECT 1"}))
    tried = try_out(odd, path, {"ja": runs["ja"]}, COURSE.schema)
    codes = {problem.code for check in TEMPLATE_CHECKS for problem in check(tried)}
    assert "draft_need" in codes
    assert "slot_unused" not in codes


def test_the_learners_edition_holds_neither_draft_nor_truth_of_a_template(tmp_path: Path) -> None:
    write_learners_edition(COURSE, tmp_path / "edition")
    mine = load_library(tmp_path / "edition")
    assert not mine.problems
    for template in ABOUT_DRAFTS:
        assert mine.templates[template.id].draft is None
        assert mine.templates[template.id].after == "L15"


def test_a_drill_hands_its_needs_over_with_its_slots_filled(runs: dict[str, Run]) -> None:
    record = drawn("09k", runs, "ja")[0].exercise.record.table(DraftRecord)
    assert record is not None
    assert record.asks_result
    assert all("{" not in query for query in record.needs.values())


@pytest.mark.parametrize(
    ("template_id", "old", "new", "words"),
    [
        ("10k", "{mid} 12:00', '2025-12-31 12:00'", "2024-11-12 12:00', '2025-12-31 12:00'", "休業日"),
        ("10k", "'{mid} 12:00', '2025-12-31 12:00')", "'2030-01-01 12:00', '2030-01-02 12:00')", "営業日カレンダー"),
        ("22k", "(1, NULL, 1, 1,", "(1, 5, 2, 1,", "同じ人"),
    ],
)
def test_a_broken_promise_is_told_in_words(
    template_id: str, old: str, new: str, words: str, runs: dict[str, Run], judge: Here
) -> None:
    drill = drawn(template_id, runs, "ja")[0]
    mid = next((found[0] for found in re.findall(r"'(20\d\d-\d\d-\d\d) (12|19):00'", drill.exercise.starter)), "")
    assert old.replace("{mid}", mid) in drill.exercise.starter
    rows = drill.exercise.starter.replace(old.replace("{mid}", mid), new).replace("___", "1")
    if template_id == "22k":
        talk = f"INSERT INTO talks (talk_id, guest_id, cast_id, opened_at_utc) VALUES (5, 1, 1, '{mid} 03:00');"
        rows = rows.replace(
            "INSERT INTO appointments", f"INSERT INTO guests (guest_id) VALUES (2);\n{talk}\nINSERT INTO appointments"
        )
    judgement = judge_answer(drill.exercise, rows, judge, "ja", pack=build_pack(drill.exercise.sqlgrade))
    assert judgement.outcome is Outcome.INVALID
    assert words in judgement.sentences[0]
    assert "SELECT" not in judgement.sentences[0]


@pytest.mark.parametrize("template_id", [each.id for each in ABOUT_DRAFTS if each.draft and each.draft.witness])
def test_whatever_the_practice_data_has_is_a_witness_and_nothing_else_is(
    template_id: str, runs: dict[str, Run], judge: Here
) -> None:
    several = 0
    for drill in drawn(template_id, runs, "ja") + drawn(template_id, runs, "en")[:1]:
        record = drill.exercise.record.table(DraftRecord)
        assert record is not None
        (solution,) = drill.exercise.solutions
        head, _, named = solution.text.rstrip().rstrip(";").rpartition(", ")
        assert named == f"{record.witnesses[0]} AS witness"
        for each in {record.witnesses[-1], *record.witnesses[1:4]}:
            right = judge_answer(drill.exercise, f"{head}, {each} AS witness", judge, "ja")
            assert right.outcome is Outcome.ACCEPTED, (drill.id, each)
            several += each != record.witnesses[0]
        nobody = max(map(int, record.witnesses)) + 1
        while str(nobody) in record.witnesses:
            nobody += 1
        wrong = judge_answer(drill.exercise, f"{head}, {nobody} AS witness", judge, "ja")
        assert [each.right for each in wrong.marks] == [True, True, False]
        misled = judge_answer(
            drill.exercise, f"SELECT 'a' AS verdict, 'a' AS mistake, {record.witnesses[-1]} AS witness", judge, "ja"
        )
        assert [each.right for each in misled.marks] == [False, False, True]
    assert several
