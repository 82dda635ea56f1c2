"""What tables and their columns mean: the course's dictionary, and the views that its lessons give."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from classroom.session.schema_index import SchemaIndex
    from coursebook import Course
    from coursebook.given_views import GivenView
    from marketplace.data_dictionary import TableEntry


def entries_of(course: Course, schema: SchemaIndex, lang: str) -> tuple[TableEntry, ...]:
    """An entry for each table of the course's data, then for each view of a lesson's that the session has."""
    known = course.data.dictionary("ja" if lang == "ja" else "en")
    return (*known, *(_entry(each, schema, lang) for each in course.views if schema.table(each.name) is not None))


def _entry(view: GivenView, schema: SchemaIndex, lang: str) -> TableEntry:
    from marketplace.data_dictionary import ColumnEntry, TableEntry

    held = schema.table(view.name)
    types = {name: column.type for name, column in held.columns.items()} if held is not None else {}
    columns = tuple(
        ColumnEntry(name, types.get(name, ""), True, meaning[lang], None, None, None)
        for name, meaning in view.record.columns.items()
    )
    return TableEntry(view.name, view.record.title[lang], view.record.meaning[lang], (), "", "", columns)
