"""`penguin judge` takes the nights of an alert from a file, and says on which of them the answer fails."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from classroom.commands.judge import app

if TYPE_CHECKING:
    from pathlib import Path

DDL = "CREATE TABLE nights (day DATE PRIMARY KEY, talks INTEGER NOT NULL)"
SCRIPT = """INSERT INTO nights VALUES ('2025-03-01', 9), ('2025-03-02', 2);
CREATE TEMP TABLE watched AS SELECT day, 'night' AS sort, talks < 5 AS rings FROM nights"""
RIGHT = "SELECT day AS business_date, talks < 5 AS is_alert FROM nights ORDER BY day DESC LIMIT 1"
WATCH = {
    "script": SCRIPT,
    "columns": ["business_date", "is_alert"],
    "runs": [1],
    "arrived": {"nights": "day <= DATE '{day}'"},
}


def test_an_alert_is_judged_by_the_nights_of_a_file(tmp_path: Path) -> None:
    texts = {"schema.sql": DDL, "solution.sql": RIGHT, "answer.sql": RIGHT.replace("< 5", "< 10")}
    texts |= {"nights.json": json.dumps(WATCH), "none.json": "[]"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    files = [each for name in ("schema", "solution", "answer") for each in (f"--{name}", str(tmp_path / f"{name}.sql"))]
    wrong, bad = (
        CliRunner().invoke(app, [*files, "--watch", str(tmp_path / name), "--lang", "en"])
        for name in ("nights.json", "none.json")
    )
    assert (wrong.exit_code, bad.exit_code) == (1, 2)
    assert "1 2025-03-01 night false" in wrong.stdout
    assert "2025-03-02" not in wrong.stdout
