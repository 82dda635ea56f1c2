"""The lessons' terms: each once, in both languages, found by any word for it, and on a page that says the same."""

import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from coursebook.compile import glossary_markdown
from coursebook.course import Course, load_course
from coursebook.glossary import Entry, find, glossary

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "bench"))  # what writes the pages

import glossary_page  # noqa: E402 - found by the line above

STANDARD = {
    "結合": "L6",
    "JOIN": "L6",
    "集計": "L3",
    "粒度": "L4",
    "欠損値": "L2",
    "NULL": "L2",
    "ウィンドウ関数": "L9",
    "パーティション": "L9",
    "部分問合せ": "L6",
    "共通表式": "L7",
    "WITH": "L7",
    "フラグ": "L12",
    "誤検知": "L12",
    "適合率": "L12",
    "再現率": "L12",
    "無作為割り付け": "L13",
    "A/Bテスト": "L13",
    "信頼区間": "L13",
    "標準誤差": "L13",
    "有意差": "L13",
    "前年同月比": "L9",
    "継続率": "L8",
    "LTV": "L8",
    "RFM": "L11",
    "移動平均": "L9",
    "日付テーブル": "L9",
    "表示順位の影響": "L11",
    "ポジションバイアス": "L11",
}
"""What colleagues search for -> the lesson that teaches it."""
OTHERWISE = {
    "スキーマ": "テーブル（表）",
    "整数の割り算": "整数の割り算",
    "トレンド": "移動平均",
    "休眠": "RFM",
    "正解率": "混同行列（2×2の表）",
    "分散": "標準誤差",
    "materialized view": "データマート",
    "standard error": "標準誤差",
    "Standard-Errors": "標準誤差",
    "標準後差": "標準誤差",
    "標準誤差とは": "標準誤差",
    "ｗｉｔｈ": "共通表式（WITH、CTE）",
    "つなぐ": "結合（JOIN、INNER JOIN）",
    "VLOOKUP": "結合（JOIN、INNER JOIN）",
    "くじ": "無作為割り付け",
    "旗": "フラグ",
    "空振り": "誤検知（偽陽性）",
    "空っぽ": "欠損値（NULL）",
    "サブクエリ": "部分問合せ（サブクエリ）",
    "サブクエリー": "部分問合せ（サブクエリ）",
    "昨対": "前年同月比",
    "ABテスト": "A/Bテスト",
    "retention": "継続率",
    "confidence intervals": "信頼区間（95%区間）",
}
"""How else it is asked for: the other language, a slip, a plain word -> the term that comes first."""


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course()


@pytest.fixture(scope="module")
def entries(course: Course) -> tuple[Entry, ...]:
    return glossary(course)


@pytest.mark.parametrize(("word", "lesson"), STANDARD.items())
def test_each_standard_term_is_found_with_its_lesson(entries: tuple[Entry, ...], word: str, lesson: str) -> None:
    found = find(entries, word)
    assert found.exact
    assert found.entries[0].lessons[0].id == lesson


@pytest.mark.parametrize(("word", "lesson"), STANDARD.items())
def test_the_lesson_that_is_named_writes_the_term(course: Course, word: str, lesson: str) -> None:
    assert word in (course.root / "lessons" / course.folder_of[lesson] / "lesson.ja.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("asked", "term"), OTHERWISE.items())
def test_a_term_is_found_by_any_word_for_it(entries: tuple[Entry, ...], asked: str, term: str) -> None:
    assert find(entries, asked).entries[0].term.ja == term


@pytest.mark.parametrize("asked", ["", "  ", "qqqqqqqq", "消費税", "%"])
def test_what_is_no_term_finds_no_term_by_name(entries: tuple[Entry, ...], asked: str) -> None:
    assert not find(entries, asked).exact or asked == "%"


def test_a_term_has_one_name_in_each_language_and_one_meaning_in_the_course(course: Course) -> None:
    other_names: dict[str, set[str]] = defaultdict(set)
    for lesson in course.outlines.values():
        for each in lesson.glossary:
            other_names[each.term.ja].add(each.term.en)
            other_names[each.term.en].add(each.term.ja)
    assert {name: others for name, others in other_names.items() if len(others) > 1} == {}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_each_lesson_ends_with_a_card_of_its_terms_in_both_languages(course: Course, lang: str) -> None:
    for lesson in course.lessons:
        rows = [line for line in glossary_markdown(lesson, lang).splitlines() if line.startswith("| **")]
        assert len(rows) == len(lesson.record.glossary) > 0
        for row, term in zip(rows, lesson.record.glossary, strict=True):
            assert len(re.split(r"(?<!\\)\|", row)) == 5  # three cells and the ends
            assert term.term.ja in row
            assert term.term.en in row


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_pages_hold_what_the_lessons_say_and_are_linked(lang: str) -> None:
    written = (ROOT / "docs" / f"glossary.{lang}.md").read_text(encoding="utf-8")
    assert written == glossary_page.page(lang), "write it anew: python bench/glossary_page.py"
    learners = "learners.ja.md" if lang == "ja" else "learners.md"
    assert f"(glossary.{lang}.md)" in (ROOT / "docs" / learners).read_text(encoding="utf-8")
