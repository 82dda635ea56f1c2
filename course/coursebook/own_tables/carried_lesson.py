"""A lesson of the course on a company's tables: its text around the exercises that are offered, and its record."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES
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

_PREDICTED = ("P", "Q")
"""Kinds of exercises that a query after them answers."""


@dataclass
class _Section:
    """What stands under one heading of second level, or before the first."""

    segments: list[Segment]
    names: Names
    kept: list[str] = field(default_factory=list)


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
            found += tables_of(lesson.folder / "exercises" / each.content)
        elif each.kind == "query":
            found += tables_in(each.content)
        else:
            found += [
                name for name in course_tables() if re.search(rf"(?<![A-Za-z_]){name}(?![A-Za-z_])", each.content)
            ]
    return tuple(dict.fromkeys(found))


def _cells_kept(lesson: LessonToCarry, read: dict[str, list[_Section]]) -> list[bool]:
    """Of each cell and exercise, in their order, whether it stays: in both languages, or in none."""
    by_lang = [[_is_kept(each, section, lesson, lang) for section in sections for each in section.segments if each.kind != "text"] for lang, sections in read.items()]  # fmt: skip
    kept = [all(each) for each in zip(*by_lang, strict=True)]
    place = 0
    for section in read[LANGUAGES[0]]:
        cells = [each for each in section.segments if each.kind != "text"]
        alone = all(each.kind == "query" for each in cells)
        if alone and not all(kept[place : place + len(cells)]):  # questions of a recap are counted in its heading
            kept[place : place + len(cells)] = [False] * len(cells)
        for first, length in _runs(section.segments):  # what is told of two queries is not true of one
            run = slice(place + first, place + first + length)
            kept[run] = [all(kept[run])] * length
        for number in range(1, len(cells)):
            before, cell = cells[number - 1], cells[number]
            is_answer = cell.kind == "query" and lesson.kinds.get(before.content) in _PREDICTED
            if before.kind == "exercise" and is_answer and not kept[place + number - 1]:
                kept[place + number] = False
        place += len(cells)
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
    for section in sections:
        parts: list[str] = []
        lost, stays = False, False
        for segment in section.segments:
            is_query = segment.kind == "query"
            if segment.kind == "text":
                parts += _blocks(segment.content, section.names, lang, asker)[lost:]
                lost = False
                continue
            if not next(kept):
                lost = lost or is_query  # what follows a query speaks of what came out
                _lead_off(parts, lang, whole=segment.content.startswith("%"))
                continue
            lost, stays = False, True
            parts.append(
                f"```sql\n{_query(segment.content, section.names, lang)}\n```"
                if is_query
                else f":::exercise {segment.content}"
            )
        parts = [each for each in parts if each.strip()]
        told = [each for each in parts if not each.startswith("## ")]
        had_cells = any(each.kind != "text" for each in section.segments)
        if told and (stays or not had_cells or section is sections[0]):
            yield from parts


def _lead_off(parts: list[str], lang: str, *, whole: bool) -> None:
    """Take away the sentence that leads to a cell, where that is not there, or the `whole` paragraph."""
    if parts and not parts[-1].startswith(("## ", "# ", "```", ":::", "<", "|", "-", ">")):
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
    blocks, folded = [], False
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
    from coursebook.checks.minutes_fit import minutes_of

    segments = [read_lesson_text(files[f"lesson.{lang}.md"]) for lang in LANGUAGES]
    return (
        math.ceil(max(minutes_of(each, lang) for each, lang in zip(segments, LANGUAGES, strict=True)) + lesson.minutes)
        + 1
    )
