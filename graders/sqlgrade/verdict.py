"""The verdict on one answer, as frozen values that travel as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003  (from_json reads the annotations)
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlgrade.tables.result import Row  # noqa: TC001  (read at run time from the annotations)
from sqlgrade.tables.values import from_plain, shortened, to_plain


class Status(StrEnum):
    """Exactly one holds for each answer."""

    ACCEPTED = "accepted"
    REFUTED = "refuted"
    INVALID = "invalid"
    NOT_PROVED = "not_proved"
    """Nothing was found against the answer, on data that could not have told: the task is at fault, nothing is known of it."""
    AUTHOR_FAULT = "author_fault"
    UNJUDGED = "unjudged"
    """The machine did not manage: nothing is known of the answer."""


class Reason(StrEnum):
    """Why an answer is invalid."""

    DOES_NOT_RUN = "does_not_run"
    NOT_ALLOWED = "not_allowed"
    LIMIT = "limit"
    ORDER_DEPENDENT = "order_dependent"


class DiffKind(StrEnum):
    """In what an answer's result differs from the solution's."""

    WIDTH = "width"
    TYPES = "types"
    MISSING_ROWS = "missing_rows"
    EXTRA_ROWS = "extra_rows"
    BOTH = "both"
    VALUES = "values"
    DUPLICATES_ONLY = "duplicates_only"
    ORDER_ONLY = "order_only"
    COLUMNS_PERMUTED = "columns_permuted"
    NAMES_ONLY = "names_only"
    ERROR = "error"


class Level(StrEnum):
    """How sure a finding is."""

    CERTAIN = "certain"
    CLAUSE = "clause"
    SHAPE = "shape"


@dataclass(frozen=True)
class Remark:
    """A code with its parameters; the sentence is in the message files."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SmallTable:
    """A small table to show: names, DuckDB types, rows."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Site:
    """A place in the learner's own text, as character offsets."""

    start: int
    end: int


@dataclass(frozen=True)
class Diff:
    """How two results differ; missing, extra and changed hold rows, the counts say how many there are."""

    kind: DiffKind
    learner_rows: int = 0
    expected_rows: int = 0
    missing: tuple[Row, ...] = ()
    extra: tuple[Row, ...] = ()
    changed: tuple[tuple[Row, Row], ...] = ()
    """Pairs (learner's row, expected row) that belong together."""
    missing_count: int = 0
    extra_count: int = 0
    facts: tuple[Remark, ...] = ()
    uncounted: bool = False
    """True if the learner's rows were given up at `learner_rows`: there may be more."""

    def trimmed(self, examples: int = 3) -> Diff:
        """The same difference with at most so many example rows."""
        return replace(
            self,
            missing=tuple(map(shortened, self.missing[:examples])),
            extra=tuple(map(shortened, self.extra[:examples])),
            changed=tuple((shortened(one), shortened(other)) for one, other in self.changed[:examples]),
        )


@dataclass(frozen=True)
class SqlError:
    """Why an answer does not run, placed in the learner's text; code is E01 to E08, E16 or empty."""

    kind: str
    message: str
    line: int | None = None
    column: int | None = None
    position: int | None = None
    code: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Counterexample:
    """A small valid database on which the answer is wrong, with both results."""

    tables: Mapping[str, SmallTable]
    learner: SmallTable | None
    expected: SmallTable | None
    total_rows: int
    error: SqlError | None = None
    """Set when the answer fails on this database."""
    fixed: tuple[str, ...] = ()
    """The tables whose content is the same in all data; of these only the rows that matter here are shown, and none
    counts in total_rows."""


@dataclass(frozen=True)
class Finding:
    """One named mistake."""

    level: Level
    code: str
    clause: str | None = None
    site: Site | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    near_miss: str | None = None
    """Name of the authored near miss that the answer behaves like."""
    mistake: str = ""
    """Key of the sentence that says what was done, where the mistake is known."""
    author_first: bool = False
    """Whether that sentence says only where the answer is wrong, so that what an author foresaw is said before it."""
    stops: bool = False
    """Whether the mistake is what makes the query stop, and nothing more is known of it."""

    @property
    def about(self) -> str:
        """What of the answer it speaks about: a condition, or another part."""
        return str(self.params.get("condition") or self.params.get("own") or "")

    def repeats(self, other: Finding) -> bool:
        """Whether it is the mistake of another finding, made once more at another place."""
        return bool(self.mistake) and self.mistake == other.mistake and bool(self.about)


@dataclass(frozen=True)
class Repair:
    """One clause that has to change, with its weight."""

    clause: str
    weight: float


@dataclass(frozen=True)
class Credit:
    """Points and how they came about."""

    points: float
    share: float = 0.0
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True)
class Search:
    """How far the search for a counterexample went."""

    databases: int = 0
    stopped_by: str = ""


class Untold(StrEnum):
    """Why the data that could be made for a task cannot tell a right answer from a wrong one."""

    EMPTY_TABLE = "empty_table"
    """A table that the solution reads has no row in any of it."""
    NO_ROWS = "no_rows"
    """The solution finds no row in any of it."""
    ONE_RESULT = "one_result"
    """The solution gives the same result on all of it."""
    MUTANTS_ALIVE = "mutants_alive"
    """Too many small changes of the solution change no result."""


LEAST_KILLED = 0.5
"""The share of a solution's mutants that data has to kill before an answer is accepted by it."""


@dataclass(frozen=True)
class DataAdequacy:
    """What the data that an answer was tried on can tell, measured on the task's solutions."""

    empty: tuple[str, ...] = ()
    """Tables that they read and in which no database has a row."""
    databases: int = 0
    fruitful: int = 0
    """Databases on which the solution finds a row."""
    results: int = 0
    """Different results of the solution."""
    mutants: int = 0
    """Mutants of the solution that were tried, without those that are known to mean the same."""
    killed: int = 0
    """Those of them whose result differs on some database."""
    fixed: bool = False
    """True if the solutions read fixed tables alone, so that there is but one result."""

    @property
    def share(self) -> float:
        """The share of the mutants that are killed; 1 where there are none."""
        return self.killed / self.mutants if self.mutants else 1.0

    @property
    def lacking(self) -> Untold | None:
        """Why the data proves nothing; None if it does."""
        if self.empty:
            return Untold.EMPTY_TABLE
        if not self.fruitful:
            return Untold.NO_ROWS
        if self.results < 2 and not self.fixed:
            return Untold.ONE_RESULT
        return Untold.MUTANTS_ALIVE if self.share < LEAST_KILLED else None


class Flaw(StrEnum):
    """What is wrong with what a watching query said of a night, whether it rang or not."""

    NONE = ""
    NO_ROW = "no_row"
    ROWS = "rows"
    DAY = "day"
    """It speaks of another night."""
    NUMBER = "number"
    """A number that has to be exact is another."""
    SIGN = "sign"
    """Whether to ring cannot be read."""
    FAILED = "failed"
    """It stopped with an error."""


class NightOutcome(StrEnum):
    """How a watching query did on a night."""

    RUNG = "rung"
    SILENT = "silent"
    MISSED = "missed"
    FALSE = "false"


@dataclass(frozen=True)
class NightMark:
    """A watching query on one night."""

    run: int
    day: str
    """The business day, as ISO writes it."""
    sort: str
    """What was planted."""
    rings: bool
    """Whether it had to ring."""
    rang: bool
    flaw: Flaw = Flaw.NONE
    columns: tuple[str, ...] = ()
    row: Row = ()
    """The first row that the query gave."""

    @property
    def outcome(self) -> NightOutcome:
        """Rung or silent as it should, missed, or a false alarm."""
        if self.rang:
            return NightOutcome.RUNG if self.rings else NightOutcome.FALSE
        return NightOutcome.MISSED if self.rings else NightOutcome.SILENT

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.rang is self.rings and self.flaw is Flaw.NONE


@dataclass(frozen=True)
class RowsTried:
    """An answer's own rows, and what a draft and the solution give on them."""

    count: int = 0
    """Rows in all its tables."""
    fewest: int = 0
    """Rows of the author's smallest answer."""
    draft: SmallTable | None = None
    """What the draft gives; None where it stops with an error, or the rows do not count."""
    expected: SmallTable | None = None
    """What should come out."""
    approved: bool = False
    """Whether the answer approves the draft."""
    by_order: bool = False
    """Whether the draft is right or wrong by the order in which the rows happen to lie."""
    stopped: str = ""
    """The engine's words where the draft stops with an error."""
    said_wrong: bool = False
    """Whether the rows show that the draft is wrong, but not what the answer says should come out; that is then kept back."""
    said_as_draft: bool = False
    """Whether what it says should come out is what the draft gives."""
    refused: Remark | None = None
    """Why the rows do not count: what cannot be read, or which rule which of them breaks."""


@dataclass(frozen=True)
class Verdict:
    """Everything sqlgrade says about one answer."""

    status: Status
    reason: Reason | None = None
    databases: int = 0
    search: Search = field(default_factory=Search)
    diff: Diff | None = None
    counterexample: Counterexample | None = None
    practice_diff: Diff | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[Remark, ...] = ()
    good: tuple[Remark, ...] = ()
    credit: Credit = field(default_factory=lambda: Credit(0.0))
    error: SqlError | None = None
    setting: Mapping[str, str] = field(default_factory=dict)
    """The values of the parameters with which the answer is wrong; none where it is not, or has no parameters."""
    versions: Mapping[str, str] = field(default_factory=dict)
    ms: Mapping[str, float] = field(default_factory=dict)
    nights: tuple[NightMark, ...] = ()
    """How a watching query did on each night; empty for any other."""
    rows: RowsTried | None = None
    """How a draft did on an answer's own rows; None where no rows were asked for."""
    proof: DataAdequacy | None = None
    """What the data can tell, where that was asked for an answer that agrees with all of it."""
    schema: tuple[Remark, ...] = ()
    """What the judge's databases do without that the task's schema says, where it was asked what the data can tell."""
    lost: tuple[str, ...] = ()
    """Steps of explaining that failed, for operators: each cost what it would have said, and is in the log."""

    @property
    def mistake(self) -> str | None:
        """Code of the mistake: the likeliest that was found, else what keeps the answer from running."""
        if self.findings:
            return self.findings[0].code
        return (self.error.code or None) if self.error else None

    def to_json(self) -> str:
        """The verdict as JSON text."""
        return json.dumps(to_plain(asdict(self)), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Verdict:
        """The verdict read back from JSON text."""
        return from_plain(cls, json.loads(text))
