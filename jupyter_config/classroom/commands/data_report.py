"""What `penguin data` shows while it works and when it is done: the bar, the table of checks, the findings in the manifest."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from marketplace.faults import MarketplaceError, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from classroom.language import Lang
    from marketplace.checks import Report


@contextmanager
def progress(language: Lang) -> Iterator[Callable[[int, int, int], None]]:
    """Show a bar with rows, rows per second and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}% {task.fields[rows]:>13,} {task.fields[unit]} {task.fields[speed]:>11,}/s"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        unit = sentence("rows_left", language)
        task = bar.add_task(sentence("building", language), total=None, rows=0, speed=0, unit=unit)

        def advance(done: int, blocks: int, rows: int) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            bar.update(task, total=blocks, completed=done, rows=rows, speed=int(rows / elapsed) if elapsed else 0)

        yield advance


def checked(data: Path, language: Lang, threads: int | None, *, with_issues: bool = False) -> Report:
    """Run the checks, with a sign that something is going on."""
    from rich.console import Console

    from marketplace.checks import check as run

    with Console(stderr=True).status(sentence("checking", language)):
        return run(data, threads=threads, with_issues=with_issues)


def write_findings(data: Path, report: Report) -> None:
    """Add what was found to the manifest, if the data set has one that may be written."""
    from marketplace.fingerprints import fingerprint
    from marketplace.manifest import read_manifest, with_findings
    from marketplace.workplace import manifest_path

    place = manifest_path(data)
    try:
        manifest = read_manifest(place)
        unfinished = place.with_name(f".{place.name}.unfinished")
        unfinished.write_text(with_findings(manifest, report, fingerprint(data)).to_json(), encoding="utf-8")
        unfinished.replace(place)
    except (MarketplaceError, OSError):
        return


def print_report(report: Report, language: Lang) -> None:
    """Print a line for each check, and the verdict."""
    from rich.console import Console
    from rich.table import Table

    table = Table(show_lines=False, expand=True)
    table.add_column("")
    for code in ("check_column", "planted_column", "found_column"):
        table.add_column(sentence(code, language), overflow="fold")
    for finding in report.findings:
        table.add_row(
            "○" if finding.ok else "×", finding.title[language], finding.planted[language], finding.found[language]
        )
    Console().print(table)
    code = "all_found" if report.ok else "not_all_found"
    print(sentence(code, language, count=len(report.findings), failed=len(report.failed)))
