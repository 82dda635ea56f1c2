"""Which brackets of a Japanese text are prose, that those of everything a person reads are full-width, and its colons are not."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coursebook.checks.brackets_of_prose import half_width
from marketplace.pages import dictionary_page

ROOT = Path(__file__).parents[2]
PACKAGES = ("course/coursebook", "datasets/marketplace", "graders/sqlgrade", "jupyter_config/classroom")
SENTENCES = [
    *(path for package in PACKAGES for path in sorted((ROOT / package).rglob("ja.toml"))),
    ROOT / "datasets/marketplace/vocabulary/sentences.toml",
    *sorted((ROOT / "course").glob("*.toml")),
    *sorted((ROOT / "course/lessons").glob("*/lesson.toml")),
]
"""What holds sentences in Japanese and lies outside the texts that `penguin check` reads."""


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("都道府県(prefecture)が空", ["(prefecture)"]),
        ("guests(会員)の表", ["(会員)"]),
        ("列は ratings(評価の件数), mean", ["(評価の件数)"]),
        ("分子(`n`)と分母", ["(`n`)"]),
        ("率は**空**(NULL)にします", ["(NULL)"]),
        ("件数(COUNT(*) で数える)を出す", ["(COUNT(*) で数える)"]),
        ("担当（営業)へ", ["（営業)"]),
        ("COUNT(列) は空を数えません", []),
        ("人なら COUNT(DISTINCT guest_id)。", []),
        ("IN ('渋谷', '新宿') と書きます", []),
        ("`SUM(金額)` を[表](表.md)で", []),
        ("組は (1, 10)、(1, 20) です", []),
        ("DATETIME(列) で包みます", []),
        ("都道府県（prefecture）が空", []),
        ("```sql\nSELECT 数(1)\n```", []),
    ],
)
def test_a_half_width_bracket_of_prose_is_told_from_one_of_sql(text: str, prose: list[str]) -> None:
    assert [text[start : end + 1] for start, end in half_width(text)] == prose


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_sentence_for_people_holds_half_width_brackets_of_prose(path: Path) -> None:
    assert [told for text in strings(tomllib.loads(path.read_text(encoding="utf-8"))) for told in told_in(text)] == []


def test_the_pages_of_documents_hold_none_either() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.ja.md")}
    pages = {**written, "dictionary.ja.md": dictionary_page("ja", {})}  # without the names that are in the data
    assert {name: told for name, text in pages.items() if (told := told_in(text))} == {}


def test_a_colon_is_half_width_wherever_japanese_is_written() -> None:
    """The lessons' own form; beside the other in one list it looks like a slip."""
    texts = [*SENTENCES, *(ROOT / "docs").glob("*.ja.md"), *(ROOT / "course").rglob("*.md")]
    texts += (ROOT / "course/practice").rglob("*.toml")
    assert [path.name for path in texts if "：" in path.read_text(encoding="utf-8")] == []


def told_in(text: str) -> list[str]:
    return [text[start : end + 1] for start, end in half_width(text)]


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)
