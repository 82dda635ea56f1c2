"""The texts of the Expo, course/expo/: its eight steps, the rubric, kinds of measures, sentence patterns, two whole Expos."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from coursebook.format import Bilingual
from coursebook.problem import Problem
from coursebook.records import read_record

LETTERS = "ABCDEFGHIJK"
MOST_POINTS = 3
STEPS = ("issue", "hypotheses", "metric", "checks", "slide", "measure", "talk", "second")
RESULTS = ("unreadable", "none", "small", "real", "harmful")
"""What a second month can show: groups that aren't as planned, hardly a difference, too little to tell, an effect, a harmful one."""

QUERIES = ("planned", "segments", "baseline", "before", "before_days")
"""The analysis of a plan, the same by segment with sums, which month a plan is sized by, and how the metric
stood in it, for guests or casts and for days."""


@dataclass(frozen=True)
class StepRecord:
    """[[steps]] of steps.toml."""

    id: str
    """One of STEPS."""
    title: Bilingual
    text: Bilingual
    """What is done in it, in a few sentences."""
    example: Bilingual
    """How a card may read."""
    minutes: int


@dataclass(frozen=True)
class EveningRecord:
    """[[story.evenings]] of steps.toml: what an evening ends with."""

    steps: tuple[str, ...]
    """Those of STEPS that are done in it."""
    title: Bilingual
    places: tuple[str, ...]
    """The cards of the story's model that show it; none of them holds a figure."""


@dataclass(frozen=True)
class StoryRecord:
    """[story] of steps.toml: the screen that comes first."""

    model: str
    """The id of the finished Expo that it tells of."""
    title: Bilingual
    text: Bilingual
    ending: Bilingual
    """How the model's initiative went, and what it was worth."""
    needs: Bilingual
    """What has to be known before one begins."""
    evenings: tuple[EveningRecord, ...]


@dataclass(frozen=True)
class StepsRecord:
    """steps.toml."""

    review: str
    """The exercise in words whose hand-ins who has finished the Expo reviews for those who come after."""
    story: StoryRecord
    steps: tuple[StepRecord, ...]


@dataclass(frozen=True)
class AnchorRecord:
    """[[rows.anchors]]: what earns 0, 1, 2 or 3 points, in this order."""

    text: Bilingual
    example: Bilingual


@dataclass(frozen=True)
class RowRecord:
    """[[rows]] of rubric.toml."""

    letter: str
    """A to K."""
    title: Bilingual
    step: str
    """The step in which it is seen best."""
    must: bool
    """Whether 0 points here fail the whole."""
    anchors: tuple[AnchorRecord, ...]


@dataclass(frozen=True)
class RowsRecord:
    """rubric.toml."""

    passes_with: int
    """Points of all rows together with which an Expo passes, if no `must` has 0."""
    rows: tuple[RowRecord, ...]
    marked_by: int = 2
    """So many mentors mark an Expo, each alone, before it has an outcome; a class may ask for another number."""


@dataclass(frozen=True)
class KindRecord:
    """[[kinds]] of kinds.toml: a kind of measure, and how it can be tried."""

    id: str
    title: Bilingual
    group: str
    """The group that is split at random: one of marketplace.secondmonth's GROUPS."""
    metric: str
    """The metric that it is judged on first."""
    note: Bilingual
    """What it can't be tried on, or what to watch."""


@dataclass(frozen=True)
class KindsRecord:
    """kinds.toml."""

    kinds: tuple[KindRecord, ...]


@dataclass(frozen=True)
class PatternRecord:
    """[[patterns]] of patterns.toml: how a result may be written, with blanks to fill in."""

    result: str
    """One of RESULTS."""
    title: Bilingual
    write: Bilingual
    """The pattern."""
    never: Bilingual
    """What must not be written then."""


@dataclass(frozen=True)
class PatternsRecord:
    """patterns.toml."""

    patterns: tuple[PatternRecord, ...]


@dataclass(frozen=True)
class CardRecord:
    """[[cards]] of a model: what is written at one place."""

    place: str
    """As the room's record names it, such as `issue.name`."""
    text: Bilingual


@dataclass(frozen=True)
class PointRecord:
    """[[points]] of a model: what it would get in a row of the rubric, and why."""

    letter: str
    points: int
    why: Bilingual


@dataclass(frozen=True)
class ModelRecord:
    """A file of models/: a whole Expo to read."""

    id: str
    title: Bilingual
    effect: str
    """What its second month was drawn with."""
    cards: tuple[CardRecord, ...]
    points: tuple[PointRecord, ...]


@dataclass(frozen=True)
class ExpoTexts:
    """All of it."""

    review: str = ""
    """See StepsRecord."""
    story: StoryRecord | None = None
    """None where there are no texts."""
    steps: tuple[StepRecord, ...] = ()
    passes_with: int = 0
    marked_by: int = 2
    rubric: tuple[RowRecord, ...] = ()
    kinds: tuple[KindRecord, ...] = ()
    patterns: tuple[PatternRecord, ...] = ()
    models: tuple[ModelRecord, ...] = ()
    queries: Mapping[str, str] = field(default_factory=dict)
    """The texts of QUERIES, with blanks in braces for what a plan says."""
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    """What could not be read."""

    def of_rows(self, letters: Collection[str]) -> Self:
        """The rubric as it was for an Expo that went back with these rows: rows that came later take nothing from it.

        What passes keeps its share of all points.
        """
        kept = tuple(row for row in self.rubric if row.letter in letters)
        if not kept or len(kept) == len(self.rubric):
            return self
        return replace(self, rubric=kept, passes_with=round(self.passes_with * len(kept) / len(self.rubric)))


def load_expo(root: Path) -> ExpoTexts:
    """The texts of a course's Expo; empty if it has no folder of that name."""
    folder, problems = root / "expo", list[Problem]()
    if not folder.is_dir():
        return ExpoTexts()
    steps = read_record(StepsRecord, folder / "steps.toml", problems)
    rubric = read_record(RowsRecord, folder / "rubric.toml", problems)
    kinds = read_record(KindsRecord, folder / "kinds.toml", problems)
    patterns = read_record(PatternsRecord, folder / "patterns.toml", problems)
    models = [read_record(ModelRecord, each, problems) for each in sorted((folder / "models").glob("*.toml"))]
    return ExpoTexts(
        steps.review if steps else "",
        steps.story if steps else None,
        steps.steps if steps else (),
        rubric.passes_with if rubric else 0,
        rubric.marked_by if rubric else 2,
        rubric.rows if rubric else (),
        kinds.kinds if kinds else (),
        patterns.patterns if patterns else (),
        tuple(filter(None, models)),
        {name: _query(folder / f"{name}.sql", problems) for name in QUERIES},
        tuple(problems),
    )


def _query(path: Path, problems: list[Problem]) -> str:
    if not path.is_file():
        problems.append(Problem(path, 1, "file_missing", {"name": path.name}))
        return ""
    return path.read_text(encoding="utf-8").strip()


def passes(texts: ExpoTexts, points: Mapping[str, int]) -> bool:
    """Whether points by letter are enough: the sum, and no 0 where that fails the whole; a row without points counts as 0."""
    enough = sum(points.get(each.letter, 0) for each in texts.rubric) >= texts.passes_with
    return enough and all(points.get(each.letter, 0) > 0 for each in texts.rubric if each.must)
