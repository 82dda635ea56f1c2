"""The records of a practice template, course/practice/<skill>/<name>.toml; each field's line is the format's reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coursebook.format import Bilingual
from coursebook.kind import Kind
from sqlgrade.record import Rules


@dataclass(frozen=True)
class Slot:
    """[slots.<name>]: `{name}` in the SQL becomes a value, in the texts that value's name in the reader's language."""

    values: tuple[str, ...] = ()
    """What is written into the SQL, as it stands there (quotes are the template's)."""
    ja: tuple[str, ...] = ()
    """Their names in Japanese; left out, the values themselves."""
    en: tuple[str, ...] = ()
    """Their names in English; left out, the values themselves."""
    query: str = ""
    """Instead of values: a SELECT over the practice data of one column, or of three: value, Japanese name, English name."""


@dataclass(frozen=True)
class Wrong:
    """[[wrong]]: a wrong answer that the data of every instance must refute."""

    name: str
    """A short name, like a near miss's file name."""
    sql: str
    """The query, with the same slots."""
    hint: Bilingual
    """What is said when it is recognised."""
    code: str = ""
    """Its error code."""
    clause: str | None = None
    """The clause at fault."""


@dataclass(frozen=True)
class DraftOfTemplate:
    """[draft]: somebody else's query that the drill is about (kinds K and R), with slots."""

    right: bool
    """Whether it does what the task asks: true where no rows can show it wrong."""
    query: Bilingual
    """The query, with the comments of each language."""
    truth: str
    """A right query for the same task."""
    needs: Mapping[str, str] = field(default_factory=dict)
    """Wrong answer -> query that finds a row as soon as an answer's rows have what that one lacks; the first unmet is told."""
    may_be_empty: bool = False
    """Whether tables without a row are an answer."""
    asks_result: bool = False
    """Whether an answer also says what should come out of its rows (kind K)."""
    witness: str = ""
    """All that shows in the practice data that the draft is wrong, one a row, the one that the slot {witness} holds first (kind R)."""


@dataclass(frozen=True)
class TemplateRecord:
    """One template."""

    id: str
    """The skill's number and a letter: 02a."""
    skill: str
    """S01 to S39."""
    kind: Kind
    """W, F, P, B, Q, J, K or R."""
    title: Bilingual
    """The drill's name; it must not name the skill."""
    prompt: Bilingual
    """The task, with slots; says columns, order, test accounts."""
    solution: str
    """The right query, with slots."""
    idea: Bilingual
    """The idea hint."""
    success: Bilingual
    """What is said on success."""
    explanation: Bilingual
    """What is shown with the solution."""
    starter: str = ""
    """What the answer cell holds at first, with slots."""
    predict: str = ""
    """The query whose result is predicted (kind P), with slots; a slot's `query` can work out the literals of the solution."""
    draft: DraftOfTemplate | None = None
    """The draft that it is about (kinds K and R)."""
    after: str = ""
    """The lesson that must have been begun before a round asks it, where that is not the one that teaches its skill: L15."""
    wrong: tuple[Wrong, ...] = ()
    """At least two."""
    also_right: tuple[str, ...] = ()
    """Other right queries, with slots."""
    slots: Mapping[str, Slot] = field(default_factory=dict)
    """The slots by name."""
    rules: Rules = field(default_factory=Rules)
    """How results are compared."""
    column_names: tuple[str, ...] = ()
    """The columns asked for."""
    assume: tuple[str, ...] = ()
    """Queries, with slots, that return no row in valid data: what the task takes for granted."""
    databases: tuple[str, ...] = ()
    """Hand-made fillings, with slots, that tell its wrong answers apart: INSERT scripts, as an exercise's databases/*.sql."""
    codes: tuple[str, ...] = ()
    """Error codes it aims at; left out, those of its wrong answers."""
    minutes: float = 3.0
    """Estimated time."""
    level: Literal[1, 2, 3] = 1
    """The level whose lessons it needs."""
