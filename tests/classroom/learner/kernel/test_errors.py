"""An error is told in the learner's words, with its place, then in DuckDB's."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from classroom.session.trouble import explain, show_trouble
from sqlgrade.errors import mended

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def test_the_place_is_marked_in_the_learner_s_own_line(run: Callable[..., Any]) -> None:
    ran = run("SELECT guest_id, prefectur\nFROM guests")
    assert "<mark>prefectur</mark>" in ran.html


def test_duckdb_s_own_words_follow_the_plain_sentence(run: Callable[..., Any]) -> None:
    plain = run("SELECT * FROM gests").plain
    assert plain.index("gests という表はありません") < plain.index("Catalog Error")


def test_an_english_learner_reads_english() -> None:
    trouble = explain(
        'Catalog Error: Table with name gests does not exist!\nDid you mean "guests"?', "FROM gests", {}, "en"
    )
    assert "gests" in trouble.cause
    assert trouble.cause.isascii()


def test_text_of_the_learner_is_never_markup(run: Callable[..., Any]) -> None:
    assert "<b>" not in run('SELECT "<b>x</b>" FROM guests').html


def test_full_width_commas_are_explained(run: Callable[..., Any]) -> None:
    assert "全角" in run("SELECT guest_id， nickname FROM guests").plain


def test_an_unforeseen_message_still_gets_a_card() -> None:
    shown = show_trouble(explain("Strange Error: nobody knows", "SELECT 1", {}, "ja"), "ja")
    assert "Strange Error: nobody knows" in shown.data["text/plain"]


def test_duckdb_s_own_words_are_folded_below_the_plain_sentence(run: Callable[..., Any]) -> None:
    html = run("SELECT * FROM gests").html
    assert "<details><summary>DuckDB" in html


def test_full_width_signs_are_mended_with_one_button(run: Callable[..., Any]) -> None:
    html = run("-- 全角，のまま\nSELECT guest_id， nickname FROM guests WHERE nickname ＝ ‘Ａ，Ｂ’").html
    [text] = re.findall(r'data-penguin-source="([^"]*)"', html)
    assert json.loads(unescape(text)).startswith(
        "-- 全角，のまま\nSELECT guest_id, nickname FROM guests WHERE nickname = '"
    )


def test_what_stands_in_quotes_is_not_mended() -> None:
    assert mended("SELECT '東京，大阪'， \"列，名\"") == "SELECT '東京，大阪', \"列，名\""


def test_no_button_mends_what_is_not_a_sign(run: Callable[..., Any]) -> None:
    assert "data-penguin-source" not in run("SELECT nope FROM guests").html
