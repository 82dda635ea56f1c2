"""Run every check on a data set."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from marketplace.checks.constraints import constraint_findings
from marketplace.checks.findings import Described, Finding, Report, Wording
from marketplace.faults import MarketplaceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SMALLEST, _ENOUGH_FOR_ISSUES = 0.005, 1.0
"""Below the first factor a data set promises its constraints only, as does the month of a measure; below the second, chance may hide
an Expo's issues."""


def check(
    path: Path | str,
    progress: Callable[[Finding], None] | None = None,
    threads: int | None = None,
    *,
    with_issues: bool = False,
) -> Report:
    """Recompute every planted truth of a DuckDB file with plain SQL.

    Args:
        path: The data set.
        progress: Called with each finding.
        threads: Of the database engine; all cores by default.
        with_issues: Also what an Expo may find in it: its issues, and what looks like one and is none.

    Raises:
        MarketplaceError: it is no data set, or is too small for the issues that were asked for.
    """
    with _opened(Path(path), threads) as connection:
        facts = identity_of(connection, path)
        findings = []
        is_full = float(facts["scale"]) >= _SMALLEST and facts["kind"] == "standard"
        if with_issues and not (is_full and float(facts["scale"]) >= _ENOUGH_FOR_ISSUES):
            raise MarketplaceError("issues_need_std", path=path)
        for finding in _findings(connection, (("sql",) if is_full else ()) + (("expo",) if with_issues else ())):
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


def _findings(connection: duckdb.DuckDBPyConnection, folders: tuple[str, ...]) -> Iterator[Finding]:
    yield from constraint_findings(connection)
    for folder in folders:
        for file in sorted((files("marketplace") / "checks" / folder).iterdir(), key=lambda each: each.name):
            if file.name.endswith(".sql"):
                yield _finding(connection, file.name.removesuffix(".sql"), file.read_text(encoding="utf-8"))


def described(folder: str = "expo") -> tuple[Described, ...]:
    """Return what the files of a folder are about, in order, without any data."""
    found = []
    for file in sorted((files("marketplace") / "checks" / folder).iterdir(), key=lambda each: each.name):
        if file.name.endswith(".sql"):
            text = file.read_text(encoding="utf-8")
            sql = "\n".join(line for line in text.splitlines() if not line.startswith("-- "))
            found.append(Described(file.name.removesuffix(".sql"), _wording(text, ""), _wording(text, "planted "), sql))
    return tuple(found)


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
