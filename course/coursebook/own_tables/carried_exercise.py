"""An exercise of the course on a company's tables: its folder's files, rewritten."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES
from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.names import Names
from coursebook.own_tables.renamed_query import renamed_query, tables_in
from coursebook.own_tables.renamed_text import kept_sentences, renamed_text
from coursebook.text import NEAR_MISS, read_exercise_text
from coursebook.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from coursebook.own_tables.counterparts import Counterparts
    from coursebook.own_tables.passages import Passages

    CarriedRows = Callable[[str], str]
    """A filling's script -> the same rows in the company's tables; empty where they can't be put there."""

_ALL_COLUMNS = re.compile(r"DESCRIBE SELECT \* FROM (\w+)")
_WRONG, _RIGHT = "near-misses", "also-right"


@dataclass(frozen=True)
class Carrying:
    """What exercises and lessons are carried with."""

    parts: Counterparts
    passages: Passages
    rows: CarriedRows


def tables_of(folder: Path) -> tuple[str, ...]:
    """The course's tables that an exercise is about: its solution's, else those that its text names."""
    for name in ("solution.sql", "query.sql"):
        if (folder / name).is_file() and (found := tables_in(_read(folder / name))):
            return found
    text = read_exercise_text(_read(folder / "ja.md")).prompt
    return tuple(each for each in course_tables() if re.search(rf"(?<![a-z_]){each}(?![a-z_])", text))


def carried_exercise(folder: Path, carrying: Carrying) -> dict[str, str]:
    """Path in the exercise's folder -> text; near misses and other right answers that have no counterpart are left out.

    Raises:
        NotPlayed: its task, its solution or a text that it must have has no counterpart.
    """
    names = Names(carrying.parts, tables_of(folder))
    files = {}
    for path in [*sorted(folder.glob("solution*.sql")), *(folder / each for each in ("query.sql", "starter.sql"))]:
        if path.is_file():
            files[path.name] = renamed_query(_read(path), names)
    of_shape = shape_of(folder, names)
    for sort in (_RIGHT, _WRONG):
        files |= _where_played(folder / sort, names)
    texts = {
        lang: _Text(carrying.passages.replaced(_read(folder / f"{lang}.md"), lang), names, lang) for lang in LANGUAGES
    }
    files = {name: of_shape(text) if name.endswith(".sql") else text for name, text in files.items()}
    wrong = _told(files, texts)
    files = {name: text for name, text in files.items() if not name.startswith(_WRONG) or _stem(name) in wrong}
    files |= {f"{lang}.md": text.written(wrong) for lang, text in texts.items()}
    record = _record(folder, names, wrong)
    _refuse_unnamed(record.get("column_names", ()), texts)
    files["exercise.toml"] = toml_text(record)
    files |= _free_form(folder, names)
    for path in sorted((folder / "databases").glob("*.sql")):
        if rows := carrying.rows(_read(path)):
            files[f"databases/{path.name}"] = rows
    return files


def shape_of(folder: Path, names: Names) -> Callable[[str], str]:
    """What puts the number of a company's columns for that of the course's, where an exercise asks how many a table has."""
    asked = _ALL_COLUMNS.search(_read(folder / "query.sql")) if (folder / "query.sql").is_file() else None
    if asked is None:
        return lambda sql: sql
    played = names.parts.table(asked[1])
    if played.others:
        raise NotPlayed("more_columns", table=played.name, columns=", ".join(played.others))
    theirs, ours = len(course_tables()[asked[1]].columns), len(played.columns)
    return lambda sql: re.sub(rf"\b({theirs}|{theirs + 1})\b", lambda found: str(int(found[0]) - theirs + ours), sql)


def _where_played(folder: Path, names: Names) -> dict[str, str]:
    found = {}
    for path in sorted(folder.glob("*.sql")):
        text = _read(path)
        here = Names(names.parts, dict.fromkeys((*tables_in(text), *names.tables)))
        try:
            found[f"{folder.name}/{path.name}"] = renamed_query(text, here)
        except NotPlayed:
            continue
    return found


def _told(files: dict[str, str], texts: dict[str, _Text]) -> set[str]:
    """Near misses that have a hint in every language."""
    return {
        _stem(name)
        for name in files
        if name.startswith(_WRONG) and all(_stem(name) in each.hints for each in texts.values())
    }


def _refuse_unnamed(columns: Iterable[str], texts: dict[str, _Text]) -> None:
    """Each column of the result is named by the task."""
    for column in columns:
        if not all(
            re.search(rf"(?<![A-Za-z0-9_]){re.escape(column)}(?![A-Za-z0-9_])", each.prompt) for each in texts.values()
        ):
            raise NotPlayed("unnamed", column=column)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".sql")


class _Text:
    """ja.md or en.md, carried."""

    def __init__(self, markdown: str, names: Names, lang: str) -> None:
        text = read_exercise_text(markdown)
        self.title, self.prompt = renamed_text(text.title, names, lang), renamed_text(text.prompt, names, lang)
        self.sections: dict[str, str] = {}
        self.hints: dict[str, str] = {}
        for section in text.sections:
            near_miss = NEAR_MISS.match(section.heading)
            try:
                body = kept_sentences(section.body, names, lang)
            except NotPlayed:
                if near_miss is None:
                    raise
                continue
            (self.hints if near_miss else self.sections)[near_miss[1] if near_miss else section.heading] = body

    def written(self, wrong: set[str]) -> str:
        """The file, with the hints of some near misses."""
        parts = [f"# {self.title}", self.prompt]
        parts += [f"## {heading}\n\n{body}" for heading, body in self.sections.items()]
        parts += [f"## near-miss: {stem}\n\n{body}" for stem, body in self.hints.items() if stem in wrong]
        return "\n\n".join(parts) + "\n"


def _record(folder: Path, names: Names, wrong: set[str]) -> dict[str, Any]:
    """exercise.toml; reasons for living mutants are of the course's own queries and stay there."""
    record = tomllib.loads(_read(folder / "exercise.toml"))
    record.pop("alive", None)
    if "column_names" in record:
        record["column_names"] = [names.free(each) for each in record["column_names"]]
    if "assume" in record:
        record["assume"] = list(
            _played(record["assume"], lambda each: renamed_query(each, Names(names.parts, tables_in(each))))
        )
    if "pools" in record:
        record["pools"] = pools_of(record["pools"], names.parts)
    if "near_misses" in record:
        record["near_misses"] = {stem: each for stem, each in record["near_misses"].items() if stem in wrong}
    return record


def pools_of(pools: dict[str, list[object]], parts: Counterparts) -> dict[str, list[object]]:
    """Realistic values by the company's columns; those of columns without a counterpart are left out."""
    found: dict[str, list[object]] = {}
    for place, values in pools.items():
        table, _, column = place.partition(".")
        try:
            own = f"{parts.table(table).name}.{parts.column(table, column).name}"
            found[own] = [parts.value(table, column, each) if isinstance(each, str) else each for each in values]
        except NotPlayed:
            continue
    return found


def _played(texts: list[str], renamed: Callable[[str], str]) -> Iterator[str]:
    for text in texts:
        try:
            yield renamed(text)
        except NotPlayed:
            continue


def _free_form(folder: Path, names: Names) -> dict[str, str]:
    """What a free-form task has besides: what a mentor looks for, and answers to compare with."""
    files = {}
    for path in sorted(folder.glob("model-*.md")):
        files[path.name] = renamed_text(_read(path), names, path.stem.rpartition(".")[2])
    if (folder / "rubric.toml").is_file():
        files["rubric.toml"] = toml_text(renamed_record(tomllib.loads(_read(folder / "rubric.toml")), names))
    return files


def renamed_record(value: Any, names: Names) -> Any:
    """A table of a TOML file with its texts in both languages exchanged; raises NotPlayed."""
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        return {lang: renamed_text(text, names, lang) for lang, text in value.items()}
    if isinstance(value, dict):
        return {key: renamed_record(each, names) for key, each in value.items()}
    return [renamed_record(each, names) for each in value] if isinstance(value, list) else value


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
