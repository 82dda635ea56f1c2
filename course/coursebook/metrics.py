"""The metrics that a course or a company agrees on: metrics.toml beside course.toml, one format for both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coursebook.format import Bilingual
from coursebook.messages import sentences
from coursebook.problem import Problem
from coursebook.records import read_record

FILE = "metrics.toml"
SAID = ("grain", "definition", "denominator", "numerator", "period", "exclusions", "owner", "caution")
"""What is said of a metric, in the order in which it is shown."""


@dataclass(frozen=True)
class ResultColumns:
    """columns: which columns of the result are compared."""

    numerator: str
    """Those who did: at most as many as the denominator in each row."""
    denominator: str
    """All of whom it is asked."""


@dataclass(frozen=True)
class MetricRecord:
    """[[metrics]]: one metric."""

    id: str
    """A short name: completion_rate."""
    name: Bilingual
    """What it is called."""
    grain: Bilingual
    """What one row of its result is: a month."""
    exclusions: Bilingual
    """Whom and what it leaves out."""
    owner: Bilingual
    """Who decides on it."""
    sql: str
    """The SELECT that computes it."""
    definition: Bilingual | None = None
    """What is counted, where numerator and denominator do not say it."""
    denominator: Bilingual | None = None
    """By what it is divided."""
    numerator: Bilingual | None = None
    """What is divided."""
    period: Bilingual | None = None
    """Which moment decides into which period something falls."""
    caution: Bilingual | None = None
    """What else it becomes with another denominator."""
    by: tuple[str, ...] = ()
    """The columns of the result that tell its rows apart; left out, the result is one row."""
    columns: ResultColumns | None = None
    """The columns of the result that hold numerator and denominator."""


@dataclass(frozen=True)
class VersionRecord:
    """[[versions]]: what was changed when."""

    number: int
    """1, 2, 3 …"""
    month: str
    """2026-11."""
    what: Bilingual
    """What has changed."""


@dataclass(frozen=True)
class MetricsRecord:
    """metrics.toml."""

    metrics: tuple[MetricRecord, ...] = ()
    """The metrics, in the order in which they are shown."""
    about: Bilingual | None = None
    """What holds for all of them, as Markdown."""
    versions: tuple[VersionRecord, ...] = field(default=())
    """The dictionary's history, the oldest first."""


def load_metrics(root: Path, problems: list[Problem] | None = None) -> MetricsRecord:
    """A course's metrics; none where it has no metrics.toml, or that can't be read, which is added to `problems`."""
    return read_metrics(root / FILE, problems) if (root / FILE).is_file() else MetricsRecord()


def read_metrics(path: Path, problems: list[Problem] | None = None) -> MetricsRecord:
    """The metrics of a file; what is wrong with it is added to `problems`."""
    return read_record(MetricsRecord, path, [] if problems is None else problems) or MetricsRecord()


def told_of(metric: MetricRecord, lang: str) -> list[tuple[str, str]]:
    """What is said of a metric in one language: labels and texts."""
    labels = sentences(lang)
    said = ((name, getattr(metric, name)) for name in SAID)
    return [(labels[f"metrics.{name}"], text[lang]) for name, text in said if text is not None]


def page(record: MetricsRecord, lang: str) -> str:
    """The whole dictionary as Markdown."""
    return "\n\n".join(_parts(record, lang)) + "\n"


def _parts(record: MetricsRecord, lang: str) -> Iterator[str]:
    labels = sentences(lang)
    yield f"# {labels['metrics.title']}"
    if record.about is not None:
        yield record.about[lang].strip()
    for metric in record.metrics:
        yield f"## {metric.name[lang]}"
        yield _table(["", ""], told_of(metric, lang))
        yield f"```sql\n{metric.sql.strip()}\n```"
    if record.versions:
        yield f"## {labels['metrics.versions']}"
        head = [labels[f"metrics.{each}"] for each in ("version", "month", "what")]
        yield _table(head, [(str(each.number), each.month, each.what[lang]) for each in record.versions])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    first = f"| {' | '.join(head)} |" if any(head) else "|" + " |" * len(head)
    return "\n".join([first, "|" + "---|" * len(head), *(f"| {' | '.join(map(_cell, row))} |" for row in rows)])


def _cell(text: str) -> str:
    """A text as a cell holds it: on one line, its own strokes escaped."""
    return " ".join(text.split("\n")).strip().replace("|", "\\|")
