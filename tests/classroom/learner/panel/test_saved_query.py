"""A query from a notebook into the BI room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.learner.bi.store import NAME, BiStore
from classroom.learner.panel.query_view import keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Ran

    from classroom.learner.state.desk import Desk


def test_the_percent_line_keeps_the_statement_above_it(in_folder: Path, desk: Desk, run: Callable[..., Ran]) -> None:
    (in_folder / ".penguin").mkdir()
    assert "先に" in run("%query 朝の数字").plain
    assert "名前を書いて" in run("SELECT 1 AS n\n%query").plain
    told = run("SELECT count(*) AS n FROM guests\n%query 朝の数字").plain
    assert "「朝の数字」という名前で保存しました" in told
    keep(desk, "朝の数字", "SELECT 2")
    kept = BiStore(in_folder / ".penguin" / NAME).queries()
    assert [(each.name, each.sql) for each in kept] == [
        ("朝の数字", "SELECT count(*) AS n FROM guests"),
        ("朝の数字 (2)", "SELECT 2"),
    ]


def test_outside_of_any_folder_nothing_is_kept_and_that_is_told(in_folder: Path, run: Callable[..., Ran]) -> None:
    assert "フォルダの外" in run("SELECT 1 AS n\n%query 名前").plain
    assert not list(in_folder.rglob("*.sqlite"))
