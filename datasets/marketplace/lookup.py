"""Finding and showing dictionary entries: the search box, the schema panel and the kernel's Shift-Tab."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from marketplace.data_dictionary import ColumnEntry, Lang, TableEntry, dictionary

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABELS = {
    "ja": {
        "key": "主キー",
        "no_key": "なし（同じ内容の行がありえます）",
        "grows": "増えるとき",
        "misunderstanding": "よくある誤解",
        "columns": "列",
        "null": "NULL",
        "trap": "注意",
        "fk": "参照先",
        "required": "NULLなし",
    },
    "en": {
        "key": "Key",
        "no_key": "none (identical rows are possible)",
        "grows": "Grows",
        "misunderstanding": "Common misunderstanding",
        "columns": "Columns",
        "null": "NULL",
        "trap": "Careful",
        "fk": "Refers to",
        "required": "never NULL",
    },
}


@dataclass(frozen=True)
class Hit:
    """A place in the dictionary that holds the words searched for."""

    table: str
    column: str | None
    """None when the table itself was found."""
    text: str
    """The sentence to show beside the name."""


def search(
    text: str, lang: Lang = "ja", limit: int = 20, entries: Sequence[TableEntry] | None = None
) -> tuple[Hit, ...]:
    """Return the tables and columns whose name or sentences hold every word of the text, best first.

    `entries` are those of another dictionary than the marketplace's.
    """
    words = _folded(text).split()
    if not words:
        return ()
    found = [
        (_rank(words, hit, haystack), place, hit)
        for place, (hit, haystack) in enumerate(_places(dictionary(lang) if entries is None else entries))
        if all(word in haystack for word in words)
    ]
    found.sort(key=lambda scored: scored[:2])
    return tuple(hit for _, _, hit in found[:limit])


def describe_text(name: str, lang: Lang = "ja", entries: Sequence[TableEntry] | None = None) -> str | None:
    """Return Markdown for a table, `table.column` or a column name alone; None when nothing has that name.

    `entries` are those of another dictionary than the marketplace's.
    """
    entries = dictionary(lang) if entries is None else entries
    tables = {entry.name.lower(): entry for entry in entries}
    table_name, _, column_name = name.strip().strip('"').lower().rpartition(".")
    if table_name:
        if whole := tables.get(f"{table_name}.{column_name}"):
            return _table_text(whole, lang)
        table = tables.get(table_name) or tables.get(table_name.rpartition(".")[2])
        column = table.column(column_name) if table else None
        return _column_text(table, column, lang) if table and column else None
    if table := tables.get(column_name):
        return _table_text(table, lang)
    holders = [(entry, column) for entry in entries if (column := entry.column(column_name))]
    return "\n\n".join(_column_text(entry, column, lang) for entry, column in holders) or None


def _table_text(table: TableEntry, lang: Lang) -> str:
    label = _LABELS[lang]
    head = [
        f"**{table.name}** {table.title}".rstrip(),
        table.grain,
        f"- {label['key']}: {', '.join(table.key) or label['no_key']}",
        *([f"- {label['grows']}: {table.grows}"] if table.grows else []),
        *([f"- {label['misunderstanding']}: {table.misunderstanding}"] if table.misunderstanding else []),
    ]
    columns = [f"- `{column.name}` {column.type}: {column.meaning}" for column in table.columns]
    parts = [head[0], head[1], "\n".join(head[2:]), f"{label['columns']}:", "\n".join(columns)]
    return "\n\n".join(filter(None, parts))


def _column_text(table: TableEntry, column: ColumnEntry, lang: Lang) -> str:
    label = _LABELS[lang]
    lines = [f"- {label['null']}: {column.null_meaning}"] if column.null_meaning else []
    lines += [] if column.nullable else [f"- {label['required']}"]
    if column.trap:
        lines.append(f"- {label['trap']}: {column.trap}")
    if column.fk:
        lines.append(f"- {label['fk']}: `{column.fk}`")
    return f"**{table.name}.{column.name}** {column.type}\n\n{column.meaning}\n\n" + "\n".join(lines)


def _places(entries: Sequence[TableEntry]) -> list[tuple[Hit, str]]:
    places: list[tuple[Hit, str]] = []
    for table in entries:
        words = (table.name, table.title, table.grain, table.grows, table.misunderstanding)
        places.append((Hit(table.name, None, f"{table.title}: {table.grain}"), _folded(" ".join(words))))
        for column in table.columns:
            sentences = (column.name, column.meaning, column.null_meaning or "", column.trap or "")
            haystack = _folded(" ".join((f"{table.name}.{column.name}", *sentences)))
            places.append((Hit(table.name, column.name, column.meaning), haystack))
    return places


def _rank(words: list[str], hit: Hit, haystack: str) -> int:
    name = _folded(hit.column or hit.table)
    if name == " ".join(words):
        return 0
    if all(word in name for word in words):
        return 1
    return 2 if all(word in _folded(hit.text) for word in words) else 3 + (haystack.find(words[0]) > 200)


def _folded(text: str) -> str:
    """Fold case and width, so that ＮＵＬＬ finds NULL."""
    return unicodedata.normalize("NFKC", text).casefold()
