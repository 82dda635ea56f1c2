from __future__ import annotations

from dataclasses import replace

import pytest

from coursebook import load_course
from coursebook.compile import answer_source, exercise_cells, solution_source
from coursebook.format import Bilingual
from coursebook.judging import judge_answer
from coursebook.kinds import write
from coursebook.packs import pack_of
from coursebook.practice import Slot, TemplateRecord, Wrong, draw_drill
from coursebook.wording import Wording
from sqlgrade.verdict import Counterexample, SmallTable, Status, Verdict

EN = Wording({"東京都": "Tokyo", "不明": "unknown"}, {"東京%": "Tok%"})


@pytest.mark.parametrize(
    ("authored", "worded"),
    [
        ("WHERE p = '東京都' AND q", "WHERE p = 'Tokyo' AND q"),
        ("WHERE p IN ('東京都','大阪府')", "WHERE p IN ('Tokyo','大阪府')"),
        ('WHERE p = "東京都"', 'WHERE p = "Tokyo"'),
        ("WHERE p = ‘東京都’", "WHERE p = ‘Tokyo’"),
        ("WHERE p = ＇東京都＇", "WHERE p = ＇Tokyo＇"),
        ("WHERE p = 東京都", "WHERE p = Tokyo"),
        ("WHERE p NOT LIKE '東京%'", "WHERE p NOT LIKE 'Tok%'"),
        ("WHERE p LIKE '東京都'", "WHERE p LIKE 'Tokyo'"),
        ("SELECT '東京%'", "SELECT '東京%'"),
        ("SELECT '東京都港区', 1 -- '東京都'\n, '東京都'", "SELECT '東京都港区', 1 -- '東京都'\n, 'Tokyo'"),
        ("SELECT COALESCE(___, '不明') FROM", "SELECT COALESCE(___, 'unknown') FROM"),
        ("SELECT '東京都", "SELECT 'Tokyo"),
    ],
)
def test_whole_literals_are_worded_and_nothing_else(authored: str, worded: str) -> None:
    assert EN.sql(authored) == worded


@pytest.mark.parametrize(
    ("authored", "worded"),
    [("東京都", "Tokyo"), ("東京都12", "Tokyo12"), ("社内1", "Staff 1"), ("京都1", "京都1"), (7, 7)],
)
def test_a_value_is_worded_with_the_number_that_a_filling_puts_behind_it(authored: object, worded: object) -> None:
    assert Wording({**EN.words, "社内1": "Staff 1"}).value(authored) == worded


def test_an_exercise_with_words_of_the_data_is_served_in_both_languages() -> None:
    exercise = load_course().exercise("L1-07")
    english = exercise.in_language("en")
    assert "prefecture = '東京都'" in exercise.solution
    assert "prefecture = 'Tokyo'" in english.solution
    assert all(
        "東京都" not in text for text in (*english.sqlgrade.databases, *map(str, english.sqlgrade.pools.values()))
    )
    assert "Tokyo" in solution_source(english, "en")
    assert english.in_language("en") is english


def test_an_exercise_without_such_words_is_one_for_both_languages() -> None:
    exercise = load_course().exercise("L1-05")
    assert exercise.variants == (exercise,)
    assert exercise.in_language("en").sqlgrade.fingerprint() == exercise.sqlgrade.fingerprint()


def test_notebooks_hold_the_query_in_their_own_language() -> None:
    exercise = load_course().exercise("L1-04")
    cells = {lang: list(exercise_cells(exercise, lang, "learner"))[1].source for lang in ("ja", "en")}
    assert "‘大阪府’" in cells["ja"]
    assert "‘Osaka’" in cells["en"]
    assert cells["ja"] == answer_source(exercise, "ja")


class _Judge:
    def grade(self, pack: object, sql: str, **_: object) -> Verdict:
        assert pack is not None
        assert sql
        guests = SmallTable(("guest_id", "prefecture"), ("INTEGER", "VARCHAR"), ((1, "東京都"), (2, None)))
        return Verdict(Status.REFUTED, counterexample=Counterexample({"guests": guests}, guests, None, 2))


def test_a_counterexample_of_a_shared_pack_is_shown_in_the_learners_words() -> None:
    exercise = load_course().exercise("L1-05")
    shown = {
        lang: judge_answer(exercise, "SELECT 1", _Judge(), lang, pack=object()).verdict.counterexample  # type: ignore[union-attr]
        for lang in ("ja", "en")
    }
    assert [each.tables["guests"].rows[0][1] for each in shown.values() if each] == ["東京都", "Tokyo"]


def test_a_right_answer_in_english_is_accepted_and_the_japanese_value_is_not() -> None:
    import sqlgrade

    exercise = load_course().exercise("L1-07")
    english = exercise.in_language("en")
    with sqlgrade.Grader(workers=1) as grader:
        right = judge_answer(exercise, english.solution, grader, "en")
        wrong = judge_answer(exercise, exercise.solution, grader, "en", pack=pack_of(english))
    assert (right.outcome, wrong.outcome) == ("accepted", "refuted")


def _template() -> TemplateRecord:
    text = Bilingual("{p}のゲスト", "Guests of {p}")
    wrong = Wrong("all", "SELECT 1 AS n, p FROM t ORDER BY 2", text)
    return TemplateRecord(
        id="99a", skill="S01", kind=write.KIND, title=text, prompt=text, idea=text, success=text, explanation=text,
        solution="SELECT p FROM t WHERE p = '{p}'", wrong=(wrong, replace(wrong, name="none", sql="SELECT NULL")),
        slots={"p": Slot(values=("東京都",))},
    )  # fmt: skip


@pytest.mark.parametrize(("lang", "value"), [("ja", "東京都"), ("en", "Tokyo")])
def test_drills_are_drawn_in_the_language_of_the_data(lang: str, value: str) -> None:
    asked: list[str] = []

    def run(sql: str) -> list[tuple[object, ...]]:
        asked.append(sql)
        return [(value,)] if value in sql else []

    drill = draw_drill(_template(), 1, run, load_course().schema, lang=lang)
    assert drill is not None
    assert drill.exercise.solution == f"SELECT p FROM t WHERE p = '{value}'"
    assert drill.exercise.text[lang].prompt in (f"{value}のゲスト", f"Guests of {value}")
    assert asked
