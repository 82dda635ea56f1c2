import ast
from pathlib import Path

import pytest

import sqlgrade
from sqlgrade.messages import LANGUAGES, error_sentences, keys, placeholders, render, verdict_sentences
from sqlgrade.record import CLAUSES
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

CODES = [f"E{number:02}" for number in (*range(1, 9), *range(10, 17), *range(20, 49), *range(50, 54))]
SAMPLE = dict.fromkeys(frozenset().union(*(placeholders(key, "en") for key in keys("en"))), 2)


def test_both_languages_have_the_same_keys() -> None:
    assert keys("ja") == keys("en")


@pytest.mark.parametrize("key", sorted(keys("en")))
def test_both_languages_need_the_same_parameters(key: str) -> None:
    assert placeholders(key, "ja") == placeholders(key, "en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_filled_in(lang: str) -> None:
    said = {key: render(key, SAMPLE, lang) for key in keys(lang)}
    assert all(text.strip() and "{" not in text for text in said.values())


@pytest.mark.parametrize("code", CODES)
def test_every_error_code_has_its_idea(code: str) -> None:
    assert f"{code}.idea" in keys("en")


@pytest.mark.parametrize(
    "key",
    [
        *(f"verdict.{status.value}" for status in (Status.ACCEPTED, Status.REFUTED, Status.AUTHOR_FAULT)),
        *(f"verdict.{reason.value}" for reason in Reason),
        *(f"diff.{kind.value}" for kind in DiffKind),
        *(f"place.{clause}" for clause in (*CLAUSES, "BLOCK")),
    ],
)
def test_every_member_of_the_enums_has_its_sentence(key: str) -> None:
    assert key in keys("en")


def remark_codes() -> list[str]:
    """The literal first arguments of every Remark(...) in the package."""
    root = Path(sqlgrade.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.py"))]
    trees = [
        ast.parse(text) for text in texts if "Remark(" in text
    ]  # every process that shares the tests comes by here
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Remark"]
    return sorted({str(call.args[0].value) for call in named if isinstance(call.args[0], ast.Constant)})


@pytest.mark.parametrize("code", remark_codes())
def test_every_remark_the_judge_makes_has_its_sentence(code: str) -> None:
    assert {f"shape.{code}", f"note.{code}", f"good.{code}", f"schema.{code}"} & keys("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_claims_a_proof(lang: str) -> None:
    said = " ".join(render(key, SAMPLE, lang) for key in keys(lang)).lower()
    assert not [word for word in ("proved", "proven", "verified", "equivalent", "証明", "検証済") if word in said]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_fault_of_the_exercise_asks_nothing_of_the_learner(lang: str) -> None:
    (said,) = verdict_sentences(Verdict(Status.AUTHOR_FAULT), lang)
    blamed = {"en": ("your query", "wrong", "mistake"), "ja": ("クエリ", "間違", "直しましょう")}[lang]
    assert not [word for word in blamed if word in said]


def test_the_japanese_sentences_are_polite() -> None:
    endings = ("です。", "ます。", "ました。", "ません。", "しょう。", "せんでした。", "です", "ます")
    said = [render(key, SAMPLE, "ja") for key in keys("ja") if key.endswith((".cause", ".idea", ".said"))]
    sentences = [text for text in said if text.endswith("。") and not text.endswith("）。")]
    blunt = [
        text
        for text in sentences
        if not text.endswith((*endings, "ですか。", "ますか。", "ませんか。", "でしょうか。"))
    ]
    assert blunt == []


@pytest.mark.parametrize(("count", "said"), [(1, " 1 set of"), (12, " 12 sets of"), (1200, " 1,200 sets of")])
def test_english_counts_in_the_singular_and_plural(count: int, said: str) -> None:
    assert said in render("verdict.accepted", {"n": count}, "en")


def test_an_accepted_answer_is_told_the_number_of_databases() -> None:
    assert verdict_sentences(Verdict(Status.ACCEPTED, databases=12), "ja") == [
        "中身の違う12通りのデータで試し、どれも期待どおりの結果でした。"
    ]


def refuted() -> Verdict:
    diff = Diff(
        DiffKind.MISSING_ROWS,
        1,
        3,
        missing_count=2,
        facts=(Remark("missing_condition", {"count": 2, "condition": "age IS NULL"}),),
    )
    shown = Counterexample({}, SmallTable((), (), ()), SmallTable((), (), ()), 3)
    finding = Finding(Level.CERTAIN, "E29", "WHERE", Site(24, 37))
    return Verdict(Status.REFUTED, diff=diff, counterexample=shown, findings=(finding,))


ANSWER = "SELECT name FROM guests WHERE age = 3"


def test_help_comes_one_level_at_a_time() -> None:
    told = [verdict_sentences(refuted(), "en", level, ANSWER) for level in (0, 1, 2)]
    assert [len(sentences) for sentences in told] == [3, 4, 7]
    assert told[0] == told[1][:3] == told[2][:3]


@pytest.mark.parametrize(("kind", "times"), [(DiffKind.WIDTH, 1), (DiffKind.VALUES, 2)])
def test_what_holds_for_columns_whatever_the_rows_is_told_once(kind: DiffKind, times: int) -> None:
    shown = Counterexample({}, SmallTable(("a",), ("INTEGER",), ()), SmallTable(("a",), ("INTEGER",), ()), 1)
    small, practice = Diff(kind, 1, 1), Diff(kind, 200, 200)
    said = verdict_sentences(Verdict(Status.REFUTED, diff=small, practice_diff=practice, counterexample=shown), "en")
    assert len(said) == 1 + times


def test_the_facts_name_no_clause() -> None:
    said = " ".join(verdict_sentences(refuted(), "en"))
    assert "WHERE" not in said
    assert "age IS NULL" in said


def test_the_place_quotes_the_learners_own_text() -> None:
    assert verdict_sentences(refuted(), "en", 2, ANSWER)[-1] == "Where: WHERE age = 3"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_answer_that_does_not_run_is_told_where_why_and_what_to_try(lang: str) -> None:
    params = {"card": "unknown_table_near", "end": 22, "name": "gests", "near": "guests"}
    error = SqlError("bind", "Catalog Error: ...", 1, 18, 17, "E01", params)
    where, cause, attempt = error_sentences(error, lang, "SELECT name FROM gests")
    assert "gests" in where
    assert "gests" in cause
    assert "guests" in attempt


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_invalid_verdict_can_be_told(reason: Reason, lang: str) -> None:
    error = SqlError("runtime", "something rare")
    assert verdict_sentences(Verdict(Status.INVALID, reason, error=error), lang)


def test_a_long_value_is_cut() -> None:
    assert len(render("error.engine.cause", {"message": "x" * 500}, "en")) < 120
