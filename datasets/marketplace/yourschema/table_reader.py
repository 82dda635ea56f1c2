"""Reads the parts of one CREATE TABLE: columns, their types, keys and checks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from marketplace.yourschema.schema import Kind, OwnColumn, Reference, Rule, Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlglot import exp

_KINDS = {
    Kind.INTEGER: {
        "TINYINT",
        "SMALLINT",
        "MEDIUMINT",
        "INT",
        "BIGINT",
        "INT128",
        "UTINYINT",
        "USMALLINT",
        "UINT",
        "UBIGINT",
    },
    Kind.NUMBER: {"DECIMAL", "BIGDECIMAL", "FLOAT", "DOUBLE", "MONEY", "SMALLMONEY"},
    Kind.TEXT: {"VARCHAR", "TEXT", "CHAR", "NCHAR", "NVARCHAR", "BPCHAR", "NAME", "ENUM"},
    Kind.BOOLEAN: {"BOOLEAN", "BIT"},
    Kind.DATE: {"DATE", "DATE32"},
    Kind.TIMESTAMP: {
        "TIMESTAMP",
        "TIMESTAMPTZ",
        "TIMESTAMPLTZ",
        "TIMESTAMPNTZ",
        "DATETIME",
        "TIMESTAMP_S",
        "TIMESTAMP_MS",
    },
    Kind.TIME: {"TIME", "TIMETZ"},
    Kind.UUID: {"UUID"},
}
"""sqlglot's names of the types, by what they hold."""
_SERIALS = {"SERIAL": "INTEGER", "BIGSERIAL": "BIGINT", "SMALLSERIAL": "SMALLINT"}
"""Types that count by themselves -> what they hold."""


@dataclass
class TableDraft:
    """A table while its statements are being read."""

    name: str
    columns: list[OwnColumn] = field(default_factory=list)
    key: tuple[str, ...] = ()
    unique: list[tuple[str, ...]] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    comment: str = ""

    def table(self) -> Table:
        """Return the finished table; key columns are never NULL, and CHECK … IN becomes a column's choices."""
        from dataclasses import replace

        key = {name.lower() for name in self.key}
        spelled = {column.name.lower(): column.name for column in self.columns}
        columns = tuple(
            replace(column, nullable=column.name.lower() not in key and (column.nullable or _is_left_blank(column)))
            for column in self.columns
        )
        return Table(
            name=self.name,
            columns=tuple(_with_choices(column, self.rules) for column in columns),
            key=tuple(spelled.get(name.lower(), name) for name in self.key),
            unique=tuple(tuple(spelled.get(name.lower(), name) for name in names) for names in self.unique),
            references=tuple(self.references),
            rules=tuple(self.rules),
            comment=self.comment,
        )


def _is_left_blank(column: OwnColumn) -> bool:
    """Whether no values are made for a column (a search index, a shape on a map), whatever its NOT NULL."""
    return column.kind is Kind.OTHER and column.type != "JSON"


def column_of(
    node: exp.ColumnDef,
    draft: TableDraft,
    enums: Mapping[str, tuple[str, ...]],
    domains: Mapping[str, exp.DataType],
) -> OwnColumn:
    """Return a column; keys, references and checks written beside it go to the draft."""
    from sqlglot import exp

    kind = node.args.get("kind")
    if kind is not None and kind.this == exp.DataType.Type.USERDEFINED:
        kind = domains.get(_type_name(kind), kind)
    type_, value_kind = _type_of(kind, enums)
    nullable, comment = True, ""
    for constraint in node.args.get("constraints") or []:
        rule = constraint.kind
        if isinstance(rule, (exp.NotNullColumnConstraint, exp.PrimaryKeyColumnConstraint)):
            nullable = nullable and bool(rule.args.get("allow_null"))
        if isinstance(rule, exp.CommentColumnConstraint):
            comment = rule.this.name
        if isinstance(rule, exp.Properties):
            comment = next((p.args["value"].name for p in rule.expressions if p.name.lower() == "description"), comment)
        _column_rule(rule, node.name, draft)
    return OwnColumn(
        name=node.name,
        type=type_,
        kind=value_kind,
        nullable=nullable,
        comment=comment,
        choices=_enum_labels(kind, enums),
        length=_parameter(kind, 0) if value_kind is Kind.TEXT else None,
        scale=(_parameter(kind, 1) or 0) if type_.startswith("DECIMAL") else (2 if value_kind is Kind.NUMBER else 0),
    )


def read_constraint(node: exp.Expression, draft: TableDraft) -> None:
    """Add a table constraint (key, unique, foreign key, check) to the draft; others do not matter here."""
    from sqlglot import exp

    if isinstance(node, exp.Constraint):
        for part in node.expressions:
            read_constraint(part, draft)
    elif isinstance(node, exp.PrimaryKey):
        draft.key = tuple(_name(part) for part in node.expressions)
    elif isinstance(node, exp.UniqueColumnConstraint) and node.this is not None:
        draft.unique.append(tuple(_name(part) for part in node.this.expressions))
    elif isinstance(node, exp.ForeignKey):
        own = tuple(_name(part) for part in node.expressions)
        _reference(node.args["reference"], own, draft)
    elif isinstance(node, (exp.Check, exp.CheckColumnConstraint)):
        _check(node.this, draft)


def _column_rule(rule: exp.Expression, name: str, draft: TableDraft) -> None:
    from sqlglot import exp

    if isinstance(rule, exp.PrimaryKeyColumnConstraint):
        draft.key = (name,)
    elif isinstance(rule, exp.UniqueColumnConstraint):
        draft.unique.append((name,))
    elif isinstance(rule, exp.Reference):
        _reference(rule, (name,), draft)
    elif isinstance(rule, exp.CheckColumnConstraint):
        _check(rule.this, draft)


def _reference(node: exp.Expression, own: tuple[str, ...], draft: TableDraft) -> None:
    from sqlglot import exp

    target = node.this
    table = target.this if isinstance(target, exp.Schema) else target
    theirs = tuple(_name(part) for part in target.expressions) if isinstance(target, exp.Schema) else ()
    draft.references.append(Reference(own, table.name, theirs))


def _check(node: exp.Expression, draft: TableDraft) -> None:
    from sqlglot import exp

    columns = tuple(dict.fromkeys(column.name for column in node.find_all(exp.Column)))
    if columns and not node.find(exp.Query):
        draft.rules.append(Rule(node.sql("duckdb"), columns))


def _with_choices(column: OwnColumn, rules: list[Rule]) -> OwnColumn:
    from dataclasses import replace

    from sqlglot import exp, parse_one

    for rule in rules:
        if [name.lower() for name in rule.columns] != [column.name.lower()] or column.choices:
            continue
        tree = parse_one(rule.sql, read="duckdb").unnest()
        if isinstance(tree, exp.In) and all(isinstance(value, exp.Literal) for value in tree.expressions):
            column = replace(column, choices=tuple(value.name for value in tree.expressions))
    return column


def _type_of(kind: exp.DataType | None, enums: Mapping[str, tuple[str, ...]]) -> tuple[str, Kind]:
    """Return the type as DuckDB writes it and how its values are made; a type DuckDB lacks becomes VARCHAR."""
    if kind is None:
        return "VARCHAR", Kind.TEXT
    name = kind.this.name if hasattr(kind.this, "name") else str(kind.this)
    if name in _SERIALS:
        return _SERIALS[name], Kind.INTEGER
    if name == "USERDEFINED":
        return "VARCHAR", Kind.TEXT if _type_name(kind) in enums else Kind.OTHER
    if name == "JSONB":
        return "JSON", Kind.OTHER
    found = next((value_kind for value_kind, names in _KINDS.items() if name in names), Kind.OTHER)
    if found is Kind.TEXT:
        return "VARCHAR", found
    if found is Kind.OTHER:
        return kind.sql("duckdb") if name in (
            "ARRAY",
            "LIST",
            "STRUCT",
            "MAP",
            "INTERVAL",
            "JSON",
        ) else "VARCHAR", found
    if name == "DECIMAL" and not kind.expressions:
        return "DECIMAL(18,4)", found
    return kind.sql("duckdb"), found


def _enum_labels(kind: exp.DataType | None, enums: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if kind is None:
        return ()
    if kind.this.name == "ENUM":
        return tuple(label.name for label in kind.expressions)
    return enums.get(_type_name(kind), ()) if kind.this.name == "USERDEFINED" else ()


def _type_name(kind: exp.DataType) -> str:
    """Return the lower-case name of a user-defined type, without its schema."""
    written = kind.args.get("kind")
    return str(getattr(written, "name", written) or "").rpartition(".")[2].lower()


def _parameter(kind: exp.DataType | None, place: int) -> int | None:
    parameters = kind.expressions if kind is not None else []
    if place >= len(parameters) or not parameters[place].name.isdigit():
        return None
    return int(parameters[place].name)


def _name(node: exp.Expression) -> str:
    from sqlglot import exp

    inner = node.this if isinstance(node, exp.Ordered) else node
    return str(inner.name)
