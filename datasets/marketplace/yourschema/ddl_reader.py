"""Reads CREATE TABLE scripts of DuckDB, PostgreSQL and BigQuery into a Schema."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from marketplace.yourschema.fault import YourSchemaError
from marketplace.yourschema.schema import Reference, Schema, Table
from marketplace.yourschema.table_reader import TableDraft, column_of, read_constraint

if TYPE_CHECKING:
    from sqlglot import exp

DIALECTS = ("duckdb", "postgres", "bigquery")

_WANTED = re.compile(
    r"\s*(create\s+(or\s+replace\s+)?(temp(orary)?\s+|unlogged\s+|external\s+)?table|create\s+unique\s+index"
    r"|create\s+type|create\s+domain|alter\s+table|comment\s+on\s+(table|column))\b",
    re.IGNORECASE,
)
"""Statements that say something of tables."""
_NO_MATTER = re.compile(
    r"\b(owner\s+to|attach\s+partition|partition\s+of|set\s+default|set\s+statistics)\b", re.IGNORECASE
)
"""Those of them that say nothing a copy needs."""
_DOMAIN = re.compile(
    r"domain\s+(?:\w+\.)?(\w+)\s+as\s+(.+?)(\s+(constraint|default|check|not\s+null|null)\b|$)",
    re.IGNORECASE | re.DOTALL,
)
_ATTACHED = re.compile(r"\battach\s+partition\s+(?:\w+\.|\"[^\"]+\"\.)?\"?(\w+)", re.IGNORECASE)
"""A table whose rows are another's: a dump makes it by itself before it says so."""
_COMPUTED = re.compile(r"\bgenerated[ \t]+always[ \t]+(?=as[ \t]*\()", re.IGNORECASE)
"""What may be left out before a column's formula. With it, sqlglot reads neither VIRTUAL nor, outside of PostgreSQL, STORED."""
_SIGNS = {
    "bigquery": r"`|\bint64\b|\bfloat64\b|\bstring\b|not\s+enforced|options\s*\(",
    "postgres": r"::|\bserial\b|\bbigserial\b|character\s+varying|with(out)?\s+time\s+zone|\bjsonb\b|alter\s+table\s+only|\$\$",
}
"""What a script of each dialect betrays itself by."""


_SAID = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
"""What a script says to people: it betrays no dialect."""


def guess_dialect(text: str) -> str:
    """Return the dialect a script looks like; DuckDB's reads most standard SQL."""
    text = _SAID.sub(" ", text)
    return next((name for name, signs in _SIGNS.items() if re.search(signs, text, re.IGNORECASE)), "duckdb")


def read_ddl(text: str, dialect: str | None = None) -> Schema:
    """Return the schema a script makes; statements that make no table are passed over.

    Raises YourSchemaError naming the line that cannot be read.
    """
    dialect = dialect or guess_dialect(text)
    if dialect not in DIALECTS:
        raise YourSchemaError("dialect_unknown", dialect=dialect)
    reading = _Reading(dialect)
    for line, statement in _statements(text, dialect):
        if _WANTED.match(statement) and not _NO_MATTER.search(statement):
            reading.take(_parsed(statement, line, dialect), statement)
        elif attached := _ATTACHED.search(statement):
            reading.drafts.pop(attached[1].lower(), None)
    if not reading.drafts:
        raise YourSchemaError("ddl_empty")
    from marketplace.yourschema.rules import with_rules_that_run

    tables = tuple(draft.table() for draft in reading.drafts.values())
    for table in tables:
        _refuse_columns(table)
    return Schema(with_rules_that_run(_resolved(tables)), dialect)


def _refuse_columns(table: Table) -> None:
    """Raise YourSchemaError for a table that DuckDB can't hold: one without columns, or with two of a name in any case of letters."""
    if not table.columns:
        raise YourSchemaError("ddl_no_columns", table=table.name)
    seen: set[str] = set()
    for column in table.columns:
        if column.name.lower() in seen:
            raise YourSchemaError("ddl_duplicate_column", table=table.name, column=column.name)
        seen.add(column.name.lower())


def _statements(text: str, dialect: str) -> list[tuple[int, str]]:
    """Return (line, statement) pairs, split where the dialect's own tokenizer sees a semicolon."""
    from sqlglot import TokenType, tokenize
    from sqlglot.errors import TokenError

    try:
        tokens = tokenize(text, read=dialect)
    except TokenError as error:
        line = re.search(r"\((\d+):", str(error))
        raise YourSchemaError("ddl_unreadable", line=line[1] if line else "?", near="…") from error
    found, first = [], None
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            if first:
                found.append((first.line, text[first.start : token.start]))
            first = None
        elif first is None:
            first = token
    if first:
        found.append((first.line, text[first.start :]))
    return found


def _parsed(statement: str, line: int, dialect: str) -> exp.Expr:
    from sqlglot import parse_one
    from sqlglot.errors import ParseError

    logging.getLogger("sqlglot").setLevel(logging.ERROR)
    try:
        tree = parse_one(_COMPUTED.sub("", statement), read=dialect)
    except RecursionError as error:
        raise YourSchemaError("ddl_unreadable", line=line, near=statement[:30]) from error
    except ParseError as error:
        place = error.errors[0] if error.errors else {}
        at = line + int(place.get("line") or 1) - 1
        raise YourSchemaError("ddl_unreadable", line=at, near=place.get("highlight") or statement[:30]) from error
    return tree


class _Reading:
    """What was read so far: tables in the making, enums and domains."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.drafts: dict[str, TableDraft] = {}
        self.enums: dict[str, tuple[str, ...]] = {}
        self.domains: dict[str, exp.DataType] = {}

    def take(self, tree: exp.Expr, statement: str) -> None:
        """Add what one statement says."""
        from sqlglot import exp

        if isinstance(tree, exp.Create) and tree.kind == "TABLE":
            self._table(tree)
        elif isinstance(tree, exp.Create) and tree.kind == "TYPE" and tree.expression:
            labels = tuple(literal.name for literal in tree.expression.expressions)
            self.enums[tree.this.name.lower()] = labels
        elif isinstance(tree, exp.Create) and tree.kind == "INDEX" and tree.args.get("unique"):
            self._index(tree)
        elif isinstance(tree, exp.Alter):
            self._alter(tree)
        elif isinstance(tree, exp.Comment):
            self._comment(tree)
        elif domain := _DOMAIN.search(statement):
            self.domains[domain[1].lower()] = exp.DataType.build(domain[2].strip(), dialect=self.dialect)

    def _draft(self, table: exp.Expr | None) -> TableDraft | None:
        return self.drafts.get(table.name.lower()) if table is not None else None

    def _table(self, tree: exp.Create) -> None:
        from sqlglot import exp

        schema = tree.this
        if not isinstance(schema, exp.Schema):
            return
        name = schema.this.name
        if name.lower() in self.drafts:
            raise YourSchemaError("ddl_duplicate_table", table=name)
        draft = self.drafts[name.lower()] = TableDraft(name)
        for part in schema.expressions:
            if isinstance(part, exp.ColumnDef):
                draft.columns.append(column_of(part, draft, self.enums, self.domains))
            else:
                read_constraint(part, draft)
        for setting in tree.find_all(exp.Property):
            if setting.name.lower() == "description" and setting.find_ancestor(exp.ColumnDef) is None:
                draft.comment = setting.args["value"].name

    def _index(self, tree: exp.Create) -> None:
        from sqlglot import exp

        draft = self._draft(tree.this.args.get("table"))
        parameters = tree.this.args.get("params")
        columns = [ordered.this for ordered in parameters.args.get("columns") or []] if parameters else []
        partial = parameters is not None and parameters.args.get("where") is not None
        if draft and columns and not partial and all(isinstance(column, exp.Column) for column in columns):
            draft.unique.append(tuple(column.name for column in columns))

    def _alter(self, tree: exp.Alter) -> None:
        from sqlglot import exp

        if draft := self._draft(tree.this):
            for action in tree.args.get("actions") or []:
                if isinstance(action, exp.AddConstraint):
                    for part in action.expressions:
                        read_constraint(part, draft)

    def _comment(self, tree: exp.Comment) -> None:
        kind, words = tree.args.get("kind"), tree.expression.name if tree.expression else ""
        if kind == "TABLE" and (draft := self._draft(tree.this)):
            draft.comment = words
        elif kind == "COLUMN" and (draft := self.drafts.get(tree.this.table.lower())):
            draft.columns = [
                replace(column, comment=words) if column.name.lower() == tree.this.name.lower() else column
                for column in draft.columns
            ]


def _resolved(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Give references the spelling of the tables they point at, and the key where no column was named."""
    by_name = {table.name.lower(): table for table in tables}
    resolved = []
    for table in tables:
        references = []
        for reference in table.references:
            target = by_name.get(reference.table.lower())
            if target is None:
                raise YourSchemaError("ddl_unknown_reference", table=table.name, target=reference.table)
            references.append(_spelled(reference, table, target))
        resolved.append(replace(table, references=tuple(references)))
    return tuple(resolved)


def _spelled(reference: Reference, table: Table, target: Table) -> Reference:
    own = {column.name.lower(): column.name for column in table.columns}
    theirs = {column.name.lower(): column.name for column in target.columns}
    referred = reference.referred or target.key
    missing = next((name for name in referred if name.lower() not in theirs), None)
    if missing is not None or len(referred) != len(reference.columns):
        raise YourSchemaError("ddl_unknown_reference", table=table.name, target=f"{target.name}.{missing or '?'}")
    return Reference(
        columns=tuple(own.get(name.lower(), name) for name in reference.columns),
        table=target.name,
        referred=tuple(theirs[name.lower()] for name in referred),
        declared=reference.declared,
    )
