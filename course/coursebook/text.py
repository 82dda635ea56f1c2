"""Markdown as the course uses it: sections of an exercise, segments of a lesson."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

EXERCISE_LINE = re.compile(r"^:::exercise\s+(\S+)\s*$")
"""The line of a lesson that places an exercise, by its folder."""
NEAR_MISS = re.compile(r"^near-miss:\s*(\S+)$")
"""The heading of a near miss's hint, by its stem."""
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_BLOCKS = MarkdownIt("commonmark").disable("inline")
"""Finds where blocks begin and end; what stands inside a line is nobody's question here, and half of a course's reading."""


@dataclass(frozen=True)
class Section:
    """A second-level heading and what stands under it."""

    heading: str
    """The heading's text."""
    body: str
    """Markdown up to the next heading of that level."""
    line: int
    """The heading's line, from 1."""


@dataclass(frozen=True)
class ExerciseText:
    """ja.md or en.md of an exercise."""

    title: str = ""
    """The first-level heading."""
    prompt: str = ""
    """What stands before the first section."""
    sections: tuple[Section, ...] = ()
    """All sections, in order."""

    def body(self, heading: str) -> str:
        """The text of a section, empty if it isn't there."""
        return next((each.body for each in self.sections if each.heading == heading), "")

    def line(self, heading: str) -> int:
        """The line of a section's heading; the first one where there is none."""
        return next((each.line for each in self.sections if each.heading == heading), 1)

    @property
    def idea(self) -> str:
        """The idea hint."""
        return self.body("idea")

    @property
    def success(self) -> str:
        """What is said on success."""
        return self.body("success")

    @property
    def explanation(self) -> str:
        """What is shown with the solution."""
        return self.body("explanation")

    @property
    def hints(self) -> Mapping[str, str]:
        """The hint of each near miss, by stem."""
        found = ((NEAR_MISS.match(each.heading), each.body) for each in self.sections)
        return {match[1]: body for match, body in found if match}


@dataclass(frozen=True)
class Segment:
    """A piece of a lesson: prose, a runnable query, or the place of an exercise."""

    kind: str
    """`text`, `query` or `exercise`."""
    content: str
    """Markdown, SQL, or the exercise's folder."""
    line: int
    """Where it begins, from 1."""


@dataclass
class _Cutter:
    lines: list[str]
    segments: list[Segment] = field(default_factory=list)
    position: int = 0

    def cut(self, start: int, end: int, kind: str, content: str) -> None:
        self.prose_until(start)
        self.segments.append(Segment(kind, content, start + 1))
        self.position = end

    def prose_until(self, end: int) -> None:
        prose = "\n".join(self.lines[self.position : end]).strip("\n")
        if prose.strip():
            self.segments.append(Segment("text", prose, self.position + 1))


def read_exercise_text(markdown: str) -> ExerciseText:
    """Title, prompt and sections of an exercise's Markdown."""
    lines = markdown.splitlines()
    headings = _headings(markdown)
    title = next((text for level, text, _, _ in headings if level == 1), "")
    body_start = next((end for level, _, _, end in headings if level == 1), 0)
    seconds = [each for each in headings if each[0] == 2]
    ends = [*(start for _, _, start, _ in seconds[1:]), len(lines)]
    sections = tuple(
        Section(text, _without_notes("\n".join(lines[end:stop])), start + 1)
        for (_, text, start, end), stop in zip(seconds, ends, strict=False)
    )
    prompt_end = seconds[0][2] if seconds else len(lines)
    return ExerciseText(title, _without_notes("\n".join(lines[body_start:prompt_end])), sections)


def _without_notes(markdown: str) -> str:
    """A text without the comments that authors leave for themselves: what holds nothing else is not written yet."""
    return _NOTE.sub("", markdown).strip()


def read_lesson_text(markdown: str) -> tuple[Segment, ...]:
    """A lesson's segments in order; ```sql is a query, ```sql text stays prose, `:::exercise folder` is a place."""
    cutter = _Cutter(markdown.splitlines())
    for token in _top_level(markdown):
        start, end = token.map or (0, 0)
        if token.type == "fence" and token.info.strip() == "sql":
            cutter.cut(start, end, "query", token.content.rstrip("\n"))
        elif token.type == "paragraph_open":
            for number in range(start, end):
                if place := EXERCISE_LINE.match(cutter.lines[number]):
                    cutter.cut(number, number + 1, "exercise", place[1])
    cutter.prose_until(len(cutter.lines))
    return tuple(cutter.segments)


def count_words(markdown: str, lang: str) -> int:
    """Words a learner reads: code is left out, and in Japanese 2.5 characters weigh as much as a word."""
    prose = re.sub(r"```.*?(```|\Z)|`[^`]*`", " ", markdown, flags=re.DOTALL)
    if lang != "ja":
        return len(re.findall(r"[\w'’-]*\w", prose))
    latin = re.findall(r"[A-Za-z0-9_'’-]+", prose)
    japanese = re.findall(r"[^\W_A-Za-z0-9]", prose)
    return len(latin) + round(len(japanese) / 2.5)


def _headings(markdown: str) -> list[tuple[int, str, int, int]]:
    tokens = _top_level(markdown)
    found = []
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.map:
            found.append((int(opening.tag[1:]), inline.content.strip(), opening.map[0], opening.map[1]))
    return found


def _top_level(markdown: str) -> list[Token]:
    """Block tokens outside lists and quotes, with the inline token after each heading."""
    return [token for token in _BLOCKS.parse(markdown) if token.level <= 1]
