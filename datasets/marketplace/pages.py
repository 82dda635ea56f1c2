"""The dictionary as pages: docs/dictionary.*.md and docs/er.*.svg, made by `python -m marketplace.pages docs`."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from marketplace.data_dictionary import LANGS, Lang, TableEntry, dictionary
from marketplace.er_diagram import er_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE_ROWS = 5
"""Rows shown of each table."""
SAMPLE_SCALE, SAMPLE_SEED = 0.001, 1
"""The data set the sample rows come from."""

_LONGEST = 40
"""Characters of a value before it is cut."""
_HEADS = {
    "ja": ("列", "型", "意味", "NULLの意味", "間違えやすい点", "参照先"),
    "en": ("Column", "Type", "Meaning", "NULL means", "Careful", "Refers to"),
}
_WORDS = {
    "ja": {
        "title": "データ辞書",
        "lead": "講座のデータ（マーケットプレイス）の全部の表と列です。このページはスキーマから作られています。手で直さないでください。",
        "er": "表どうしのつながり",
        "tables": "表の一覧",
        "table": "表",
        "grain": "1行が表すもの",
        "key": "主キー",
        "no_key": "なし（まったく同じ行がありえます）",
        "grows": "増えるとき",
        "misunderstanding": "よくある誤解",
        "required": "NULLなし",
        "samples": "行の例",
    },
    "en": {
        "title": "Data dictionary",
        "lead": "Every table and column of the course's data, the marketplace. This page is made from the schema; do not edit it.",
        "er": "How the tables hang together",
        "tables": "The tables",
        "table": "Table",
        "grain": "One row",
        "key": "Key",
        "no_key": "none (identical rows are possible)",
        "grows": "Grows",
        "misunderstanding": "Common misunderstanding",
        "required": "never NULL",
        "samples": "Sample rows",
    },
}


@dataclass(frozen=True)
class TableSample:
    """A few rows of one table, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def dictionary_page(lang: Lang, samples: Mapping[str, TableSample]) -> str:
    """Return the dictionary as one Markdown page."""
    words = _WORDS[lang]
    entries = dictionary(lang)
    lines = [
        f"# {words['title']}",
        "",
        words["lead"],
        "",
        f"## {words['er']}",
        "",
        f"![{words['er']}](er.{lang}.svg)",
        "",
    ]
    lines += [f"## {words['tables']}", "", f"| {words['table']} | {words['grain']} |", "|---|---|"]
    lines += [f"| [{entry.name}](#{entry.name}) {entry.title} | {_cell(entry.grain)} |" for entry in entries]
    for entry in entries:
        lines += ["", *_table(entry, lang), *_samples(samples.get(entry.name), lang)]
    return "\n".join(lines) + "\n"


def _table(entry: TableEntry, lang: Lang) -> list[str]:
    words = _WORDS[lang]
    lines = [
        f"## {entry.name}",
        "",
        f"**{entry.title}** — {entry.grain}",
        "",
        f"- {words['key']}: {', '.join(f'`{name}`' for name in entry.key) or words['no_key']}",
        f"- {words['grows']}: {entry.grows}",
        f"- {words['misunderstanding']}: {entry.misunderstanding}",
        "",
        f"| {' | '.join(_HEADS[lang])} |",
        "|" + "---|" * len(_HEADS[lang]),
    ]
    for column in entry.columns:
        null = column.null_meaning or words["required"]
        cells = (
            f"`{column.name}`",
            column.type,
            column.meaning,
            null,
            column.trap or "",
            f"`{column.fk}`" if column.fk else "",
        )
        lines.append(f"| {' | '.join(_cell(str(cell)) for cell in cells)} |")
    return lines


def _samples(samples: TableSample | None, lang: Lang) -> list[str]:
    if samples is None or not samples.rows:
        return []
    lines = [
        "",
        f"{_WORDS[lang]['samples']}:",
        "",
        f"| {' | '.join(samples.columns)} |",
        "|" + "---|" * len(samples.columns),
    ]
    return lines + [f"| {' | '.join(_cell(value) for value in row)} |" for row in samples.rows]


def _cell(text: str) -> str:
    short = text if len(text) <= 400 else text[:399] + "…"
    return short.replace("|", "\\|").replace("\n", " ")


def sample_rows(lang: Lang) -> dict[str, TableSample]:
    """Return five rows of each table, evenly spaced, from a tiny data set that is always the same."""
    import duckdb

    from marketplace.building import build
    from marketplace.settings import Settings

    with tempfile.TemporaryDirectory(prefix="penguin-pages-") as folder:
        path = Path(folder) / "tiny.duckdb"
        build(Settings(scale=SAMPLE_SCALE, seed=SAMPLE_SEED, locale=lang, out=path, threads=1))
        with duckdb.connect(str(path), read_only=True) as con:
            return {entry.name: _spaced(con, entry) for entry in dictionary(lang)}


def _spaced(con: object, entry: TableEntry) -> TableSample:
    names = tuple(column.name for column in entry.columns)
    texts = ", ".join(f"coalesce(CAST({name} AS VARCHAR), 'NULL')" for name in names)
    sql = (
        f"SELECT {texts} FROM (SELECT *, row_number() OVER (ORDER BY rowid) - 1 AS place_, count(*) OVER () AS all_ "
        f"FROM {entry.name}) WHERE place_ % greatest(all_ // {SAMPLE_ROWS}, 1) = 0 ORDER BY place_ LIMIT {SAMPLE_ROWS}"
    )
    rows = con.execute(sql).fetchall()  # type: ignore[attr-defined]
    return TableSample(names, tuple(tuple(_short(value) for value in row) for row in rows))


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    found = {}
    for lang in LANGS:
        found[f"dictionary.{lang}.md"] = dictionary_page(lang, sample_rows(lang))
        found[f"er.{lang}.svg"] = er_svg(lang)
    return found


def write_pages(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
