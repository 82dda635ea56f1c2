"""The text of an answer cell: its first line, the answer under it, and the % lines that are not SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlgrade.dialect.heading import DUCKDB, named_dialect

_FIRST_LINE = re.compile(
    r"^\s*--\s*(?:解答|答え|練習|今日の1問|answer|practice|today)\s*[:：]?\s*(L\d+-\d+[a-z]?|P\d\d[a-z]-\d+|T\d+)(?![\w-])[^\n]*(?:\n|\Z)",
    re.IGNORECASE,
)
"""The comment that makes a cell an answer; the id is its one group."""
_ID = re.compile(r"^(L)(\d+)-(\d+)([a-z]?)$", re.IGNORECASE)
_DRILL_ID = re.compile(r"^P(\d\d[a-z])-(\d+)$", re.IGNORECASE)
"""Ids as people type them: l1-7, p02A-17."""
_TODAY_ID = re.compile(r"^T\d+$", re.IGNORECASE)
_NBGRADER_MARK = re.compile(r"^[^\S\n]*--\s*(?:BEGIN|END) SOLUTION[^\S\n]*$\n?", re.MULTILINE)
_BLANK = re.compile(r"___+")
"""Three underlines or more: the blanks of a starter, however many of them a learner has touched."""
_COMMENT_OR_TEXT = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)

KERNEL_LINE = re.compile(r"^[ \t　]*[%％]([^\W\d_]\w*)[ \t　]*((?:[^\n]*[^\n \t　;])?)[ \t　;]*$", re.MULTILINE)
"""A line that may be for the kernel: its name and its argument. Read in one go, however many spaces a line holds."""
KERNEL_LINES = frozenset(
    "grade schema tables 表 chart グラフ kpi_tree steps ステップ bigquery dialect 方言 practice 練習 review まとめ placement 診断"
    " query クエリ my parameter パラメータ night 夜 home ホーム save 保存 hint ヒント finish 仕上げ simpler solution check tries ask 質問 term 用語 format 整える draft 下書き metrics metric 指標 help ヘルプ".split()
)
"""The names that the kernel knows after a %; after any other a % at a line's beginning is the operator."""
_CHART_NAMES = frozenset({"chart", "グラフ"})
"""Those of them that say what chart is to be drawn."""

CHARTS = ("bar", "hbar", "line", "area", "scatter", "hist", "pie", "funnel", "cohort", "table")
"""What a %chart line can draw, in the order in which it is offered."""

WORDS = {"ja": "解答", "en": "Answer"}
PRACTICE_WORDS = {"ja": "練習", "en": "Practice"}
"""What the first line of an answer cell begins with: in a lesson, and in a drill."""


@dataclass(frozen=True)
class AnswerCell:
    """An answer cell taken apart."""

    exercise_id: str
    """L1-07, P02a-17 for a drill, T3 for a question of the day."""
    answer: str
    """What the learner hands in: the cell without its first line."""
    offset: int = 0
    """Characters of the cell before the answer begins."""
    dialect: str = DUCKDB
    """What it is written in: the dialect that a line of it names, else the one chosen for it."""


@dataclass(frozen=True)
class ChartLine:
    """A %chart line taken apart."""

    kind: str
    """One of `CHARTS`, or what was written instead."""
    options: Mapping[str, str] = field(default_factory=dict)
    """x, y and the others, as written."""


def recognise(source: str) -> AnswerCell | None:
    """The answer in a cell, or None if its first line names no exercise; in the dialect that it names, else in DuckDB's."""
    found = _FIRST_LINE.match(source)
    if not found:
        return None
    answer = _NBGRADER_MARK.sub("", source[found.end() :]).strip("\n")
    place = source.find(answer, found.end())
    return AnswerCell(canonical_id(found[1]), answer, max(place, found.end()), named_dialect(answer) or DUCKDB)


def answer_alone(exercise_id: str, answer: str) -> AnswerCell:
    """An answer that stands in no cell."""
    return AnswerCell(exercise_id, answer.strip("\n"), 0, named_dialect(answer) or DUCKDB)


def below_first_line(source: str) -> str:
    """An answer cell's text under the line that names the exercise: its lines are those that the learner counts."""
    found = _FIRST_LINE.match(source)
    return source[found.end() :] if found else source


def first_line(exercise_id: str, lang: str) -> str:
    """The comment that names the exercise."""
    words = PRACTICE_WORDS if drill_of(exercise_id) else WORDS
    return f"-- {words[lang]} {exercise_id}"


def drill_of(exercise_id: str) -> tuple[str, int] | None:
    """Template id and seed of a drill's id; None for any other exercise."""
    found = _DRILL_ID.match(exercise_id.strip())
    return (found[1].lower(), int(found[2])) if found else None


def canonical_id(written: str) -> str:
    """L1-07 for l1-7, P02a-17 for p02A-17; anything else comes back as it is."""
    if drill := _DRILL_ID.match(written.strip()):
        return f"P{drill[1].lower()}-{int(drill[2])}"
    found = _ID.match(written.strip())
    return f"L{int(found[2])}-{int(found[3]):02d}{found[4].lower()}" if found else written


def is_exercise_id(written: str) -> bool:
    """Whether a word is an exercise's or a drill's id, however it is typed."""
    return bool(_ID.match(written.strip()) or _DRILL_ID.match(written.strip()) or _TODAY_ID.match(written.strip()))


def cut_chart(answer: str) -> tuple[str, ChartLine | None]:
    """The SQL without its lines for the kernel (%chart, %steps …), and the last %chart line read."""
    charts = [line[2] for line in KERNEL_LINE.finditer(answer) if line[1].lower() in _CHART_NAMES]
    sql = KERNEL_LINE.sub(lambda line: "" if line[1].lower() in KERNEL_LINES else line[0], answer).strip("\n")
    return sql, _read_chart(charts[-1]) if charts else None


def count_blanks(answer: str) -> int:
    """Blanks `___` left in the answer, those inside quotes too, those in comments not."""
    without_comments = _COMMENT_OR_TEXT.sub(lambda each: each[0] if each[0].startswith("'") else " ", answer)
    return len(_BLANK.findall(without_comments))


def is_empty(answer: str) -> bool:
    """Nothing but comments and space."""
    return not words_of(answer)


def words_of(answer: str) -> list[str]:
    """The answer without comments and closing semicolon, cut at white space: equal for texts that differ in layout only."""
    return re.sub(r"--[^\n]*|/\*.*?\*/", "", answer, flags=re.DOTALL).rstrip(" \t\r\n;　").split()


def constructs_named(text: str) -> set[str]:
    """The words in capitals, as SQL's are written in prose and in queries: `EXISTS`, `RANK`, `PARTITION`."""
    return set(re.findall(r"[A-Z][A-Z_]{2,}", text))


def _read_chart(line: str) -> ChartLine:
    words = re.sub(r"\s*([=,])\s*", r"\1", line).split()
    options = dict(word.split("=", 1) for word in words if "=" in word)
    kind = next((word for word in words if "=" not in word), "")
    return ChartLine(kind.lower(), options)
