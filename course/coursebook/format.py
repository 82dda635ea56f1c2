"""The records of the course's TOML files; each field's line says what it means and is the format's reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from coursebook.kind import Kind
from coursebook.parameters import ParameterKind
from coursebook.records import TABLES
from sqlgrade.record import Limits, Rules

Table = TypeVar("Table")


@dataclass(frozen=True)
class Bilingual:
    """One text in both languages."""

    ja: str
    """Japanese."""
    en: str
    """English."""

    def __getitem__(self, lang: str) -> str:
        """The text in `ja` or `en`."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True)
class LevelRecord:
    """One level of the course."""

    number: int
    """1, 2 or 3."""
    name: Bilingual
    """What the level is called."""
    lessons: tuple[str, ...]
    """Ids of its lessons."""


@dataclass(frozen=True)
class WordingRecord:
    """[wordings.en]: what stands in that language for the Japanese words of the course's own fillings and queries."""

    words: Mapping[str, str] = field(default_factory=dict)
    """Whole value -> its wording, besides those of the practice data."""
    patterns: Mapping[str, str] = field(default_factory=dict)
    """What stands after LIKE -> what stands there instead."""


@dataclass(frozen=True)
class ClockRecord:
    """[clock] of course.toml: by which clock days are counted."""

    ahead: int
    """Hours by which local time is ahead of the stored moments."""
    day_begins: int = 0
    """The local hour at which a business day begins."""


@dataclass(frozen=True)
class CourseRecord:
    """course.toml."""

    title: Bilingual
    """The course's name."""
    name: str = ""
    """A short name of small letters, digits and -, for files and folders: lending; left out, that of the course's folder."""
    lessons: tuple[str, ...] = ()
    """Folders under lessons/, in the order they are taken; left out, all of them by name."""
    levels: tuple[LevelRecord, ...] = ()
    """The levels, lowest first."""
    schema: str = ""
    """A DDL script beside course.toml; left out, the schema is the marketplace's."""
    mapping: str = ""
    """What the columns of that script mean, as penguin data copy reads it; left out, what their names suggest."""
    statistics: str = ""
    """The result of the script that penguin data profile wrote; left out, the usual shapes."""
    now: datetime | None = None
    """The frozen current_date and now()."""
    timezone: str = "UTC"
    """The session's time zone."""
    clock: ClockRecord | None = None
    """The clocks by which the data may be read, where there are two."""
    assume: tuple[str, ...] = ()
    """Queries that return no row in valid data: rules which the DDL can't say."""
    fixed: tuple[str, ...] = ()
    """Tables of the DDL script whose rows, which it inserts, are the same in all data, a calendar say."""
    pools: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """Realistic values per "table.column" for the generated databases."""
    least_drills: int = 20
    """Different drills that a practice template must give, so that practising is not learning by heart."""
    renumbered: tuple[Mapping[str, str], ...] = ()
    """Each time exercises got other numbers, oldest first: earlier id -> the one it has had since."""
    wordings: Mapping[str, WordingRecord] = field(default_factory=dict)
    """Language -> the words of pools, fillings and queries in it."""


@dataclass(frozen=True)
class TermRecord:
    """One entry of a lesson's glossary."""

    term: Bilingual
    """The word."""
    meaning: Bilingual
    """What it means, in a sentence."""
    also: tuple[str, ...] = ()
    """Other words under which it is looked up, in either language: the plain word, the short form, a column's name."""


@dataclass(frozen=True)
class FinishRecord:
    """[finish]: how the lesson ends."""

    goal: str
    """The exercise whose answer is what the colleague asked for: L1-07."""
    colleague: Bilingual
    """Who asked, as the lesson's first lines call them."""
    reply: Bilingual
    """What they say once they have it; no figures, for those depend on the data."""
    abilities: tuple[Bilingual, ...]
    """"Now I can …": [[finish.abilities]], three short lines."""


@dataclass(frozen=True)
class ViewRecord:
    """[[views]]: a view that the lesson gives, whose query is in views/<name>.sql; queries read it as lesson.<name>."""

    name: str
    """scored: small letters, digits and _; no other lesson has one of that name."""
    title: Bilingual
    """What it holds, in a few words."""
    meaning: Bilingual
    """What a row is."""
    columns: Mapping[str, Bilingual]
    """Each of its columns, in their order -> what it means."""


@dataclass(frozen=True)
class StretchRecord:
    """[[stretches]]: a quarter of an hour of the lesson, useful by itself; it begins where the one before it ends."""

    last: str
    """The exercise that it ends with: L1-02."""
    question: Bilingual
    """What it is about, as a question."""
    ability: Bilingual
    """"Now I can …", in one line."""


@dataclass(frozen=True)
class LessonRecord:
    """lesson.toml."""

    id: str
    """L1, L2, …"""
    title: Bilingual
    """The lesson's name."""
    question: Bilingual
    """The business question it answers."""
    minutes: int
    """Estimated time."""
    level: int
    """The level it belongs to."""
    needs: tuple[str, ...] = ()
    """Ids of the lessons that come before."""
    glossary: tuple[TermRecord, ...] = ()
    """The words introduced; shown at the end of the lesson."""
    outcome: Bilingual | None = None
    """"After it I can …"."""
    stretches: tuple[StretchRecord, ...] = ()
    """What it is cut into, in their order."""
    finish: FinishRecord | None = None
    """How it ends; left out, it ends with its glossary."""
    views: tuple[ViewRecord, ...] = ()
    """What it gives to its queries beside the tables; a view may read others of the same lesson."""


@dataclass(frozen=True)
class NearMissRecord:
    """[near_misses.<stem>]: what the wrong answer in near-misses/<stem>.sql is an instance of."""

    code: str = ""
    """Error code of the curriculum, E01 to E63; empty if none fits."""
    clause: str | None = None
    """The clause at fault: FROM, WHERE, GROUP BY, HAVING, SELECT, ORDER BY, …"""


@dataclass(frozen=True)
class AliveRecord:
    """[alive."<edit>"]: why a mutant may survive."""

    reason: str
    """One sentence."""


@dataclass(frozen=True)
class PredictRecord:
    """[predict]: the query whose result is predicted."""

    query: str = "query.sql"
    """A file of the exercise's folder; its columns prove those of the solution that bear the same names."""
    shown: bool = True
    """Whether it stands as a runnable cell below the answer; false for a query that only proves."""


@dataclass(frozen=True)
class ParameterRecord:
    """[parameters.<name>]: what stands for {{ name }} in the exercise's queries; a range has {{ name.start }} and {{ name.end }}."""

    kind: ParameterKind
    """text, number, list, date, range."""
    label: Bilingual
    """What stands before its field."""
    default: str | float = ""
    """What is put in at first; left out, the first choice, 0 or yesterday."""
    choices: tuple[str | float, ...] = ()
    """What a list offers."""
    query: str = ""
    """A query whose first column is what the list offers, in place of `choices`."""
    values: tuple[str | float, ...] = ()
    """What answers are judged with, one after another: two or more."""


@dataclass(frozen=True)
class CriterionRecord:
    """One row of a rubric."""

    id: str
    """A short name."""
    text: Bilingual
    """What the mentor looks for."""
    points: int = 2
    """Most points it can give."""


@dataclass(frozen=True)
class RubricRecord:
    """rubric.toml of an M exercise."""

    criteria: tuple[CriterionRecord, ...]
    """The rows, in the order they are shown."""


@dataclass(frozen=True)
class ExerciseRecord:
    """exercise.toml."""

    id: str
    """L1-07: the lesson's id and the exercise's number, counted in the order of the lesson; L1-07b may stand after it."""
    kind: Kind
    """W write, F fix, P predict, B fill in, Q decide, J Parsons, C chart, M free form, A alert, K break a draft, R review a draft."""
    points: float = 10.0
    """Most points it can give."""
    codes: tuple[str, ...] = ()
    """Error codes it aims at."""
    skills: tuple[str, ...] = ()
    """Skills it trains, S01 to S39."""
    minutes: float = 5.0
    """Estimated time."""
    kpi: str = ""
    """Its node in the KPI tree."""
    column_names: tuple[str, ...] = ()
    """The columns asked for, as the prompt names them."""
    rules: Rules = field(default_factory=Rules)
    """How results are compared; row_order "as_solution" when the prompt asks for an order, else "ignored"."""
    limits: Limits = field(default_factory=Limits)
    """Time and memory of one run."""
    near_misses: Mapping[str, NearMissRecord] = field(default_factory=dict)
    """One table per file in near-misses/."""
    alive: Mapping[str, AliveRecord] = field(default_factory=dict)
    """Mutants that may survive, each with its reason."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Stem of a solution file -> name of the reading it takes; left out, all solutions take the same."""
    assume: tuple[str, ...] = ()
    """Further queries that return no row in valid data."""
    pools: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    """Further realistic values per "table.column"."""
    require: tuple[str, ...] = ()
    """Constructs the answer must use."""
    forbid: tuple[str, ...] = ()
    """Constructs the answer may not use."""
    reads: tuple[str, ...] = ()
    """Tables of the first solution, written where a learners' edition leaves it out; authors leave it away."""
    values: tuple[str, ...] = ()
    """What each value of an answer is (letter, truth, number, date, text), written there likewise; authors leave it away."""
    most_dates: int | None = None
    """Most dates that an answer may write: 1 where the task has the base date in one place."""
    view: str = ""
    """Name of the view, in the learner's own schema, that an answer has to make of its query."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Credit weights by clause."""
    predict: PredictRecord | None = None
    """P exercises whose query is shown."""
    parameters: Mapping[str, ParameterRecord] = field(default_factory=dict)
    """Parameters of its queries by name."""
    tables: Mapping[str, object] = field(default_factory=dict, metadata=TABLES)
    """The table that belongs to the exercise's kind, such as [chart], by name."""

    def table(self, sort: type[Table]) -> Table | None:
        """The kind's own table, if it is there."""
        return next((each for each in self.tables.values() if isinstance(each, sort)), None)
