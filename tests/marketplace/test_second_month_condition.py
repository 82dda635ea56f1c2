"""A target that is no condition, or would do more than choose, is refused with what to write; nothing is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.exchange.expo.target import target_of
from marketplace import MarketplaceError, Settings
from marketplace.secondmonth import Plan, make_second_month

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.language import Lang

REFUSED = [
    ("prefectur = '東京都'", "prefecture", "prefecture"),
    ("birth_year", "SMALLINT", "SMALLINT"),
    ("nickname = ", "--where", "--where"),
    ("true) ORDER BY (1", "ORDER BY", "ORDER BY"),
    ("true) LIMIT (3", "LIMIT", "LIMIT"),
    ("true) UNION SELECT 1 FROM casts WHERE (true", "UNION", "UNION"),
    ("true) GROUP BY (guest_id", "GROUP BY", "GROUP BY"),
    ("count(*) > 3", "HAVING", "HAVING"),
    ("true); DROP TABLE guests; SELECT (1", "--where", "--where"),
    ("guest_id IN (DELETE FROM guests RETURNING guest_id)", "--where", "--where"),
    ("1 = (SELECT count(*) FROM read_csv('/etc/passwd'))", "read_csv", "read_csv"),
    ("1 = (SELECT count(*) FROM '/etc/passwd')", "--where", "--where"),
    ("1 = (SELECT count(*) FROM duckdb_settings())", "duckdb_settings", "duckdb_settings"),
    ("getenv('HOME') <> ''", "getenv", "getenv"),
    ("guest_id < 0", "合うのが 0 ", "Only 0"),
]


@pytest.mark.parametrize(("condition", "ja", "en"), REFUSED)
def test_a_condition_that_cannot_be_one_is_answered_with_what_to_write(
    small: Path, tmp_path: Path, condition: str, ja: str, en: str
) -> None:
    out = tmp_path / "month.duckdb"
    languages: tuple[tuple[Lang, str], ...] = (("ja", ja), ("en", en))
    for lang, words in languages:
        plan = Plan("existing", "real", condition=condition)
        with pytest.raises(MarketplaceError) as refused:
            make_second_month(small, plan, Settings(out=out), target_of(condition, lang))
        assert words in refused.value.sentence(lang)
    assert not out.exists()


def test_a_condition_over_a_month_without_end_is_stopped(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.exchange.expo.target._SECONDS", 0.2)
    endless = "guest_id < (SELECT count(*) FROM range(100000) AS a, range(100000) AS b, range(100000) AS c)"
    with pytest.raises(MarketplaceError, match="too long"):
        make_second_month(
            small,
            Plan("existing", "real", condition=endless),
            Settings(out=tmp_path / "m.duckdb"),
            target_of(endless, "en"),
        )


def test_a_condition_of_chance_chooses_the_same_every_time(small: Path, tmp_path: Path) -> None:
    chosen = []
    for place in range(2):
        out = tmp_path / f"{place}.duckdb"
        plan = Plan("existing", "real", condition="random() < 0.5")
        make_second_month(small, plan, Settings(out=out), target_of(plan.condition, "en"))
        with duckdb.connect(str(out), read_only=True) as connection:
            chosen.append(connection.execute("SELECT guest_id FROM measure_units ORDER BY 1").fetchall())
    assert chosen[0] == chosen[1] != []
