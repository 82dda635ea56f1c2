"""What an author sees in the terminal: the problems, and the table of all exercises."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from coursebook.checks.examined import Examined
from coursebook.checks.near_misses_told import is_told
from coursebook.judgement import Outcome
from coursebook.messages import LANGUAGES, render
from coursebook.minutes import whole_minutes
from coursebook.problem import Problem
from sqlgrade.pack.report import Fate, MutantFate

COLUMNS = (
    "exercise",
    "kind",
    "minutes",
    "codes",
    "near_misses",
    "right",
    "databases",
    "mutants",
    "pairs",
    "publishable",
)
"""The columns of the report, by their message codes."""
FATES = (Fate.KILLED, Fate.ALIVE, Fate.EXCUSED, Fate.EQUIVALENT)
"""What is counted of mutants, in this order."""
PAIR_FATES = (Fate.KILLED, Fate.ALIVE, Fate.EQUIVALENT)
"""What is counted of pairs of mutants, which stop nothing and so need no reason."""


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
    """One row an exercise, and one with the totals of each lesson; then the pairs of mutants that are alive."""
    console = console or _wide_console()
    table = Table(*(render(f"report.{each}", {}, lang) for each in COLUMNS))
    lessons = _by_lesson(examined)
    for rows in lessons:
        for each in rows:
            table.add_row(*each.cells())
        table.add_row(*_total(rows).cells(), end_section=True, style="bold")
    console.print(table)
    for each in itertools.chain.from_iterable(lessons):
        for pair in each.hidden:
            told = {"exercise": each.name, "id": pair.id, "sql": " ".join(pair.sql.split())}
            console.print(render("report.pair_alive", told, lang), markup=False, soft_wrap=True)


def report_page(examined: Iterable[Examined], lang: str) -> str:
    """The same as a Markdown page, a table a lesson, with each near miss by its name and error code."""
    heads = [render(f"report.{each}", {}, lang) for each in COLUMNS]
    lines = [f"# {render('report.page', {}, lang)}", "", render("report.page_intro", {}, lang)]
    for rows in _by_lesson(examined):
        lines += ["", f"## {_lesson_of(rows[0].name)}", "", _line(heads), _line("---" for _ in heads)]
        lines += [_line(each.cells(named=True)) for each in (*rows, _total(rows))]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Row:
    """One exercise of the report, or the total of several."""

    name: str
    kind: str
    minutes: float
    codes: tuple[str, ...]
    named: tuple[str, ...]
    """Its near misses, each with its error code."""
    told: tuple[int, ...]
    """Near misses that get their own hint, of how many."""
    accepted: tuple[int, ...]
    """Right answers that are accepted, of how many."""
    databases: int | None
    """Databases of the pack; None where the kind needs none."""
    mutants: tuple[int, ...] | None
    """Mutants killed, alive, alive with the author's reason, equivalent by rule; None at quick depth."""
    pairs: tuple[int, ...] | None
    """Pairs of mutants killed, alive, equivalent by rule; None at quick depth."""
    publishable: bool
    hidden: tuple[MutantFate, ...] = ()
    """The pairs that are alive."""

    def cells(self, *, named: bool = False) -> tuple[str, ...]:
        """The row's cells in the order of COLUMNS."""
        told = _slashed(self.told)
        return (
            self.name,
            self.kind,
            str(whole_minutes(self.minutes)),
            " ".join(self.codes),
            f"{told} {', '.join(self.named)}".strip() if named else told,
            _slashed(self.accepted),
            "–" if self.databases is None else str(self.databases),
            "–" if self.mutants is None else _slashed(self.mutants),
            "–" if self.pairs is None else _slashed(self.pairs),
            "✓" if self.publishable else "✗",
        )


def report_row(examined: Examined) -> Row:
    """What the report says of one exercise."""
    exercise, judgements, pack = examined.exercise, examined.judgements, examined.pack
    report = pack.report if pack else None
    told = sum(is_told(exercise, each, judgements[each.path]) for each in exercise.near_misses)
    right = (*exercise.solutions, *exercise.also_right)
    accepted = sum(judgements[each.path].outcome is Outcome.ACCEPTED for each in right)
    complete = told == len(exercise.near_misses) and accepted == len(right)
    return Row(
        exercise.id if exercise.schema.lang == LANGUAGES[0] else f"{exercise.id} ({exercise.schema.lang})",
        exercise.kind.letter,
        exercise.record.minutes,
        exercise.record.codes,
        tuple(f"{each.stem} {exercise.near_miss(each.stem).code}".strip() for each in exercise.near_misses),
        (told, len(exercise.near_misses)),
        (accepted, len(right)),
        None if pack is None else len(pack.databases),
        tuple(map(report.count, FATES)) if report else None,
        tuple(map(report.count_pairs, PAIR_FATES)) if report else None,
        complete and (pack is None or pack.publishable),
        report.hidden_pairs if report else (),
    )


def _by_lesson(examined: Iterable[Examined]) -> list[list[Row]]:
    rows = map(report_row, examined)
    return [list(group) for _, group in itertools.groupby(rows, key=lambda row: _lesson_of(row.name))]


def _lesson_of(name: str) -> str:
    return name.split("-", 1)[0]


def _total(rows: list[Row]) -> Row:
    """The total of a lesson; a second language's variant adds neither minutes nor near misses."""
    own = [each for each in rows if " " not in each.name]
    return Row(
        f"{_lesson_of(rows[0].name)}: {len(own)}",
        "",
        sum(each.minutes for each in own),
        (),
        (),
        _sum(each.told for each in own),
        _sum(each.accepted for each in own),
        sum(each.databases or 0 for each in rows) or None,
        _sum(each.mutants for each in rows if each.mutants) or None,
        _sum(each.pairs for each in rows if each.pairs) or None,
        all(each.publishable for each in rows),
    )


def _sum(counts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*counts, strict=True)))


def _slashed(counts: tuple[int, ...]) -> str:
    return "/".join(map(str, counts))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _wide_console() -> Console:
    """The terminal, or a file with lines long enough for the table."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def _relative(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
