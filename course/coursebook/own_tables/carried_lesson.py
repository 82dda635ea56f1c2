"""A lesson of the course on a company's tables: its text around the exercises that are offered, and its record."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES
from coursebook.minutes import reading_minutes
from coursebook.own_tables.carried_exercise import renamed_record, tables_of
from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.names import Names
from coursebook.own_tables.renamed_query import renamed_query, tables_in
from coursebook.own_tables.renamed_text import in_words, kept_sentences, renamed_text, sentences_of
from coursebook.text import read_lesson_text
from coursebook.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coursebook.own_tables.carried_exercise import Carrying
    from coursebook.text import Segment

_PREDICTED = "P"
"""The kind of exercises that the query after them answers."""


@dataclass
class _Section:
    """What stands under one heading of second level, or before the first."""

    segments: list[Segment]
    names: Names


@dataclass(frozen=True)
class LessonToCarry:
    """A lesson and what of it is offered."""

    folder: Path
    offered: frozenset[str]
    """Folders of its exercises."""
    kinds: dict[str, str]
    """Folder of an exercise -> the letter of its kind; of all its exercises."""
    minutes: float
    """What those that are offered take."""


def carried_lesson(lesson: LessonToCarry, carrying: Carrying, lessons: frozenset[str]) -> dict[str, str]:
    """Path in the lesson's folder -> text, without its exercises; `lessons` are the ids of those that are offered."""
    record = tomllib.loads((lesson.folder / "lesson.toml").read_text(encoding="utf-8"))
    ids = {each: f"{record['id']}-{each.split('-', 1)[0]}" for each in lesson.offered}
    goal_is_there = record.get("finish", {}).get("goal") in ids.values()
    asker = {} if goal_is_there else _names_of(record.get("finish", {}).get("colleague", {}))
    read = {lang: _sections(lesson, carrying, lang) for lang in LANGUAGES}
    kept_cells = _cells_kept(lesson, read)
    files = {}
    for lang in LANGUAGES:
        text = "\n\n".join(_told(lesson, read[lang], kept_cells, lang, asker.get(lang, "")))
        files[f"lesson.{lang}.md"] = f"{_counted(text)}\n"
    files["lesson.toml"] = toml_text(_record(record, lesson, carrying, ids, lessons, files))
    for path in sorted((lesson.folder / "databases").glob("*.sql")):
        if rows := carrying.rows(path.read_text(encoding="utf-8")):
            files[f"databases/{path.name}"] = rows
    return files


def _counted(text: str) -> str:
    """The text with its numbered parts counted anew, and what refers to one of them."""
    numbers = {old: str(new) for new, old in enumerate(re.findall(r"(?m)^## (\d+)\. ", text), 1)}
    text = re.sub(r"(?m)^## (\d+)\. ", lambda head: f"## {numbers[head[1]]}. ", text)
    return re.sub(r"(この後の「|see part )(\d+)", lambda said: said[1] + numbers.get(said[2], said[2]), text)


def _names_of(colleague: dict[str, str]) -> dict[str, str]:
    """The colleague's own name, without what they do: 佐藤さん, Sato."""
    ja, en = colleague.get("ja", ""), colleague.get("en", "")
    return {"ja": ja.rpartition("の")[2], "en": en.split(",")[0].split(" ")[0]} if ja else {}


def _sections(lesson: LessonToCarry, carrying: Carrying, lang: str) -> list[_Section]:
    text = carrying.passages.replaced((lesson.folder / f"lesson.{lang}.md").read_text(encoding="utf-8"), lang)
    cut: list[list[Segment]] = [[]]
    for segment in read_lesson_text(text):
        pieces = re.split(r"(?m)^(?=## )", segment.content) if segment.kind == "text" else [segment.content]
        for piece in pieces:
            if piece.startswith("## "):
                cut.append([])
            if piece.strip():
                cut[-1].append(type(segment)(segment.kind, piece.strip("\n"), segment.line))
    return [_Section(each, Names(carrying.parts, _spoken_of(each, lesson))) for each in cut if each]


def _spoken_of(segments: list[Segment], lesson: LessonToCarry) -> tuple[str, ...]:
    found: list[str] = []
    for each in segments:
        if each.kind == "exercise":
            is_there = each.content in lesson.offered
            found += tables_of(lesson.folder / "exercises" / each.content) if is_there else ()
        elif each.kind == "query":
            found += tables_in(each.content)
        else:
            found += [
                name for name in course_tables() if re.search(rf"(?<![A-Za-z_]){name}(?![A-Za-z_])", each.content)
            ]
    return tuple(dict.fromkeys(found))


def _cells_kept(lesson: LessonToCarry, read: dict[str, list[_Section]]) -> list[bool]:
    """Of each cell and exercise, in their order, whether it stays: in both languages, or in none."""
    kept: list[bool] = []
    for of_languages in zip(*read.values(), strict=True):
        stays = [
            [_is_kept(each, section, lesson, lang) for each in _cells(section)]
            for lang, section in zip(read, of_languages, strict=True)
        ]
        kept += _kept_together([all(each) for each in zip(*stays, strict=True)], of_languages[0], lesson)
    return kept


def _cells(section: _Section) -> list[Segment]:
    return [each for each in section.segments if each.kind != "text"]


def _kept_together(kept: list[bool], section: _Section, lesson: LessonToCarry) -> list[bool]:
    """The cells of a section without those that make no sense once others are gone."""
    cells = _cells(section)
    if all(each.kind == "query" for each in cells) and not all(kept):
        return [False] * len(kept)  # questions of a recap are counted in its heading
    for number, (before, cell) in enumerate(pairwise(cells), 1):
        is_answer = cell.kind == "query" and lesson.kinds.get(before.content) == _PREDICTED
        kept[number] = kept[number] and (kept[number - 1] or not is_answer)
    for first, length in _runs(section.segments):  # what is told of two queries is not true of one
        run = slice(first, first + length)
        kept[run] = [all(kept[run])] * length
    return kept


def _runs(segments: list[Segment]) -> Iterator[tuple[int, int]]:
    """Where queries stand one after another: the number of the first among the cells, and how many they are."""
    place = 0
    for is_query, run in groupby(segments, key=lambda each: each.kind == "query"):
        length = sum(each.kind != "text" for each in run)
        if is_query:
            yield place, length
        place += length


def _is_kept(segment: Segment, section: _Section, lesson: LessonToCarry, lang: str) -> bool:
    if segment.kind == "exercise":
        return segment.content in lesson.offered
    try:
        return not segment.content.startswith("%") and bool(_query(segment.content, section.names, lang))
    except NotPlayed:
        return False


def _query(sql: str, names: Names, lang: str) -> str:
    return renamed_query(sql, names, in_words(names, lang))


def _told(
    lesson: LessonToCarry, sections: list[_Section], kept_cells: list[bool], lang: str, asker: str
) -> Iterator[str]:
    kept = iter(kept_cells)
    for number, section in enumerate(sections):
        stays = list(islice(kept, len(_cells(section))))
        parts = [each for each in _parts(section, stays, lang, asker) if each.strip()]
        if (any(stays) or not stays or number == 0) and not all(each.startswith("## ") for each in parts):
            yield from parts


def _parts(section: _Section, stays: list[bool], lang: str, asker: str) -> list[str]:
    """The blocks and cells of a section that are left of it."""
    parts: list[str] = []
    kept, lost = iter(stays), False
    for segment in section.segments:
        if segment.kind == "text":
            parts += _blocks(segment.content, section.names, lang, asker)[lost:]
            lost = False
        elif next(kept):
            parts.append(_cell(segment, section.names, lang))
            lost = False
        else:
            lost = lost or segment.kind == "query"  # what follows a query speaks of what came out
            _lead_off(parts, lang, whole=segment.content.startswith("%"))
    return parts


def _cell(segment: Segment, names: Names, lang: str) -> str:
    if segment.kind == "exercise":
        return f":::exercise {segment.content}"
    return f"```sql\n{_query(segment.content, names, lang)}\n```"


def _lead_off(parts: list[str], lang: str, *, whole: bool) -> None:
    """Take away the sentence that leads to a cell, where that is not there, or the `whole` paragraph."""
    if parts and parts[-1].strip() and not parts[-1].startswith(("## ", "# ", "```", ":::", "<", "|", "-", ">")):
        *before, _ = sentences_of(parts.pop().rstrip(), lang)
        rest = "".join(before).rstrip() if lang == "ja" else " ".join(before)
        parts += [rest] if len(before) > 1 and not whole else []


def _blocks(text: str, names: Names, lang: str, asker: str) -> list[str]:
    """The blocks of a text, empty where nothing of one holds; a paragraph is taken sentence by sentence."""
    kept = []
    for block in _cut(text):
        try:
            told = renamed_text(block, names, lang) if block.startswith("#") else kept_sentences(block, names, lang)
        except NotPlayed:
            told = ""
        kept.append("" if asker and asker in block else told)
    return kept


def _cut(text: str) -> list[str]:
    blocks: list[str] = []
    folded = False
    for block in re.split(r"\n{2,}", text):
        if folded:
            blocks[-1] += f"\n\n{block}"
        else:
            blocks.append(block)
        folded = (folded or block.startswith("<details")) and "</details>" not in block
    return blocks


def _record(
    record: dict[str, Any],
    lesson: LessonToCarry,
    carrying: Carrying,
    ids: dict[str, str],
    lessons: frozenset[str],
    files: dict[str, str],
) -> dict[str, Any]:
    """lesson.toml with what is left of the lesson."""
    names = Names(carrying.parts, dict.fromkeys(each for name in sorted(lesson.offered) for each in tables_of(lesson.folder / "exercises" / name)))  # fmt: skip
    told = {key: record[key] for key in ("id", "title", "level")}
    told["question"] = _or(record["question"], record["title"], names)
    if outcome := _or(record.get("outcome"), None, names):
        told["outcome"] = outcome
    told["needs"] = [each for each in record.get("needs", ()) if each in lessons]
    told["minutes"] = _minutes(lesson, files)
    told["glossary"] = [each for entry in record.get("glossary", ()) if (each := _or(entry, None, names))]
    told["stretches"] = _stretches(record, sorted(ids.values()), names)
    finish = record.get("finish")
    if finish and finish["goal"] in ids.values() and (kept := _or(finish, None, names)):
        told["finish"] = kept
    return told


def _or(value: Any, other: Any, names: Names) -> Any:
    """A part of a record on the company's tables, or another one where it speaks of what they have not."""
    try:
        return value and renamed_record(value, names)
    except NotPlayed:
        return other


def _stretches(record: dict[str, Any], ids: list[str], names: Names) -> list[dict[str, Any]]:
    """The stretches in which an exercise is left, each ending with its last one."""
    kept, before = [], ""
    for stretch in record.get("stretches", ()):
        inside = [each for each in ids if before < each <= stretch["last"]]
        before = stretch["last"]
        if inside:
            title = record["title"]
            texts = {key: _or(stretch[key], title, names) for key in ("question", "ability")}
            kept.append({"last": inside[-1], **texts})
    return kept


def _minutes(lesson: LessonToCarry, files: dict[str, str]) -> int:
    segments = [read_lesson_text(files[f"lesson.{lang}.md"]) for lang in LANGUAGES]
    return (
        math.ceil(
            max(reading_minutes(each, lang) for each, lang in zip(segments, LANGUAGES, strict=True)) + lesson.minutes
        )
        + 1
    )
