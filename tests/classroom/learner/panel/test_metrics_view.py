"""%metrics: the metric dictionary in the room, in the reader's language; a course without one says so and offers no button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.messages import say
from coursebook.metrics import load_metrics

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    import pytest

    from classroom.learner.state.desk import Desk


def test_all_metrics_are_listed_and_lead_to_their_queries(desk: Desk, run: Callable[..., Any]) -> None:
    shown = run("%metrics")
    metrics = load_metrics(desk.marker.course.root).metrics
    assert shown.plain.splitlines() == [f"{each.id}  {each.name['ja']}" for each in metrics]
    assert shown.html.count("<details>") == len(metrics)
    assert "COUNT(*) AS nuu" in shown.html


def test_one_is_shown_whole_by_id_by_name_and_by_its_japanese_line(desk: Desk, run: Callable[..., Any]) -> None:
    for line in ("%metrics completion_rate", "%metrics Completion rate", "%指標 完了率"):
        plain = run(line).plain
        assert plain.startswith("completion_rate  完了率\n")
        assert "\n分母: " in plain
        assert plain.rstrip().endswith("BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'")
    desk.lang = "en"
    assert "\nDenominator: appointments with an outcome" in run("%metrics completion_rate").plain


def test_words_find_the_metrics_in_which_they_stand(run: Callable[..., Any]) -> None:
    found = run("%metrics マーケティング").plain.splitlines()
    assert any(each.startswith("nuu ") for each in found)
    assert not any(each.startswith("completion_rate ") for each in found)
    assert say("metrics.unknown", "ja", asked="天気") in run("%metrics 天気").plain


def test_the_tables_lead_to_it_where_there_is_one(
    desk: Desk, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert 'data-penguin-open="%metrics"' in run("%schema").html
    monkeypatch.setattr("coursebook.metrics.FILE", "nothing.toml")
    monkeypatch.setattr("classroom.learner.panel.schema_view.FILE", "nothing.toml")
    assert "%metrics" not in run("%schema").html
    assert say("metrics.no_dictionary", "ja") in run("%metrics").plain
