from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from marketplace import MarketplaceError, Settings
from marketplace.checks import check
from marketplace.measures import Measure, measure, truth_of

if TYPE_CHECKING:
    from pathlib import Path

ARMS = """
WITH outcome AS (
  SELECT e.variant, EXISTS (SELECT 1 FROM appointments AS a WHERE a.guest_id = e.guest_id AND a.requested_at_utc >= e.assigned_at_utc
                            AND a.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY) AS reached
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id) WHERE NOT g.is_test
)
SELECT variant, count(*), count(*) FILTER (WHERE reached) FROM outcome GROUP BY 1 ORDER BY 1
"""


def arms_of(small: Path, folder: Path, effect: str, seed: int = 3) -> dict[str, tuple[int, int]]:
    out = folder / f"{effect}.duckdb"
    measure(small, Measure(effect, seed), Settings(out=out))
    with duckdb.connect(str(out), read_only=True) as connection:
        return {variant: (guests, reached) for variant, guests, reached in connection.execute(ARMS).fetchall()}


def test_a_measure_without_effect_shows_none(small: Path, tmp_path: Path) -> None:
    arms = arms_of(small, tmp_path, "none")
    assert abs(arms["treatment"][1] - arms["control"][1]) <= 1


def test_a_real_effect_raises_and_a_harmful_one_lowers_the_rate(small: Path, tmp_path: Path) -> None:
    real, harmful = arms_of(small, tmp_path, "real"), arms_of(small, tmp_path, "harmful")
    assert real["treatment"][1] > 2 * real["control"][1]
    assert harmful["treatment"][1] < harmful["control"][1]


def test_the_truth_is_in_the_manifest_and_not_in_the_data(small: Path, tmp_path: Path) -> None:
    arms = arms_of(small, tmp_path, "real")
    truth = truth_of(tmp_path / "real.duckdb")
    assert truth["nature"] == "real"
    assert (truth["treatment"]["guests"], truth["treatment"]["reached"]) == arms["treatment"]
    assert b"harmful" not in (tmp_path / "real.duckdb").read_bytes()


def test_ids_go_on_after_the_standard_data(small: Path, tmp_path: Path) -> None:
    arms_of(small, tmp_path, "none")
    with duckdb.connect(str(small), read_only=True) as connection:
        last = connection.execute("SELECT max(session_id) FROM sessions").fetchone()
    with duckdb.connect(str(tmp_path / "none.duckdb"), read_only=True) as connection:
        first = connection.execute("SELECT min(session_id) FROM sessions").fetchone()
        new = connection.execute("SELECT count(*) FROM guests WHERE registered_at_utc >= '2025-12-31 20:00'").fetchone()
    assert last
    assert first
    assert first[0] == last[0] + 1
    assert new
    assert new[0] > 0


def test_the_month_keeps_the_constraints(small: Path, tmp_path: Path) -> None:
    arms_of(small, tmp_path, "small")
    assert check(tmp_path / "small.duckdb").ok


def test_another_seed_treats_other_guests(small: Path, tmp_path: Path) -> None:
    query = "SELECT guest_id FROM experiment_assignments WHERE variant = 'treatment' ORDER BY 1"
    treated = []
    for seed in (1, 2):
        arms_of(small, tmp_path, "none", seed)
        with duckdb.connect(str(tmp_path / "none.duckdb"), read_only=True) as connection:
            treated.append(connection.execute(query).fetchall())
    assert treated[0] != treated[1]


def test_an_unknown_effect_or_metric_lists_the_known_ones() -> None:
    with pytest.raises(MarketplaceError, match="none, small, real or harmful"):
        Measure("huge", 1)
    with pytest.raises(MarketplaceError, match="talk_14d or appointment_14d"):
        Measure("none", 1, "clicks")
