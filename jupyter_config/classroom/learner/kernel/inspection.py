"""What Shift-Tab shows: a table's or column's meaning in the learner's language, a function's form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from classroom.learner.panel.dictionary import entries_of
from classroom.learner.state.scope import read_scope, statement_around

if TYPE_CHECKING:
    from classroom.learner.state.completion import Completer
    from classroom.session.schema_index import SchemaIndex
    from coursebook import Course
    from marketplace.data_dictionary import Lang

_NAME = re.compile(r'(?:([^\W\d]\w*|"[^"]*")\.)?([^\W\d]\w*|"[^"]*")')


def inspect_at(completer: Completer, course: Course, code: str, cursor: int, lang: str) -> str | None:
    """Markdown about the name under the cursor, or None; the course has the dictionary."""
    statement, begin = statement_around(code, cursor)
    place = cursor - begin
    found = next((each for each in _NAME.finditer(statement) if each.start() <= place <= each.end()), None)
    if found is None:
        return None
    name = found[2].strip('"')
    scope = read_scope(statement)
    schema = completer.session.schema
    if found[1]:
        table = scope.table_called(found[1]) or found[1]
        return describe(f"{table}.{name}", schema, course, lang)
    if schema.table(name) or scope.table_called(name):
        return describe(scope.table_called(name) or name, schema, course, lang)
    for source in scope.sources:
        holder = schema.table(source.table)
        if holder and name.lower() in holder.columns:
            return describe(f"{holder.name}.{name}", schema, course, lang)
    return _describe_function(completer, name) or describe(name, schema, course, lang)


def describe(name: str, schema: SchemaIndex, course: Course, lang: str) -> str | None:
    """Markdown about a table or column: from the data dictionary, else from the comments in the database."""
    return _from_dictionary(name, schema, course, lang) or _from_comments(name, schema)


def _from_dictionary(name: str, schema: SchemaIndex, course: Course, lang: str) -> str | None:
    from marketplace.lookup import describe_text

    known: Lang = "ja" if lang == "ja" else "en"
    return describe_text(name, known, entries_of(course, schema, lang))


def _from_comments(name: str, schema: SchemaIndex) -> str | None:
    table_name, _, column_name = name.rpartition(".")
    if table_name and (table := schema.table(table_name)) and (column := table.columns.get(column_name.lower())):
        return f"**{table.name}.{column.name}** {column.type}\n\n{column.comment}".rstrip()
    if table := schema.table(name):
        lines = [f"- `{each.name}` {each.type} {each.comment}".rstrip() for each in table.columns.values()]
        return f"**{table.name}** {table.comment}".rstrip() + "\n\n" + "\n".join(lines)
    return None


def _describe_function(completer: Completer, name: str) -> str | None:
    function = completer.functions.get(name.lower())
    if function is None:
        return None
    head = f"**{function.name}**({', '.join(function.parameters)})"
    returns = f" → {function.returns}" if function.returns else ""
    return f"{head}{returns}\n\n{function.description}".rstrip()
