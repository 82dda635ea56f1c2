"""Drills of a company's own metrics: the agreed query asked anew for each value of a column, wrong answers from the mutation operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import sqlglot
from sqlglot import exp

from coursebook.messages import LANGUAGES, sentences
from coursebook.own_tables.telling import column_named, identifier
from sqlgrade.mutate import MutantStatus, SchemaColumns, mutate
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping as Dict

    from coursebook.metrics import MetricRecord
    from coursebook.own_tables.facts import Facts, OwnField, OwnTable
    from coursebook.practice.draw import Run
    from sqlgrade.mutate import Mutant
    from sqlgrade.tables.model import SchemaModel

SKILL = "S13"
MOST_WRONG = 4
MOST_COLUMNS = 2
"""Drills of one metric."""
_NESTED = (exp.Window, exp.Subquery, exp.Exists, exp.Rollup, exp.Cube, exp.GroupingSets)
_ASIDE = ("with_", "having", "qualify", "distinct", "limit", "offset", "windows")


def metric_templates(
    metric: MetricRecord, facts: Facts, model: SchemaModel, runs: Dict[str, Run]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table and template, without an id, for each column by which the metric can be asked; none where its query is no plain SELECT.

    Args:
        metric: The metric, whose query holds on the copies.
        facts: The tables, and what their columns mean.
        model: The tables for the judge.
        runs: Language -> runs a SELECT on the copy in it.
    """
    select = _plain(metric.sql)
    table = _counted_table(select, facts) if select is not None else None
    if select is None or table is None:
        return
    asked = {each.name.lower() for each in select.find_all(exp.Column)} | {
        each.alias_or_name.lower() for each in select.selects
    }
    for field in [each for each in table.playing("category") if each.name.lower() not in asked][:MOST_COLUMNS]:
        solution = _by(select, table, field)
        wrong = list(_wrong(solution, model, runs))
        yield table.name, _template(metric, field, solution, wrong)


def is_plain(sql: str) -> bool:
    """Whether it is a SELECT of aggregates from tables, to which a column can be added."""
    return _plain(sql) is not None


def _plain(sql: str) -> exp.Select | None:
    """A SELECT of aggregates from tables, grouped or not; None for any other query."""
    tree = parsed(sql)
    if not isinstance(tree, exp.Select) or any(tree.args.get(each) for each in _ASIDE):
        return None
    is_told = tree.find(exp.AggFunc) is not None and tree.find(*_NESTED) is None
    return tree if is_told and _is_of_tables(tree) and all(each.alias_or_name for each in tree.selects) else None


def _is_of_tables(select: exp.Select) -> bool:
    """Whether it reads tables alone, by names of columns."""
    sources = [_source(select), *(each.this for each in select.args.get("joins") or ())]
    stars = (each for each in select.find_all(exp.Star) if not isinstance(each.parent, exp.Count))
    return all(isinstance(each, exp.Table) for each in sources) and next(stars, None) is None


def _source(select: exp.Select) -> exp.Expr | None:
    """What stands first in FROM."""
    told = select.args.get("from_")
    return told.this if told is not None else None


def _counted_table(select: exp.Select, facts: Facts) -> OwnTable | None:
    source = _source(select)
    return next(
        (each for each in facts.tables if source is not None and each.name.lower() == source.name.lower()), None
    )


def _by(select: exp.Select, table: OwnTable, field: OwnField) -> str:
    """The query with a row for each value of a column more."""
    made = select.copy()
    source = _source(made)
    alias = source.alias if source is not None else ""
    named = alias or (table.name if made.args.get("joins") else "")
    place = f"{identifier(named)}." if named else ""
    column = sqlglot.parse_one(f"{place}{identifier(field.name)}", read="duckdb")
    made.set("order", None)
    made.set("expressions", [column, *made.expressions])
    group = made.args.get("group") or exp.Group()
    if not group.args.get("all"):  # which takes the new column by itself
        group.set("expressions", [column.copy(), *map(_one_later, group.expressions)])
        made.set("group", group)
    return made.sql("duckdb", pretty=True)


def _one_later(key: exp.Expr) -> exp.Expr:
    """What is grouped by; where it is the number of a column (GROUP BY 1), that stands one place later now."""
    return exp.Literal.number(int(key.name) + 1) if isinstance(key, exp.Literal) and key.is_int else key


def _wrong(solution: str, model: SchemaModel, runs: Dict[str, Run]) -> Iterator[Mutant]:
    """Mutants whose rows are others than the solution's on each copy, one of each operator."""
    expected = {lang: _rows(run, solution) for lang, run in runs.items()}
    operators: set[str] = set()
    for mutant in mutate(solution, SchemaColumns.of(model), lambda _: True).mutants:
        if mutant.status is not MutantStatus.BINDS or mutant.operator in operators:
            continue
        rows = {lang: _rows(run, mutant.sql) for lang, run in runs.items()}
        if all(rows[lang] not in (None, expected[lang]) for lang in runs):
            operators.add(mutant.operator)
            yield mutant
        if len(operators) == MOST_WRONG:
            return


def _rows(run: Run, sql: str) -> list[str] | None:
    try:
        return sorted(map(repr, run(sql)))
    except duckdb.Error:
        return None


def _template(metric: MetricRecord, field: OwnField, solution: str, wrong: list[Mutant]) -> dict[str, Any]:
    names = [each.alias_or_name for each in sqlglot.parse_one(solution, read="duckdb", into=exp.Select).selects]
    columns = ", ".join(names)

    def told(code: str) -> dict[str, str]:
        return {lang: _told(code, metric, field, columns, lang) for lang in LANGUAGES}

    return {
        "skill": SKILL,
        "kind": "W",
        "minutes": 5,
        "level": 1,
        **{part: told(part) for part in ("title", "prompt", "idea", "success", "explanation")},
        "starter": f"-- {columns}",
        "solution": f"{solution}\n",
        "column_names": names,
        "rules": {"row_order": "ignored"},
        "wrong": [
            {
                "name": each.operator.replace("_", "-").lower(),
                "code": each.code,
                "clause": each.clause,
                "sql": f"{each.sql}\n",
                "hint": told("hint_where" if each.clause == "WHERE" else "hint_select"),
            }
            for each in wrong
        ],
    }


def _told(code: str, metric: MetricRecord, field: OwnField, columns: str, lang: str) -> str:
    labels = sentences(lang)
    said = (
        labels["own_tables.metric.said"].format(label=labels[f"metrics.{name}"], text=text[lang].rstrip("。."))
        for name in ("definition", "denominator", "numerator", "exclusions")
        if (text := getattr(metric, name)) is not None
    )
    return labels[f"own_tables.metric.{code}"].format(
        name=metric.name[lang],
        id=metric.id,
        column=column_named(field, "", lang),
        short=column_named(field, "name", lang),
        columns=columns,
        said="".join(said),
        exclusions=metric.exclusions[lang].rstrip("。."),
        blank=labels["own_tables.metric.blank"] if field.nullable else "",
    )
