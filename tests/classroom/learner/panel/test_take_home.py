"""%steps and %bigquery speak of the query above them, in the learner's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

FAN_OUT = "SELECT COUNT(*) AS n FROM guests g JOIN talks t ON t.guest_id = g.guest_id WHERE NOT g.is_test"


def test_steps_show_the_row_counts_and_the_fan_out(run: Callable[..., Any]) -> None:
    shown = run(f"{FAN_OUT}\n%steps")
    assert "2. つなぐ" in shown.plain
    assert "3. 行を残す" in shown.plain
    assert "行に増えています" in shown.plain


def test_steps_without_a_query_say_where_to_write_them(run: Callable[..., Any]) -> None:
    assert "一緒に実行してください" in run("%steps").plain


def test_bigquery_gives_the_translation_with_what_differs(run: Callable[..., Any]) -> None:
    shown = run(
        "SELECT date_trunc('week', registered_at_utc) AS 週, COUNT(*) AS 人数 FROM guests GROUP BY 1\n%bigquery"
    )
    assert "ISOWEEK" in shown.plain
    assert "AS `人数`" in shown.plain
    assert "日曜始まり" in shown.plain


def test_bigquery_refuses_by_name_what_it_cannot_translate(run: Callable[..., Any]) -> None:
    assert "hash()" in run("SELECT hash(guest_id) AS h FROM guests LIMIT 1\n%bigquery").plain
