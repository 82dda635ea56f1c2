"""Kinds that need no judge, and what the coursebook adds to a verdict."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from coursebook import Course, Judgement, Outcome, judge_answer
from coursebook.answer_cell import words_of
from sqlgrade.pack.contents import KnownMistake
from sqlgrade.tables.result import RunError
from sqlgrade.verdict import (
    Counterexample,
    Credit,
    Finding,
    Level,
    Reason,
    Remark,
    SmallTable,
    SqlError,
    Status,
    Verdict,
)


@dataclass
class FixedJudge:
    """A judge that says what it is told to, and remembers what it was asked."""

    verdict: Verdict
    asked: list[str] = field(default_factory=list)

    def grade(self, pack: Any, sql: str, *, dialect: str = "duckdb") -> Verdict:  # noqa: ARG002  (the judge's signature)
        self.asked.append(sql)
        return self.verdict


ACCEPTED = FixedJudge(Verdict(Status.ACCEPTED))
REFUTED = FixedJudge(Verdict(Status.REFUTED, credit=Credit(4.0)))
NOBODY = FixedJudge(Verdict(Status.AUTHOR_FAULT))


def judge(course: Course, exercise: str, text: str, grader: FixedJudge = NOBODY, lang: str = "en") -> Judgement:
    return judge_answer(course.exercise(exercise), text, grader, lang, pack=object())


def test_a_right_prediction_earns_all_points_with_or_without_its_first_line(sample: Course) -> None:
    for text in ("SELECT 6 AS a, 4 AS b, 4.25 AS c", "-- 解答 L1-01\nSELECT 6 AS a, 4 AS b, 4.25 AS c;"):
        judgement = judge(sample, "L1-01", text)
        assert (judgement.outcome, judgement.points) == (Outcome.ACCEPTED, 10)


def test_each_column_of_a_prediction_is_marked_by_itself(sample: Course) -> None:
    judgement = judge(sample, "L1-01", "SELECT 6 AS a, 6 AS b, 4.25 AS c")
    assert [mark.right for mark in judgement.marks] == [True, False, True]
    assert judgement.outcome is Outcome.PARTLY
    assert judgement.points == pytest.approx(20 / 3, abs=1e-3)


def test_several_wrong_beliefs_are_told_at_once(sample: Course) -> None:
    judgement = judge(sample, "L1-01", "SELECT 6 AS a, 6 AS b, 2.833333 AS c")
    assert {each.stem for each in judgement.recognised} == {"nulls-are-counted", "null-is-zero"}


def test_columns_are_found_by_name_and_else_by_position(sample: Course) -> None:
    for text in ("SELECT 4.25 AS c, 6 AS a, 4 AS b", "SELECT 6, 4, 4.25"):
        assert judge(sample, "L1-01", text).outcome is Outcome.ACCEPTED


def test_a_missing_column_is_wrong_and_the_others_count(sample: Course) -> None:
    judgement = judge(sample, "L1-01", "SELECT 6 AS a")
    assert [mark.right for mark in judgement.marks] == [True, False, False]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "nothing_written"),
        ("-- a, b, c\n", "nothing_written"),
        ("SELECT 6 AS a, ___ AS b, ___ AS c", "blanks_left"),
        ("SELECT COUNT(*) AS a FROM guests", "prediction_reads_table"),
        ("SELECT (SELECT 6) AS a, 4 AS b, 1 AS c", "prediction_reads_table"),
        ("FROM guests", "prediction_reads_table"),
        ("SELECT count(*) AS a", "prediction_not_literal"),
        ("SELECT getenv('HOME') AS a", "prediction_not_literal"),
        ("SELECT CASE WHEN true THEN 6 END AS a", "prediction_not_literal"),
        ("6, 4, 4.25", "prediction_no_select"),
        ("a, 4", "prediction_no_select"),
        ("six, four", "prediction_unreadable"),
        ("I think it is six", "prediction_unreadable"),
        ("SELECT 1 AS a; SELECT 2 AS b", "prediction_unreadable"),
    ],
)
def test_what_is_no_prediction_is_refused_with_a_note_and_not_marked(sample: Course, text: str, code: str) -> None:
    judgement = judge(sample, "L1-01", text)
    assert judgement.outcome is Outcome.REFUSED
    assert [message.code for message in judgement.messages] == [code]
    assert judgement.sentences[0]


@pytest.mark.parametrize("letter", ["'b'", "'B'", "'ｂ'", "' b) '"])
def test_a_decision_may_be_written_in_any_width_and_case(sample: Course, letter: str) -> None:
    assert judge(sample, "L1-05", f"SELECT 'a' AS guests, {letter} AS talks").outcome is Outcome.ACCEPTED


def test_a_decision_without_quotes_is_told_to_use_them(sample: Course) -> None:
    judgement = judge(sample, "L1-05", "SELECT a AS guests, b AS talks")
    assert judgement.messages[0].code == "prediction_unquoted"


def test_a_wrong_decision_gets_its_authored_hint_in_the_learners_language(sample: Course) -> None:
    judgement = judge(sample, "L1-05", "SELECT 'a' AS guests, 'a' AS talks", lang="ja")
    assert judgement.near_miss == "talk-is-a-guest"
    assert judgement.hint.startswith("同じゲストが")


def test_blanks_are_counted_before_the_judge_is_asked(sample: Course) -> None:
    grader = FixedJudge(Verdict(Status.ACCEPTED))
    judgement = judge(sample, "L1-04", "SELECT guest_id FROM guests ORDER BY ___ ___ LIMIT ___", grader)
    assert (judgement.messages[0].code, judgement.messages[0].params["count"]) == ("blanks_left", 3)
    assert grader.asked == []


def test_the_judge_is_asked_without_first_line_and_chart(sample: Course) -> None:
    grader = FixedJudge(Verdict(Status.ACCEPTED))
    text = "-- Answer L1-02\nSELECT 1 AS a\n%chart bar x=a y=a"
    judgement = judge(sample, "L1-02", text, grader)
    assert grader.asked == ["SELECT 1 AS a"]
    assert text[judgement.offset :].startswith("SELECT 1 AS a")


def test_a_query_handed_in_as_it_was_given_earns_neither_points_nor_praise(sample: Course) -> None:
    given = sample.exercise("L1-03").starter
    praised = replace(REFUTED.verdict, good=(Remark("rows_agree", {"count": 3}),))
    texts = (f"{given.lower()} LIMIT 3", f"-- mine\n\n{given}\n;")
    changed, unchanged = (judge(sample, "L1-03", text, FixedJudge(praised)) for text in texts)
    assert (changed.points, changed.verdict) == (4.0, praised)
    assert (unchanged.points, unchanged.verdict) == (0.0, REFUTED.verdict)


def test_a_recognised_near_miss_brings_its_hint_and_credit(sample: Course) -> None:
    found = Finding(Level.CERTAIN, "E20", "WHERE", near_miss="no-test-filter")
    grader = FixedJudge(Verdict(Status.REFUTED, findings=(found,), credit=Credit(6.0)))
    judgement = judge(sample, "L1-02", "SELECT guest_id FROM guests WHERE TRUE", grader)
    assert (judgement.outcome, judgement.points) == (Outcome.REFUTED, 6.0)
    assert judgement.hint.startswith("A test account is in your result.")


@pytest.mark.parametrize(("condition", "said"), [("prefecture LIKE 'Tokyo'", True), ("prefecture = 'tokyo'", False)])
def test_a_hint_on_a_construct_is_for_answers_that_have_it(sample: Course, condition: str, said: bool) -> None:
    found = Finding(Level.CERTAIN, "E22", "WHERE", near_miss="like-without-wildcard", mistake="value_unknown")
    grader = FixedJudge(Verdict(Status.REFUTED, findings=(found,), credit=Credit(6.0)))
    judgement = judge(sample, "L1-02", f"SELECT guest_id FROM guests WHERE {condition}", grader)
    assert bool(judgement.recognised) is said
    assert judgement.verdict is not None
    assert [each.mistake for each in judgement.verdict.findings] == ["value_unknown"]


@dataclass
class JudgeOfOrders:
    """Shows the same two rows for every wrong order; the share of right databases is the answer's alone."""

    share: float
    near_miss: float = 0.5

    def grade(self, pack: Any, sql: str, *, dialect: str = "duckdb") -> Verdict:  # noqa: ARG002  (the judge's signature)
        rows = SmallTable(("guest_id",), ("INTEGER",), ((2,), (1,)))
        shown = Counterexample({"guests": rows}, rows, rows, total_rows=2)
        share = self.share if "LIMIT 9" in sql else self.near_miss
        return Verdict(Status.REFUTED, counterexample=shown, credit=Credit(4.0, share))


@pytest.mark.parametrize(("share", "near_miss"), [(0.5, "oldest-first"), (0.25, None)])
def test_an_order_is_a_near_miss_only_if_it_is_right_as_often(
    sample: Course, share: float, near_miss: str | None
) -> None:
    text = "SELECT guest_id FROM guests ORDER BY guest_id LIMIT 9"
    judgement = judge_answer(sample.exercise("L1-02"), text, JudgeOfOrders(share), "en", pack=object())
    assert judgement.near_miss == near_miss


def test_an_order_without_rows_to_show_is_no_near_miss(sample: Course) -> None:
    assert judge(sample, "L1-02", "SELECT guest_id FROM guests ORDER BY guest_id LIMIT 9", REFUTED).near_miss is None


def test_lines_in_a_wrong_order_are_told_the_first_that_departs(sample: Course) -> None:
    text = "SELECT guest_id, COUNT(*) AS talk_count\n  FROM talks\nHAVING COUNT(*) >= 3\nGROUP BY guest_id"
    judgement = judge(sample, "L1-06", text, REFUTED)
    (message,) = judgement.messages
    assert (message.code, message.params["number"]) == ("line_departs", 3)


def test_lines_typed_freely_get_no_word_about_order(sample: Course) -> None:
    assert judge(sample, "L1-06", "SELECT guest_id FROM talks", REFUTED).messages == ()


QUERY = "SELECT 1 AS business_hour, 2 AS talks"


@pytest.mark.parametrize(
    ("line", "outcome", "points", "code"),
    [
        ("%chart bar x=business_hour y=talks", Outcome.ACCEPTED, 10, "chart_right"),
        ("%chart line x=business_hour y=talks", Outcome.ACCEPTED, 10, "chart_also_right"),
        ("%chart pie x=business_hour y=talks", Outcome.PARTLY, 5, "chart_kind"),
        ("%chart bar x=talks y=business_hour", Outcome.PARTLY, 5, "chart_axis"),
        ("%chart donut x=business_hour y=talks", Outcome.PARTLY, 5, "chart_unknown"),
        ("", Outcome.PARTLY, 5, "chart_missing"),
    ],
)
def test_the_chart_is_half_of_the_points(sample: Course, line: str, outcome: Outcome, points: float, code: str) -> None:
    judgement = judge(sample, "L1-07", f"{QUERY}\n{line}", ACCEPTED)
    assert (judgement.outcome, judgement.points) == (outcome, points)
    assert code in [message.code for message in judgement.messages]


def test_axes_may_go_by_the_learners_own_column_names(sample: Course) -> None:
    judgement = judge(sample, "L1-07", "SELECT 1 AS h, 2 AS n\n%chart bar x=h y=n", ACCEPTED)
    assert judgement.outcome is Outcome.ACCEPTED


def test_a_wrong_chart_gets_its_authored_hint(sample: Course) -> None:
    judgement = judge(sample, "L1-07", f"{QUERY}\n%chart pie x=business_hour y=talks", ACCEPTED)
    assert judgement.near_miss == "pie"


def test_a_wrong_query_is_told_before_its_chart(sample: Course) -> None:
    judgement = judge(sample, "L1-07", f"{QUERY}\n%chart pie x=business_hour y=talks", REFUTED)
    assert (judgement.outcome, judgement.points) == (Outcome.REFUTED, 2.0)
    assert judgement.recognised == ()


def test_free_form_waits_for_a_mentor(sample: Course) -> None:
    judgement = judge(sample, "L1-08", "### 結論\n…")
    assert (judgement.outcome, judgement.points) == (Outcome.FOR_MENTOR, 0)


@dataclass(frozen=True)
class KnownPack:
    """As much of a pack as says which near misses do not run."""

    near_misses: tuple[KnownMistake, ...]


@pytest.mark.parametrize(
    ("message", "code", "near_miss"),
    [
        ('Referenced column "東京都" not found', "E04", "double-quotes"),
        ('Referenced column "大阪府" not found', "E04", "double-quotes"),
        ('Referenced column "guest" not found', "E01", None),
    ],
)
def test_an_answer_that_does_not_run_gets_the_hint_of_the_near_miss_that_fails_alike(
    sample: Course, message: str, code: str, near_miss: str | None
) -> None:
    error = SqlError("bind", f"{message}\nLINE 1: …", code=code)
    grader = FixedJudge(Verdict(Status.INVALID, Reason.DOES_NOT_RUN, error=error))
    failed = RunError("bind", 'Referenced column "東京都" not found')
    pack = KnownPack((KnownMistake("double-quotes", "", "E04", None, authored=True, outcomes=(failed,)),))
    judgement = judge_answer(sample.exercise("L1-02"), "SELECT 1", grader, "en", pack=pack)
    assert (judgement.outcome, judgement.near_miss) == (Outcome.INVALID, near_miss)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_an_answer_of_any_kind_that_is_too_long_is_read_by_nobody(sample: Course, lang: str) -> None:
    text = f"SELECT {', '.join(map(str, range(50_000)))}"
    for exercise in (each for lesson in sample.lessons for each in lesson.exercises):
        judge_of_it = FixedJudge(Verdict(Status.ACCEPTED))
        judgement = judge(sample, exercise.id, text, judge_of_it, lang)
        assert (judgement.outcome, judgement.points, judge_of_it.asked) == (Outcome.INVALID, 0, [])
        assert f"{len(text):,}" in judgement.sentences[0]


def test_the_first_line_of_a_cell_does_not_count_for_its_length(sample: Course) -> None:
    text = f"SELECT 6 AS a, 4 AS b, 4.25 AS c -- {'x' * 100_000}"[:100_000]
    assert judge(sample, "L1-01", f"-- Answer L1-01\n{text}").outcome is Outcome.ACCEPTED


def test_one_for_true_and_a_text_for_its_letter_are_a_matter_of_form(sample: Course) -> None:
    judgement = judge(sample, "L1-05", "SELECT 'one guest' AS guests, 'b' AS talks")
    assert (judgement.outcome, judgement.messages[0].code) == (Outcome.REFUSED, "decision_letter")
    exercise = sample.exercise("L1-05")
    truth = replace(exercise, solutions=(replace(exercise.solutions[0], text="SELECT true AS a, false AS b"),))
    judgement = judge_answer(truth, "SELECT 1 AS a, 0 AS b", NOBODY, "en", pack=object())  # type: ignore[arg-type]
    assert judgement.sentences == ("The answer here is true or false: write true instead of 1.",)


@pytest.mark.parametrize(
    ("expected", "written", "code"),
    [
        ("true", "'はい'", "prediction_truth"),
        ("false", "'no'", "prediction_truth"),
        ("true", "0", "prediction_truth"),
        ("true", "'たぶん'", "prediction_truth_only"),
        ("true", "7", "prediction_truth_only"),
        ("'b'", "'ゲスト1人'", "decision_letter"),
        ("'b'", "'a, b'", "decision_letter"),
        ("'b'", "2", "decision_letter"),
        ("'b'", "''", "decision_letter"),
        ("6", "'6件'", "prediction_number"),
        ("42", "'約４２％'", "prediction_number"),
        ("6", "'six'", "prediction_number_only"),
        ("6", "true", "prediction_number_only"),
        ("DATE '2025-12-06'", "'土曜'", "prediction_date"),
        ("DATE '2025-12-06'", "DATE '12月6日'", "prediction_date"),
    ],
)
def test_a_value_in_another_form_is_told_its_form_and_not_marked(
    sample: Course, expected: str, written: str, code: str
) -> None:
    judgement = predicted(sample, expected, written)
    assert (judgement.outcome, judgement.messages[0].code, judgement.points) == (Outcome.REFUSED, code, 0)
    assert judgement.sentences[0]


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("2.4", "12 / 5"),
        ("2.4", "ROUND(12.0 / 5, 1)"),
        ("2", "12 // 5"),
        ("2", "12 % 5"),
        ("2.4", "'2.4'"),
        ("true", "'TRUE'"),
        ("'b'", "'（b）'"),
        ("DATE '2025-12-06'", "'2025/12/6'"),
        ("DATE '2025-12-06'", "'2025年12月6日'"),
        ("DATE '2025-12-06'", "DATE '2025-12-06' + INTERVAL 0 DAY"),
    ],
)
def test_a_right_value_may_be_worked_out_or_written_in_another_way(sample: Course, expected: str, written: str) -> None:
    assert predicted(sample, expected, written).outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    ("expected", "written"),
    [("true", "false"), ("6", "7"), ("6", "'7'"), ("'b'", "'a'"), ("6", "NULL"), ("DATE '2025-12-06'", "'2025-12-07'")],
)
def test_a_wrong_value_in_the_form_asked_for_is_wrong(sample: Course, expected: str, written: str) -> None:
    assert predicted(sample, expected, written).outcome is Outcome.REFUTED


def test_what_cannot_be_read_is_shown_the_form_of_its_own_exercise(sample: Course) -> None:
    form = " ".join(words_of(sample.exercise("L1-05").starter))
    assert form in judge(sample, "L1-05", "I think b").sentences[0]


def test_values_that_lack_the_word_select_are_told_with_it(sample: Course) -> None:
    assert judge(sample, "L1-05", "a, b").sentences[0].endswith("SELECT 'a', 'b'")


def predicted(sample: Course, expected: str, written: str) -> Judgement:
    """The judgement of a prediction of one value."""
    exercise = sample.exercise("L1-05")
    solution = replace(exercise.solutions[0], text=f"SELECT {expected} AS a")
    exercise = replace(exercise, solutions=(solution,), near_misses=())
    return judge_answer(exercise, f"SELECT {written} AS a", NOBODY, "en", pack=object())  # type: ignore[arg-type]


def test_a_right_result_in_another_form_than_asked_for_is_partly_right(sample: Course) -> None:
    noted = FixedJudge(Verdict(Status.ACCEPTED, notes=(Remark("construct_missing", {"construct": "A - B"}),)))
    judgement = judge(sample, "L1-02", "SELECT 0 AS difference", noted)
    assert (judgement.outcome, judgement.points) == (Outcome.PARTLY, judgement.possible / 2)


def test_a_base_date_asked_for_in_one_place_may_not_be_written_in_two(sample: Course) -> None:
    exercise = sample.exercise("L1-02")
    once = replace(exercise, record=replace(exercise.record, most_dates=1))
    base = "WITH params AS (SELECT DATE '2025-12-31' AS base_date) -- until '2025-12-31'\nSELECT 1 FROM params WHERE d "
    first, second = (f"{base}BETWEEN {start} AND base_date" for start in ("base_date - 6", "'2025-12-25 05:00'"))
    right, twice = (judge_answer(once, sql, ACCEPTED, "en", pack=object()) for sql in (first, second))  # type: ignore[arg-type]
    assert right.outcome is Outcome.ACCEPTED
    assert twice.outcome is Outcome.PARTLY
    assert twice.messages[0].params == {"count": 2, "dates": "2025-12-25, 2025-12-31"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CREATE OR REPLACE VIEW my.zero AS\nSELECT 0 AS difference", ""),
        ("SELECT 0 AS difference", "view_missing"),
        ("CREATE TABLE my.zero AS SELECT 0 AS difference", "table_for_view"),
        ("CREATE VIEW my.nought AS SELECT 0 AS difference", "view_named_otherwise"),
    ],
)
def test_a_view_that_is_asked_for_has_to_be_made_and_bear_its_name(sample: Course, written: str, code: str) -> None:
    exercise = sample.exercise("L1-02")
    asked = replace(exercise, record=replace(exercise.record, view="zero"))
    told = judge_answer(asked, f"-- Answer L1-02\n{written}", ACCEPTED, "en", pack=object())  # type: ignore[arg-type]
    assert told.outcome is (Outcome.PARTLY if code else Outcome.ACCEPTED)
    assert [each.code for each in told.messages] == ([code] if code else [])
    assert f"-- Answer L1-02\n{written}"[told.offset :][told.sql.index("SELECT") :].startswith("SELECT 0")


def test_a_query_is_judged_out_of_its_view_in_any_exercise(sample: Course) -> None:
    judged = judge(sample, "L1-02", "CREATE VIEW my.any AS SELECT 0 AS difference", ACCEPTED)
    assert judged.outcome is Outcome.ACCEPTED
    assert judged.sql.strip() == "SELECT 0 AS difference"
