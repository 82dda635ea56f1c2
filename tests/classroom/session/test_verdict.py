"""What is said first about an answer, and that nothing said beside it contradicts it."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.class_wishes import IN_CLASS, class_wishes
from classroom.messages import say
from classroom.session.case import Case
from classroom.session.result import ResultTable
from classroom.session.verdict.card import verdict_card, verdict_record
from classroom.session.verdict.conditions import condition_in_words
from classroom.session.verdict.difference import comparison_of
from classroom.session.verdict.finding import finding_of, practice_sentences
from classroom.session.verdict.further import further_of
from classroom.session.verdict.hints import hints_in_words, idea_text
from classroom.session.verdict.said_by_author import what_was_done
from classroom.session.verdict.sentences import sentence
from coursebook import Judgement, Outcome, load_course
from coursebook.judgement import Message, Recognised
from coursebook.judging import judge_answer
from coursebook.text import Section
from sqlgrade.diagnose.mistakes import KNOWN
from sqlgrade.verdict import (
    Counterexample,
    Diff,
    DiffKind,
    Finding,
    Level,
    Reason,
    Remark,
    Site,
    SmallTable,
    SqlError,
    Status,
    Verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

EXERCISE = load_course().exercise("L1-07").in_language("ja")
NOTHING = ResultTable((), (), (), 0, counted_all=True, seconds=0.0)
CLAUSES = Remark("clauses_right", {"clauses": "FROM, WHERE, SELECT"})


def table(*rows: tuple[object, ...], columns: tuple[str, ...] = ("guest_id", "n")) -> SmallTable:
    return SmallTable(columns, ("INTEGER",) * len(columns), rows)


def shown(own: SmallTable, expected: SmallTable) -> Counterexample:
    return Counterexample({}, own, expected, 2)


def refuted(diff: Diff, *, practice: Diff | None = None, **more: object) -> Case:
    example = more.pop("example", shown(table((1, 2)), table((1, 3))))
    verdict = Verdict(Status.REFUTED, diff=diff, practice_diff=practice, counterexample=example, **more)  # type: ignore[arg-type]
    judgement = Judgement("L1-07", "W", "ja", Outcome.REFUTED, verdict=verdict, sql="SELECT 1")
    return Case(judgement, EXERCISE, "SELECT 1", "ja", NOTHING)


def verdict_with(example: Counterexample) -> Verdict:
    return Verdict(Status.REFUTED, diff=VALUES, counterexample=example)


VALUES = Diff(DiffKind.VALUES, 1, 1)


def test_what_was_asked_for_stays_in_sight_beside_columns_that_nobody_asked_for() -> None:
    names = ("guest_id", *(f"other_{at}" for at in range(9)), "n")
    own = table((1, *("x" * 30 for _ in range(9)), 2), columns=names)
    compared = comparison_of(verdict_with(shown(own, table((1, 3)))), "ja")
    assert compared is not None
    mine, theirs = compared.sides
    assert mine.columns == ("guest_id", "other_0", "other_1", "other_2", "other_3", "n", "ほか5列")
    assert mine.rows == (("1", *("x" * 30 for _ in range(4)), "2", "…"),)
    assert mine.marked == ((1, 2, 3, 4, 5, 6),)
    assert theirs.columns == ("guest_id", "n")


def test_what_is_called_small_is_small() -> None:
    few, many = table((1, 2)), table(*((day, 0) for day in range(11_688)))
    said = {lang: say("verdict.example", lang) for lang in ("ja", "en")}
    for lang in ("ja", "en"):
        small, large, turned = (
            comparison_of(verdict_with(shown(*sides)), lang) for sides in ((few, few), (many, few), (few, many))
        )
        assert small is not None
        assert large is not None
        assert turned is not None
        assert small.title == said[lang]
        assert large.title == turned.title == say("verdict.example_large", lang)


def test_rows_that_differ_far_below_are_the_ones_that_are_shown() -> None:
    own = table(*((day, 0) for day in range(100)))
    expected = table(*((day, 7 if day == 60 else 0) for day in range(100)))
    compared = comparison_of(verdict_with(shown(own, expected)), "ja")
    assert compared is not None
    for side in compared.sides:
        assert side.signs[:2] == ("", "≠")
        assert side.rows[0][0] == "59"
        assert side.hidden == 92


def test_what_the_rows_have_in_common_is_more_telling_than_how_many_they_are() -> None:
    fact = Remark("extra_condition", {"count": 2, "condition": "is_test"})
    said = finding_of(refuted(Diff(DiffKind.EXTRA_ROWS, 2, 0, extra_count=2, facts=(fact,))))
    assert said == "余分な2行は、どれも is_test の行です。"


@pytest.mark.parametrize(("rows", "elsewhere", "told"), [(0, True, False), (1, True, True), (1, False, False)])
def test_blanks_are_only_told_of_where_rows_have_them_and_the_practice_data_has_them_too(
    rows: int, elsewhere: bool, told: bool
) -> None:
    fact = Remark("null_for_value", {"column": "n", "count": 30})
    example = replace(shown(table((1, None), (2, None)), table((1, 3), (2, 3))), total_rows=rows)
    practice = Diff(DiffKind.VALUES, 1, 1, facts=(fact,) if elsewhere else ())
    case = refuted(Diff(DiffKind.VALUES, 1, 1, facts=(fact,)), example=example, practice=practice)
    assert ("NULL" in finding_of(case)) is told


@pytest.mark.parametrize(("facts", "told"), [((Remark("only_column", {"column": "n"}),), True), ((), False)])
def test_a_single_wrong_value_is_named_with_the_right_one_and_the_other_columns_where_they_are_right_on_all_data(
    facts: tuple[Remark, ...], told: bool
) -> None:
    said = finding_of(refuted(Diff(DiffKind.VALUES, 1, 1, facts=facts)))
    assert said.startswith("n は 3 のはずですが、2 になっています。")
    assert ("ほかの列は合っています" in said) is told


@pytest.mark.parametrize(("cell", "blank"), [(0, True), (1, False)])
def test_of_values_that_differ_it_is_said_where_the_data_shows_a_blank_for_zero(cell: int, blank: bool) -> None:
    example = shown(table((1, 2), (2, None), (3, None)), table((1, 2), (2, 0), (3, cell)))
    said = finding_of(refuted(Diff(DiffKind.VALUES, 3, 3), example=example))
    assert said.startswith("行数は合っていますが、")
    assert ("n が 0 のはずのところで空（NULL）になっています" in said) is blank


def test_a_cause_that_shows_in_the_text_is_said_before_its_effect() -> None:
    note = Remark("equals_null", {"found": "a = NULL", "use": "IS NULL"})
    assert finding_of(refuted(VALUES, notes=(note,))).startswith("a = NULL は、決して成り立ちません")


def foreseen(hint: str, mistake: str = "") -> Case:
    told = {"own": "COUNT(b)", "name": "n", "whole": "COUNT(b) + 1", "step": "s"}
    first = bool(mistake) and KNOWN[mistake].author_first
    finding = Finding(Level.CERTAIN, "E25", "SELECT", params=told, mistake=mistake, author_first=first)
    case = refuted(VALUES, findings=(finding,))
    known = Recognised("people", "E25", "SELECT", hint)
    return replace(case, judgement=replace(case.judgement, recognised=(known,)))


def test_what_an_author_foresaw_is_said_before_its_effect_and_kept_whole_as_the_hint() -> None:
    hint = "`b` の数は合っています。人数になっています。頼まれたのは購入の件数です。"
    assert finding_of(foreseen(hint)) == "人数になっています。"
    for mistake in ("count_of_other", "column_in_calculation", "value_of_step", "condition_column"):
        assert finding_of(foreseen(hint, mistake)) == "人数になっています。"
    assert idea_text(foreseen(hint)) == hint


def test_what_was_done_in_the_learners_own_words_is_said_before_what_the_author_foresaw() -> None:
    said = finding_of(foreseen("人数になっています。", "division_turned"))
    assert said == "COUNT(b) は、分子と分母が逆です。"


def test_another_mistake_is_announced_beside_what_an_author_foresaw_unless_the_author_speaks_of_that_one() -> None:
    case = foreseen("人数になっています。")
    verdict = case.judgement.verdict
    assert verdict is not None
    other = Finding(Level.CERTAIN, "E47", "ORDER BY", params={"number": "5"}, mistake="limit_number")
    two = replace(verdict, findings=(*verdict.findings, other))
    assert "LIMIT 5" in further_of(replace(case, judgement=replace(case.judgement, verdict=two)))
    known = replace(case.judgement.recognised[0], clause="ORDER BY")
    assert not further_of(replace(case, judgement=replace(case.judgement, verdict=two, recognised=(known,))))


def test_of_a_wrong_prediction_the_belief_behind_it_is_said_before_its_column_and_not_again_as_a_hint() -> None:
    exercise, answer = load_course().exercise("L1-01").in_language("ja"), "SELECT 12 AS n_columns, 4 AS n_rows"
    case = Case(judge_answer(exercise, answer, None, "ja"), exercise, answer, "ja")
    assert finding_of(case).startswith("Excelでは見出しも1行ですが、SQLの見出しは列の名前です。")
    assert finding_of(case).endswith("n_rows")
    assert idea_text(case) == "LIMIT が数えるのはデータの行だけです。"


def test_what_is_there_by_now_is_not_what_is_wrong() -> None:
    assert what_was_done("The column is there. The rate divides by everybody.") == "The rate divides by everybody."


@pytest.mark.parametrize(("mistake", "said"), [("division_turned", "分子と分母が逆です"), ("", "クエリが止まります")])
def test_a_cause_that_has_a_name_is_said_before_where_the_query_stops(mistake: str, said: str) -> None:
    finding = Finding(Level.CERTAIN, "E34", "SELECT", params={"own": "b"}, mistake=mistake)
    stopped = replace(shown(table((1, 2)), table((1, 3))), error=SqlError("runtime", "Division by zero!"))
    assert said in finding_of(refuted(VALUES, findings=(finding,), example=stopped))


def test_a_hint_that_was_said_already_is_not_offered_as_the_next() -> None:
    case = foreseen("人数になっています。")
    assert idea_text(case) not in {"", finding_of(case)}


def test_the_place_of_what_an_author_foresaw_is_told_by_the_word_that_is_written_there() -> None:
    case = refuted(VALUES)
    known = Recognised("ties", "E38", "WINDOW", "同数です。")
    judgement = replace(case.judgement, recognised=(known,), sql="SELECT RANK() OVER (ORDER BY b) FROM t")
    (*_, place) = hints_in_words(replace(case, judgement=judgement))
    assert place[2].splitlines()[0] == "OVER をもう一度見てみましょう。"


@pytest.mark.parametrize(
    ("sql", "said"), [("SELECT 1 WHERE EXISTS (SELECT 2)", True), ("SELECT 1 FROM a JOIN b", False)]
)
def test_an_exercises_idea_is_given_while_what_it_speaks_of_is_there(sql: str, said: bool) -> None:
    case = refuted(VALUES)
    idea = Section("idea", "直すのは EXISTS の中です。", 1)
    text = replace(EXERCISE.text["ja"], sections=(idea,))
    exercise = replace(EXERCISE, starter="SELECT 1 WHERE EXISTS (SELECT 3)", text={**EXERCISE.text, "ja": text})
    judged = replace(case, exercise=exercise, judgement=replace(case.judgement, sql=sql))
    assert bool(idea_text(judged)) is said


def test_no_hint_sends_one_to_a_clause_that_the_answer_lacks() -> None:
    for clause, sends in (("SELECT", True), ("WINDOW", False)):
        known = Recognised("people", "E25", clause, "人数になっています。")
        verdict = Verdict(Status.REFUTED, findings=(Finding(Level.CERTAIN, "E25", clause, near_miss="people"),))
        judgement = Judgement("L1-07", "W", "ja", Outcome.REFUTED, verdict=verdict, recognised=(known,), sql="SELECT 1")
        said = [text for _, _, text in hints_in_words(Case(judgement, EXERCISE, "SELECT 1", "ja", NOTHING))]
        assert any("もう一度見てみましょう" in each for each in said) is sends


def test_the_hint_goes_on_where_the_finding_has_left_off() -> None:
    case = foreseen("`n` は人数です。頼まれたのは購入の件数です。\n\n数えるのは何ですか?")
    assert finding_of(case) == "n は人数です。"
    assert idea_text(case) == "頼まれたのは購入の件数です。\n\n数えるのは何ですか?"


def test_what_leaves_the_result_to_chance_is_said_before_that_it_is_left_to_chance() -> None:
    finding = Finding(Level.CERTAIN, "E38", "WINDOW", params={"own": "b", "column": "n"}, mistake="window_ties")
    verdict = Verdict(Status.INVALID, Reason.ORDER_DEPENDENT, findings=(finding,))
    judgement = Judgement("L1-07", "W", "ja", Outcome.INVALID, verdict=verdict, sql="SELECT 1")
    assert (
        finding_of(Case(judgement, EXERCISE, "SELECT 1", "ja", NOTHING))
        == "n が同じ行のどちらが先かを、OVER の中の ORDER BY が決めていません。"
    )


@pytest.mark.parametrize(("kind", "may_come"), [(DiffKind.ORDER_ONLY, True), (DiffKind.VALUES, False)])
def test_a_result_that_only_may_come_in_another_order_is_not_shown_as_the_one_that_came(
    kind: DiffKind, may_come: bool
) -> None:
    finding = Finding(Level.CERTAIN, "E23", "ORDER BY", mistake="order_missing")
    verdict = Verdict(Status.INVALID, Reason.ORDER_DEPENDENT, findings=(finding,), diff=Diff(kind, 2, 2))
    for lang, said in (("ja", "下のように並ぶことがあります"), ("en", "come out as below")):
        judgement = Judgement("L1-07", "W", lang, Outcome.INVALID, verdict=verdict, sql="SELECT 1")
        assert (said in finding_of(Case(judgement, EXERCISE, "SELECT 1", lang, NOTHING))) is may_come


def test_a_hint_that_only_asks_leaves_the_effect_to_be_said_first() -> None:
    assert finding_of(foreseen("2つの列の間に、カンマはありますか?")).startswith("n は 3 のはずですが")


def test_rows_in_another_order_are_not_called_right_where_other_rows_come_up_on_the_practice_data() -> None:
    order = Diff(DiffKind.ORDER_ONLY, 2, 2)
    assert finding_of(refuted(order)) == sentence("finding.order_only", "ja")
    assert finding_of(refuted(order, practice=VALUES)) == sentence("finding.order_and_rows", "ja")


def test_a_clause_that_a_hint_sends_one_to_is_not_called_right() -> None:
    record = verdict_record(refuted(VALUES, good=(CLAUSES,), findings=(Finding(Level.CERTAIN, "E20", "WHERE"),)))
    assert record.right.startswith("FROM, SELECT は")
    about_select = Remark("comma_became_alias", {"left": "a", "right": "b"})
    assert verdict_record(refuted(VALUES, good=(CLAUSES,), notes=(about_select,))).right.startswith("FROM, WHERE は")


def test_the_line_that_does_not_follow_is_not_contradicted_by_clauses_that_are_right() -> None:
    case = refuted(VALUES, good=(CLAUSES,))
    line = Message("line_departs", {"before": 1, "number": 2, "line": "WHERE x"})
    by_lines = Case(
        Judgement("L1-07", "J", "ja", Outcome.REFUTED, messages=(line,), verdict=case.judgement.verdict),
        EXERCISE,
        "",
        "ja",
    )
    assert finding_of(by_lines).startswith("1行目までの順番は合っています")
    assert verdict_record(by_lines).right == ""


def test_a_line_that_an_author_foresaw_is_told_by_what_is_wrong_with_it_and_not_by_its_place() -> None:
    line = Message("line_departs", {"before": 1, "number": 2, "line": "HAVING COUNT(*) > 3"})
    case = foreseen("人数になっています。")
    by_lines = replace(case, judgement=replace(case.judgement, messages=(line,)))
    assert finding_of(by_lines) == "人数になっています。"


@pytest.mark.parametrize(
    ("lines", "at", "announced"),
    [
        (("SELECT b", "WHERE x > 3"), "x > 3", True),
        (("SELECT b", "WHERE x > 2"), "x > 2", False),
        (("SELECT b", "WHERE x > 3"), "b", False),
    ],
)
def test_what_is_wrong_in_another_line_than_the_told_one_is_announced(
    lines: tuple[str, ...], at: str, announced: bool
) -> None:
    sql, right = "\n".join(lines), SimpleNamespace(sql="SELECT a\nWHERE x > 2")
    told = {"condition": at, "value": "3", "column": "x"}
    site = Site(sql.index(at), sql.index(at) + len(at))
    found = Finding(Level.CERTAIN, "E22", "WHERE", site, told, mistake="bound_excluded")
    case = refuted(VALUES, findings=(found,))
    message = Message("line_first", {"line": lines[0]})
    exercise = SimpleNamespace(solutions=(right,), also_right=())
    by_lines = replace(case, exercise=exercise, judgement=replace(case.judgement, messages=(message,), sql=sql))
    assert (at in further_of(by_lines)) is announced


def test_a_wrong_answer_is_not_praised_for_mistakes_it_did_not_make() -> None:
    good = (CLAUSES, Remark("avoided", {"mistake": "E30"}), Remark("databases_passed", {"passed": 3, "n": 9}))
    text = verdict_card(refuted(VALUES, good=good)).data["text/plain"]
    assert "避けられています" not in text
    assert "3通り" in text.partition("[くわしく]")[2]


def test_an_agreement_by_chance_is_told_where_the_practice_data_was_compared() -> None:
    chance = sentence("chance", "ja")
    assert verdict_record(refuted(VALUES)).chance == chance
    assert verdict_record(refuted(VALUES, practice=VALUES)).chance == ""
    assert verdict_record(refuted(VALUES, notes=(Remark("practice_skipped"),))).chance == ""


def test_an_error_is_told_with_one_thing_to_try() -> None:
    error = SqlError("bind", "…", params={"card": "unknown_table_near", "name": "gests", "near": "guests"})
    verdict = Verdict(Status.INVALID, Reason.DOES_NOT_RUN, error=error)
    record = verdict_record(Case(Judgement("L1-07", "W", "ja", Outcome.INVALID, verdict=verdict), EXERCISE, "", "ja"))
    assert (record.finding, record.advice) == ("gests という表はありません。", "guests のことでしょうか。")


def test_points_are_told_only_where_a_class_wants_them() -> None:
    case = refuted(VALUES)
    in_class = Case(case.judgement, EXERCISE, "", "ja", wishes=IN_CLASS)
    assert verdict_record(case).points == ""
    assert "点" in verdict_record(in_class).points


def test_a_learner_alone_has_no_class_and_a_notebook_handed_out_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PENGUIN_CLASS", raising=False)
    assert class_wishes(tmp_path) == IN_CLASS
    (tmp_path / ".penguin").mkdir()
    assert not class_wishes(tmp_path).points
    (tmp_path / ".penguin" / "class.toml").write_text("points = true\n", encoding="utf-8")
    assert (class_wishes(tmp_path).points, class_wishes(tmp_path).mentor) == (True, False)
    monkeypatch.setenv("PENGUIN_CLASS", "mentor")
    assert (class_wishes(tmp_path).points, class_wishes(tmp_path).mentor) == (False, True)


def test_the_record_travels_as_json_and_the_card_holds_it() -> None:
    data = verdict_card(refuted(VALUES)).data["application/vnd.penguin.verdict+json"]
    assert json.loads(json.dumps(data))["comparison"]["sides"][0]["marked"] == [[1]]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("kind", list(DiffKind))
def test_every_kind_of_difference_has_a_sentence(kind: DiffKind, lang: str) -> None:
    case = refuted(Diff(kind, 2, 2), example=shown(table((1, 2), (3, 4)), table((1, 2), (3, 4))))
    assert finding_of(Case(case.judgement, EXERCISE, "", lang))
    assert verdict_record(Case(refuted(VALUES, practice=Diff(kind, 2, 2)).judgement, EXERCISE, "", lang)).more


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("guests.is_test = TRUE", "is_test が true"),
        ("channel IS NULL", "channel が空（NULL）"),
        ("casts.grade = 'silver'", "grade が silver"),
        ("n >= 2", "n が 2 以上"),
        ("platform IN ('android', 'web')", "platform が android, web のどれか"),
        ("length(a) = 3 AND b", "length(a) = 3 AND b"),
    ],
)
def test_a_simple_condition_is_told_in_words(condition: str, told: str) -> None:
    assert condition_in_words(condition, "ja") == told


def test_rows_swapped_for_others_on_the_practice_data_are_not_told_as_values() -> None:
    swapped = Diff(DiffKind.VALUES, 10, 10, missing=((1,),), extra=((2,),), missing_count=2, extra_count=2)
    assert practice_sentences(swapped, "ja")[0] == sentence("practice.both", "ja", missing=2, extra=2)
