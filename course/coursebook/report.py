"""What an author sees in the terminal: the problems, and the table of all exercises."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from coursebook.checks.examined import Examined
from coursebook.checks.near_misses_told import is_told
from coursebook.judgement import Outcome
from coursebook.messages import LANGUAGES, render
from coursebook.problem import Problem

COLUMNS = ("exercise", "kind", "minutes", "codes", "near_misses", "right", "databases", "mutants", "publishable")
"""The columns of the report, by their message codes."""


def print_problems(problems: Iterable[Problem], lang: str, console: Console | None = None) -> None:
    """Every problem as file:line, what is wrong, and what to do; then how many there are."""
    console = console or Console(soft_wrap=True, highlight=False)
    count = 0
    for problem in problems:
        count += 1
        console.print(
            f"[bold]{_relative(problem.file)}:{problem.line}[/bold]{f' ({problem.lang})' if problem.lang else ''}"
        )
        console.print(f"  {problem.sentence('problem', lang)}", markup=False)
        console.print(f"  → {problem.sentence('remedy', lang)}", markup=False)
    console.print(render("report.problems" if count else "report.no_problems", {"count": count}, lang), markup=False)


def print_report(examined: Iterable[Examined], lang: str, console: Console | None = None) -> None:
    """One row an exercise: codes, near misses told / all, right answers, mutants killed / alive / equivalent."""
    console = console or _wide_console()
    table = Table(*(render(f"report.{each}", {}, lang) for each in COLUMNS))
    for each in examined:
        table.add_row(*report_row(each))
    console.print(table)


def _wide_console() -> Console:
    """The terminal, or a file with lines long enough for the table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def report_row(examined: Examined) -> tuple[str, ...]:
    """The cells of one row of the report."""
    exercise, judgements = examined.exercise, examined.judgements
    told = sum(is_told(exercise, each, judgements[each.path]) for each in exercise.near_misses)
    right = (*exercise.solutions, *exercise.also_right)
    accepted = sum(judgements[each.path].outcome is Outcome.ACCEPTED for each in right)
    return (
        exercise.id if exercise.schema.lang == LANGUAGES[0] else f"{exercise.id} ({exercise.schema.lang})",
        exercise.kind,
        f"{exercise.record.minutes:g}",
        " ".join(exercise.record.codes),
        f"{told}/{len(exercise.near_misses)}",
        f"{accepted}/{len(right)}",
        *_pack_cells(examined),
    )


def _pack_cells(examined: Examined) -> tuple[str, str, str]:
    pack = examined.pack
    if pack is None:
        return ("–", "–", "✓")
    report = pack.report
    mutants = f"{report.killed}/{report.alive}/{report.equivalent}" if report else "–"
    return (str(len(pack.databases)), mutants, "✓" if pack.publishable else "✗")


def _relative(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
