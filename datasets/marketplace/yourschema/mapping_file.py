"""Writes the mapping as TOML that people can edit, and reads it back, refusing what the schema does not have."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from marketplace.yourschema.fault import YourSchemaError, sentences
from marketplace.yourschema.mapping import ColumnPlan, Mapping, OwnClock, OwnName, SameAs, TablePlan
from marketplace.yourschema.meanings import KEY, REFERENCE, meanings
from marketplace.yourschema.roles import ROLES, suggested_role
from marketplace.yourschema.schema import Reference

if TYPE_CHECKING:
    from marketplace.yourschema.schema import Schema

_TABLE_KEYS = ("name", "role", "rows", "columns")
_COLUMN_KEYS = (
    "meaning", "references", "values", "min", "max", "grid", "null_share", "after", "same_as", "source", "shift_hours", "rename", "name", "unit",
)  # fmt: skip


def mapping_text(mapping: Mapping, lang: str = "ja") -> str:
    """Return the mapping as TOML with an explanation in one language on top."""
    words = sentences(lang)
    lines = [f"# {line}" if line else "#" for line in words["mapping_head"].strip().splitlines()]
    lines.append(f"# {words['mapping_meanings']} {', '.join([KEY, REFERENCE, *meanings()])}")
    lines.append(f"# {words['mapping_roles']} {', '.join(ROLES)}")
    if mapping.clock is not None:
        lines += ["", "[clock]", f"ahead = {mapping.clock.ahead}", f"day_begins = {mapping.clock.day_begins}"]
    for table in mapping.tables:
        lines += ["", f"[tables.{_bare(table.name)}]"]
        if table.label != OwnName():
            lines.append(f"name = {_inline_name(table.label)}")
        if table.role:
            lines.append(f"role = {_text(table.role)}")
        elif suggestion := suggested_role(table):
            lines.append(f"# role = {_text(suggestion)}   # {words['mapping_role_hint']}")
        if table.rows is not None:
            lines.append(f"rows = {table.rows}")
        lines.append(f"[tables.{_bare(table.name)}.columns]")
        lines += [f"{_bare(column.name)} = {_inline(column)}{_note(column, words)}" for column in table.columns]
    return "\n".join(lines) + "\n"


def read_mapping(text: str, schema: Schema, proposed: Mapping) -> Mapping:
    """Return the proposed mapping with the file's changes; raises YourSchemaError naming what to correct."""
    try:
        written: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise YourSchemaError("mapping_unreadable", line=line[1] if line else text.count("\n") + 1) from error
    except RecursionError as error:
        raise YourSchemaError("mapping_unreadable", line=1) from error
    _known("[ ]", written, ("clock", "tables"))
    clock = _clock(_section(written, "clock", "clock")) if "clock" in written else proposed.clock
    changed = {}
    for name, table in _section(written, "tables", "tables").items():
        plan = proposed.table(name)
        if plan is None:
            raise YourSchemaError("mapping_unknown_table", table=name)
        changed[name] = _table(plan, _section({"": table}, "", name), schema)
    mapping = Mapping(tuple(changed.get(plan.name, plan) for plan in proposed.tables), clock)
    _check_roles(mapping)
    return mapping


def _section(written: dict[str, Any], key: str, place: str) -> dict[str, Any]:
    found = written.get(key, {})
    if not isinstance(found, dict):
        raise YourSchemaError("mapping_bad_value", place=place, key=key or place, value=repr(found), want="[tables.…]")
    return found


def _known(place: str, written: dict[str, Any], known: tuple[str, ...]) -> None:
    for key in written:
        if key not in known:
            raise YourSchemaError("mapping_unknown_key", place=place, key=key, known=", ".join(known))


def _table(plan: TablePlan, written: dict[str, Any], schema: Schema) -> TablePlan:
    _known(plan.name, written, _TABLE_KEYS)
    role, rows = written.get("role") or None, written.get("rows", plan.rows)
    if role is not None and role not in ROLES:
        raise YourSchemaError("mapping_unknown_role", table=plan.name, role=role, known=", ".join(ROLES))
    if rows is not None and (not isinstance(rows, int) or isinstance(rows, bool) or rows < 0):
        raise YourSchemaError("mapping_bad_value", place=plan.name, key="rows", value=repr(rows), want="0, 1, 2 …")
    columns = {column.name: column for column in plan.columns}
    for name, entry in _section(written, "columns", plan.name).items():
        if name not in columns:
            raise YourSchemaError("mapping_unknown_column", table=plan.name, column=name)
        columns[name] = _column(columns[name], entry, f"{plan.name}.{name}", plan, schema)
    label = _name(written, "name", plan.name) if "name" in written else plan.label
    changed = replace(plan, role=role, rows=rows, label=label, columns=tuple(columns.values()))
    return replace(changed, references=_references(changed, schema))


def _column(plan: ColumnPlan, entry: object, place: str, table: TablePlan, schema: Schema) -> ColumnPlan:
    if not isinstance(entry, dict):
        raise YourSchemaError("mapping_bad_value", place=place, key=place, value=repr(entry), want='{ meaning = "…" }')
    _known(place, entry, _COLUMN_KEYS)
    meaning = entry.get("meaning", plan.meaning)
    if meaning not in (KEY, REFERENCE, *meanings()):
        near = difflib.get_close_matches(str(meaning), list(meanings()), 1, 0.0)[0]
        raise YourSchemaError("mapping_unknown_meaning", place=place, meaning=meaning, near=near)
    return replace(
        plan,
        meaning=meaning,
        references=_target(entry, place, schema),
        values=_values(entry, place),
        min=_number(entry, "min", place),
        max=_number(entry, "max", place),
        grid=_number(entry, "grid", place),
        null_share=_share(entry, place),
        after=_own_column(entry, "after", place, table),
        same_as=_same_as(entry, place, table, schema),
        source=entry.get("source"),
        shift_hours=int(_number(entry, "shift_hours", place) or 0),
        rename=_rename(entry, place),
        label=_name(entry, "name", place),
        unit=_name(entry, "unit", place),
    )


def _name(entry: dict[str, Any], key: str, place: str) -> OwnName:
    written = entry.get(key, {})
    if not isinstance(written, dict) or not all(
        lang in ("ja", "en") and isinstance(written[lang], str) for lang in written
    ):
        raise YourSchemaError(
            "mapping_bad_value", place=place, key=key, value=repr(written), want='{ ja = "注文", en = "orders" }'
        )
    return OwnName(**written)


def _clock(written: dict[str, Any]) -> OwnClock:
    _known("[clock]", written, ("ahead", "day_begins"))
    for key, least, most in (("ahead", -12, 14), ("day_begins", 0, 23)):
        value = written.get(key, 0)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise YourSchemaError(
                "mapping_bad_value", place="[clock]", key=key, value=repr(value), want=f"{least} … {most}"
            )
    return OwnClock(**written)


def _target(entry: dict[str, Any], place: str, schema: Schema) -> tuple[str, str] | None:
    target = entry.get("references")
    if target is None:
        return None
    table_name, _, column = str(target).rpartition(".")
    table = schema.table(table_name)
    if table is None or table.column(column) is None:
        raise YourSchemaError("mapping_bad_reference", place=place, target=target)
    return table_name, column


def _values(entry: dict[str, Any], place: str) -> Any:
    values = entry.get("values", "hidden")
    if isinstance(values, list) and values and all(isinstance(value, (str, int, float)) for value in values):
        return tuple(str(value) for value in values)
    if values in ("hidden", "approved"):
        return values
    want = '"hidden", "approved", ["a", "b"]'
    raise YourSchemaError("mapping_bad_value", place=place, key="values", value=repr(values), want=want)


def _number(entry: dict[str, Any], key: str, place: str) -> float | None:
    value = entry.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
        raise YourSchemaError("mapping_bad_value", place=place, key=key, value=repr(value), want="0, 1.5 …")
    return value


def _share(entry: dict[str, Any], place: str) -> float | None:
    share = _number(entry, "null_share", place)
    if share is not None and not 0 <= share <= 1:
        raise YourSchemaError("mapping_bad_value", place=place, key="null_share", value=share, want="0 … 1")
    return share


def _own_column(entry: dict[str, Any], key: str, place: str, table: TablePlan) -> str | None:
    name = entry.get(key)
    if name is not None and table.column(name) is None:
        raise YourSchemaError("mapping_unknown_column", table=table.name, column=name)
    return name


def _same_as(entry: dict[str, Any], place: str, table: TablePlan, schema: Schema) -> SameAs | None:
    written = entry.get("same_as")
    if written is None:
        return None
    via, _, column = str(written).partition(".")
    through = table.column(via)
    if through is None:
        raise YourSchemaError("mapping_unknown_column", table=table.name, column=via)
    target = schema.table(through.references[0]) if through.references else None
    if target is None or target.column(column) is None:
        raise YourSchemaError("mapping_bad_reference", place=place, target=written)
    return SameAs(via, column)


def _rename(entry: dict[str, Any], place: str) -> tuple[tuple[str, str], ...]:
    written = entry.get("rename", {})
    if not isinstance(written, dict):
        raise YourSchemaError(
            "mapping_bad_value", place=place, key="rename", value=repr(written), want='{ completed = "done" }'
        )
    return tuple((str(old), str(new)) for old, new in written.items())


def _references(plan: TablePlan, schema: Schema) -> tuple[Reference, ...]:
    """Return the declared references, and a single-column one for every other column that names a target."""
    table = schema.table(plan.name)
    declared = table.references if table else ()
    covered = {name for reference in declared for name in reference.columns}
    added = [
        Reference((column.name,), column.references[0], (column.references[1],), declared=False)
        for column in plan.columns
        if column.references and column.name not in covered
    ]
    return (*declared, *added)


def _check_roles(mapping: Mapping) -> None:
    taken: dict[str, str] = {}
    for plan in mapping.tables:
        if plan.role and plan.role in taken:
            raise YourSchemaError("mapping_role_taken", role=plan.role, first=taken[plan.role], second=plan.name)
        if plan.role:
            taken[plan.role] = plan.name


def _inline(column: ColumnPlan) -> str:
    parts = [f"meaning = {_text(column.meaning)}"]
    if column.references:
        parts.append(f"references = {_text('.'.join(column.references))}")
    if isinstance(column.values, tuple):
        parts.append(f"values = [{', '.join(_text(value) for value in column.values)}]")
    elif column.profile == "weights":
        parts.append(f"values = {_text(column.values)}")
    for key in ("min", "max", "grid", "null_share"):
        value = getattr(column, key)
        if value is not None:
            parts.append(f"{key} = {value:g}")
    if column.after:
        parts.append(f"after = {_text(column.after)}")
    if column.same_as:
        parts.append(f"same_as = {_text(f'{column.same_as.via}.{column.same_as.column}')}")
    if column.source:
        parts.append(f"source = {_text(column.source)}")
    if column.shift_hours:
        parts.append(f"shift_hours = {column.shift_hours}")
    if column.rename:
        parts.append(f"rename = {{ {', '.join(f'{_text(old)} = {_text(new)}' for old, new in column.rename)} }}")
    parts += [
        f"{key} = {_inline_name(name)}"
        for key, name in (("name", column.label), ("unit", column.unit))
        if name != OwnName()
    ]
    return f"{{ {', '.join(parts)} }}"


def _inline_name(name: OwnName) -> str:
    said = [f"{lang} = {_text(getattr(name, lang))}" for lang in ("ja", "en") if getattr(name, lang)]
    return f"{{ {', '.join(said)} }}"


def _note(column: ColumnPlan, words: dict[str, str]) -> str:
    if column.guessed:
        return f"   # {words['mapping_guessed']}"
    return f"   # {words['mapping_neutral']}" if column.meaning == "neutral" else ""


def _bare(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
