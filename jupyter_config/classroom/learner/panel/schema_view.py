"""%schema: the tables of the practice data, what their columns mean and what they hold."""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.panel.dictionary import entries_of
from classroom.learner.panel.lesson_tables import tables_of_lesson
from classroom.learner.panel.notices import notice
from classroom.learner.panel.schema_values import Values, count_rows, values_of
from classroom.messages import say
from classroom.session.display import Display, page
from classroom.session.result import run_query
from classroom.session.sql_names import as_written
from classroom.session.table_view import table_html
from coursebook.given_views import SCHEMA as GIVEN
from coursebook.metrics import FILE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from classroom.learner.state.desk import Desk
    from marketplace.data_dictionary import ColumnEntry, TableEntry

DIAGRAM = "er"
_EXAMPLE_ROWS, _LONGEST_EXAMPLE = 5, 24


def show_schema(desk: Desk, asked: str) -> Display:
    """All tables, the one that is named, the diagram, or what holds the words asked for."""
    from marketplace.lookup import search

    entries = {each.name: each for each in _dictionary(desk)}
    name = next((each for each in entries if each.lower() == asked.strip('"').lower()), asked.strip('"').lower())
    if not name:
        first = _of_lesson(desk, entries)
        return _show_tables([each for each in entries.values() if _is_listed(each.name, first)], desk, first)
    if name == DIAGRAM:
        return _show_diagram(desk, _of_lesson(desk, entries))
    if name in entries:
        return _show_table(desk, entries[name])
    found = {hit.table for hit in search(asked, desk.lang, 40, tuple(entries.values()))}
    if not found:
        return notice(say("unknown_magic.title", desk.lang), say("schema.unknown", desk.lang, name=asked))
    return _show_tables([each for each in entries.values() if each.name in found], desk)


def _of_lesson(desk: Desk, known: Collection[str]) -> tuple[str, ...]:
    """The tables of the lesson that is worked in; none outside of any."""
    try:
        return tables_of_lesson(desk.marker.course.lesson(desk.lesson), desk.lang, known)
    except KeyError:
        return ()


def _is_given(entry: TableEntry) -> bool:
    """Whether it is a view that a lesson gives."""
    return entry.name.startswith(f"{GIVEN}.")


def _is_listed(name: str, of_lesson: Collection[str]) -> bool:
    """Whether a table stands in the list of all; a view does that some lesson gives where that lesson is worked in."""
    return name in of_lesson or not name.startswith(f"{GIVEN}.")


def _show_tables(entries: Sequence[TableEntry], desk: Desk, first: Sequence[str] = ()) -> Display:
    """Every table with its columns to open, this lesson's before the others, a search field and the way to the diagram."""
    lang, other = desk.lang, _other_language(desk)
    by_name = {each.name: each for each in entries}
    own, rest = [by_name[name] for name in first], [each for each in entries if each.name not in first]
    shown = (own or rest)[0]
    searched = escape(say("schema.search", lang, title=_short_title(shown), column=_searched(shown)))
    field = (
        f'<span class="pg-live"><input type="search" data-penguin-search class="pg-search"'
        f' placeholder="{searched}" aria-label="{searched}">'
        f'<button type="button" class="pg-tool" data-penguin-open="%schema {DIAGRAM}">{escape(say("schema.diagram", lang))}'
        f"</button>{_to_metrics(desk)}</span>"
    )
    html, plain = field, []
    groups = [("schema.of_lesson", own), ("schema.others", rest)] if own else [("", rest)]
    for code, group in groups:
        head = say(code, lang) if code else ""
        blocks = "".join(_folded_table(each, other[each.name], desk) for each in group)
        html += (f"<h5>{escape(head)}</h5>" if head else "") + f'<div class="pg-group">{blocks}</div>'
        plain += [*([f"[{head}]"] if head else []), *(f"{each.name}  {each.title}  {each.grain}" for each in group)]
    more = say("schema.more", lang, name=shown.name, column=_searched(shown))
    html += f'<div class="pg-caption">{escape(more)}</div>'
    return page(html, "\n".join([*plain, more]))


def _short_title(entry: TableEntry) -> str:
    """What a table is called; its name where that is a whole comment."""
    return entry.title if len(entry.title) <= _LONGEST_EXAMPLE else entry.name


def _searched(entry: TableEntry) -> str:
    """A column to search for: the first that refers to no row by a key, where there is one."""
    plain = (each.name for each in entry.columns if each.fk is None and each.name not in entry.key)
    return next(plain, entry.columns[0].name)


def _to_metrics(desk: Desk) -> str:
    """A button that opens the metric dictionary, where there is one."""
    if not (desk.marker.course.root / FILE).is_file():
        return ""
    label = escape(say("schema.metrics", desk.lang))
    return f' <button type="button" class="pg-tool" data-penguin-open="%metrics">{label}</button>'


def _folded_table(entry: TableEntry, other: TableEntry, desk: Desk) -> str:
    words = _words(entry.name, entry.title, entry.grain, other.title, other.grain, *_column_texts(entry, other))
    head = f"<code>{escape(entry.name)}</code> {escape(entry.title)}<small>{escape(entry.grain)}</small>"
    fill = escape(f"%schema {entry.name}")
    return (
        f'<details class="pg-entry" data-penguin-words="{words}" data-penguin-fill="{fill}">'
        f'<summary>{head}</summary><div class="pg-fill">{_columns_html(entry, other, {}, desk)}</div></details>'
    )


def _show_table(desk: Desk, entry: TableEntry) -> Display:
    """One table: what a row is, keys, pitfalls, columns with their values, and its first rows."""
    lang, connection = desk.lang, desk.session.connection
    held, rows, values = desk.session.schema.table(entry.name) is not None, "", {}
    if held:
        with desk.session.watch.over(desk.session.limits.seconds):
            values = values_of(connection, entry)
            rows = say("schema.rows", lang, rows=f"{count_rows(connection, entry.name):,}")
            first = run_query(connection, f"FROM {as_written(entry.name)} LIMIT {_EXAMPLE_ROWS}")
    facts = [
        (say("schema.key", lang), ", ".join(entry.key) or ("" if _is_given(entry) else say("schema.no_key", lang))),
        (say("schema.grows", lang), entry.grows),
        (say("schema.misunderstanding", lang), entry.misunderstanding),
    ]
    facts = [(label, text) for label, text in facts if text]
    lines = "".join(f"<li><b>{escape(label)}</b> {escape(text)}</li>" for label, text in facts)
    html = (
        f'<p>{_name(entry.name)} <b>{escape(entry.title)}</b> <span class="pg-caption">{escape(rows)}</span><br>'
        f"{escape(entry.grain)}</p><ul>{lines}</ul>"
    )
    html += _columns_html(entry, _other_language(desk)[entry.name], values, desk)
    if held:
        table = table_html(first.columns, first.types, first.rows, say_type=desk.say_type)
        summary = escape(say("schema.first_rows", lang, rows=len(first.rows)))
        html += f'<details><summary>{summary}</summary><div class="pg-scroll" tabindex="0">{table}</div></details>'
    plain = [f"{entry.name} {entry.title} {rows}".rstrip(), entry.grain, *(f"{label} {text}" for label, text in facts)]
    plain += ["  ".join(filter(None, _column_facts(each, entry, values, desk))) for each in entry.columns]
    return page(f'<div class="pg-card pg-quiet">{html}</div>', "\n".join(plain))


def _show_diagram(desk: Desk, marked: Collection[str]) -> Display:
    """The diagram; where a lesson is worked in, its tables stand out."""
    from marketplace.er_diagram import draw

    course, title = desk.marker.course, say("schema.diagram", desk.lang)
    titles = {each.name: each.title for each in _dictionary(desk)}
    name = course.record.title[desk.lang] if course.record.schema else ""
    drawn = draw(course.data.shapes(), titles, "ja" if desk.lang == "ja" else "en", marked, desk.say_type, name)
    image = b64encode(drawn.encode("utf-8")).decode("ascii")
    html = f'<img class="pg-er" alt="{escape(title)}" src="data:image/svg+xml;base64,{image}">'
    return page(f'<div class="pg-scroll" tabindex="0">{html}</div>', title)


def _columns_html(entry: TableEntry, other: TableEntry, values: Mapping[str, Values], desk: Desk) -> str:
    items = []
    for column in entry.columns:
        foreign = other.column(column.name)
        words = _words(entry.name, entry.title, other.title, *_texts(column), *(_texts(foreign) if foreign else ()))
        _, tags, meaning, *rest = _column_facts(column, entry, values, desk)
        soft = "".join(f'<div class="pg-soft">{escape(each)}</div>' for each in filter(None, rest))
        items.append(
            f'<li data-penguin-words="{words}">{_name(column.name)} <small>{escape(tags)}</small>'
            f"<div>{escape(meaning)}</div>{soft}</li>"
        )
    return f'<ul class="pg-columns">{"".join(items)}</ul>'


def _column_facts(column: ColumnEntry, entry: TableEntry, values: Mapping[str, Values], desk: Desk) -> list[str]:
    """Name, type with keys, meaning, then NULL, pitfall and values, each a line of its own or empty."""
    lang, tags = desk.lang, [desk.say_type(column.type)]
    tags += [say("schema.key", lang)] if column.name in entry.key else []
    tags += [f"→ {column.fk}"] if column.fk else []
    lines = [f"{say('schema.null', lang)}: {column.null_meaning}" if column.null_meaning else ""]
    lines += [f"{say('schema.trap', lang)}: {column.trap}" if column.trap else ""]
    lines += [_values_line(values[column.name], lang) if column.name in values else ""]
    return [column.name, " · ".join(tags), column.meaning, *lines]


def _values_line(values: Values, lang: str) -> str:
    parts = [f"{value} ({count:,})" if count else value for value, count in values.counted]
    if values.lowest:
        parts = [f"{values.lowest} … {values.highest}"]
    if values.empty:
        parts.append(f"NULL ({values.empty:,})")
    return f"{say('schema.values', lang)}: {', '.join(parts)}" if parts else ""


def _name(name: str) -> str:
    """A name that a click writes into the learner's cell."""
    return (
        f'<button type="button" class="pg-name" data-penguin-insert="{escape(json.dumps(as_written(name)))}">'
        f"<code>{escape(name)}</code></button>"
    )


def _dictionary(desk: Desk, lang: str = "") -> tuple[TableEntry, ...]:
    """The data dictionary of the course and its lessons' views, in the desk's language by default."""
    return entries_of(desk.marker.course, desk.session.schema, lang or desk.lang)


def _other_language(desk: Desk) -> dict[str, TableEntry]:
    return {each.name: each for each in _dictionary(desk, "en" if desk.lang == "ja" else "ja")}


def _column_texts(*entries: TableEntry) -> list[str]:
    return [text for entry in entries for column in entry.columns for text in _texts(column)]


def _texts(column: ColumnEntry) -> tuple[str, str]:
    return column.name, column.meaning


def _words(*texts: str) -> str:
    """Texts as the search compares them."""
    return escape(unicodedata.normalize("NFKC", " ".join(dict.fromkeys(texts))).lower())
