"""Run every check on a data set."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from marketplace.checks.constraints import constraint_findings
from marketplace.checks.findings import Finding, Report, Wording
from marketplace.faults import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SMALLEST = 0.005
"""Below this factor a data set promises its constraints only, as does the month of a measure."""


def check(path: Path | str, progress: Callable[[Finding], None] | None = None, threads: int | None = None) -> Report:
    """Recompute every planted truth of a DuckDB file with plain SQL; raises MarketplaceError if it is no data set."""
    with _opened(Path(path), threads) as connection:
        facts = identity_of(connection, path)
        findings = []
        is_full = float(facts["scale"]) >= _SMALLEST and facts["kind"] == "standard"
        for finding in _findings(connection, is_full):
            findings.append(finding)
            if progress:
                progress(finding)
        return Report(str(path), facts["scale"], facts["seed"], facts["locale"], tuple(findings))


def identity_of(connection: duckdb.DuckDBPyConnection, path: Path | str) -> dict[str, str]:
    """Return version, seed, scale and locale that the file was built with."""
    try:
        row = connection.execute("SELECT enum_range(NULL::marketplace_build)").fetchone()
    except duckdb.Error as fault:
        raise MarketplaceError("not_a_dataset", path=path) from fault
    return dict(label.split("=", 1) for label in row[0]) if row else {}


def _opened(path: Path, threads: int | None) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise MarketplaceError("file_missing", path=path)
    try:
        return duckdb.connect(str(path), read_only=True, config={"threads": threads} if threads else {})
    except duckdb.Error as fault:
        raise MarketplaceError("not_a_dataset", path=path) from fault


def _findings(connection: duckdb.DuckDBPyConnection, is_full: bool) -> Iterator[Finding]:
    yield from constraint_findings(connection)
    if not is_full:
        return
    for file in sorted((files("marketplace") / "checks" / "sql").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql"):
            yield _finding(connection, file.name.removesuffix(".sql"), file.read_text(encoding="utf-8"))


def _finding(connection: duckdb.DuckDBPyConnection, name: str, text: str) -> Finding:
    title, planted, found = (_wording(text, part) for part in ("", "planted ", "found "))
    ok, *facts = connection.execute(text).fetchone() or (False,)
    known = ["–" if fact is None else fact for fact in facts]
    return Finding(name, title, bool(ok), planted, Wording(_filled(found.ja, known), _filled(found.en, known)))


def _wording(text: str, part: str) -> Wording:
    """Return a text of the file's head, such as `-- found ja: …`."""
    head = dict(line.removeprefix("-- ").split(": ", 1) for line in text.splitlines() if line.startswith("-- "))
    return Wording(head[f"{part}ja"], head[f"{part}en"])


def _filled(template: str, facts: list[Any]) -> str:
    """Return the template with its facts; a fact that no row bears out is shown as it is, whatever its format."""
    try:
        return template.format(*facts)
    except (ValueError, IndexError):
        return ", ".join(map(str, facts))
