"""An answer on its way to the judge and its verdict on the way back: parameters filled in, and in the engine's dialect."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sqlgrade.dialect.given import given_for, without_flat_names
from sqlgrade.dialect.heading import BIGQUERY, DUCKDB
from sqlgrade.dialect.reading import trees_of
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.engine.given_columns import tables_with_given
from sqlgrade.judging.settings import with_setting
from sqlgrade.parameters import Filled, fill
from sqlgrade.query.constructs import constructs_of
from sqlgrade.verdict import Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.tables.model import SchemaModel
    from sqlgrade.tables.result import RunError
    from sqlgrade.verdict import Finding, Remark, SqlError, Verdict


@dataclass(frozen=True)
class Said:
    """An answer as it was written, as it was filled, and as it is run."""

    written: str
    filled: Filled
    setting: Mapping[str, str]
    spoken: Spoken | RunError | None
    """The text as the judge's databases take it, or why there is none; None where it is written so."""
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The tables of the task that have a schema before their names."""
    given: Mapping[str, str] = field(default_factory=dict)
    """The views that the task gives."""

    @property
    def sql(self) -> str:
        """The text that is run."""
        return self.spoken.sql if isinstance(self.spoken, Spoken) else self.filled.sql

    @property
    def own(self) -> str:
        """The text that is run, without the views that the task gives: what is asked of the writer's own words is asked of it."""
        return self.spoken.own if isinstance(self.spoken, Spoken) else self.filled.sql

    @property
    def constructs(self) -> frozenset[str] | None:
        """The constructs of the text in the dialect that it was written in; None where that is the engine's."""
        read = self.spoken
        trees = trees_of(read.written) if isinstance(read, Spoken) and read.dialect == BIGQUERY else None
        return frozenset().union(*map(constructs_of, trees)) if isinstance(trees, list) else None

    def as_written(self, verdict: Verdict) -> Verdict:
        """The verdict on the text that is run, as one on the text that was written."""
        if isinstance(self.spoken, Spoken):
            verdict = _in_own_words(_of_own_words(verdict, self.spoken), self.spoken)
            verdict = _with_given_names(verdict, self.given) if self.spoken.length else verdict
        if self.paths:
            verdict = _with_schemas(verdict, _Shown(self.paths, self.filled.sql))
        return with_setting(verdict, self.written, self.filled, self.setting)


def said(
    text: str,
    setting: Mapping[str, str],
    schema: SchemaModel,
    dialect: str = DUCKDB,
    given: Mapping[str, str] | None = None,
) -> Said:
    """An answer with the values of one setting, read in the dialect that it names, else in this; raises BadTemplate."""
    filled = fill(text, setting) if setting else Filled(text)
    views = given_for(filled.sql, given)
    read = spoken(filled.sql, tables_with_given(schema, views), dialect, schema.paths, schema.keys, views)
    return Said(text, filled, setting, read, schema.paths, views)


class _Shown:
    """How tables are called before whoever wrote a text: with their schemas, but for names that it gives by itself."""

    def __init__(self, paths: Mapping[str, tuple[str, ...]], text: str) -> None:
        bare = {word.lower() for word in re.findall(r"(?<![\w.\"])\w+", text.replace('."', "."))}
        self._names = {flat: ".".join(path) for flat, path in paths.items()}
        self._told = {flat.lower(): name for flat, name in self._names.items() if flat.lower() not in bare}

    def table(self, name: str) -> str:
        """A table's name."""
        return self._names.get(name, name)

    def params(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters of a sentence; one that names a column stays."""
        return {
            key: self._told.get(value.lower(), value) if isinstance(value, str) and "column" not in key else value
            for key, value in params.items()
        }


def _with_schemas(verdict: Verdict, shown: _Shown) -> Verdict:
    """The verdict with its tables called as the task's DDL calls them."""
    data, error, proof = verdict.counterexample, verdict.error, verdict.proof
    if data is not None:
        tables = {shown.table(name): table for name, table in data.tables.items()}
        data = replace(data, tables=tables, fixed=tuple(map(shown.table, data.fixed)))
    return replace(
        verdict,
        findings=tuple(replace(each, params=shown.params(each.params)) for each in verdict.findings),
        notes=tuple(replace(each, params=shown.params(each.params)) for each in verdict.notes),
        good=tuple(replace(each, params=shown.params(each.params)) for each in verdict.good),
        error=error and replace(error, params=shown.params(error.params)),
        counterexample=data,
        proof=proof and replace(proof, empty=tuple(map(shown.table, proof.empty))),
    )


def _of_own_words(verdict: Verdict, told: Spoken) -> Verdict:
    """The verdict without what is found in the views that the task gives, which nobody wrote; all of it where nothing else is found."""
    own = tuple(each for each in verdict.findings if not (each.site and told.is_given(each.site.start, each.site.end)))
    return replace(verdict, findings=own) if told.length and own else verdict


def _with_given_names(verdict: Verdict, given: Mapping[str, str]) -> Verdict:
    """The verdict with the views called as they are before the writer."""

    def shown(params: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: without_flat_names(value, given) if isinstance(value, str) else value for key, value in params.items()
        }

    error = verdict.error
    return replace(
        verdict,
        findings=tuple(replace(each, params=shown(each.params)) for each in verdict.findings),
        notes=tuple(replace(each, params=shown(each.params)) for each in verdict.notes),
        good=tuple(replace(each, params=shown(each.params)) for each in verdict.good),
        error=error and replace(error, params=shown(error.params)),
    )


def _in_own_words(verdict: Verdict, told: Spoken) -> Verdict:
    """The verdict with its places, and what it quotes of the answer, in the text that was translated."""
    shown = verdict.counterexample
    if shown is not None and shown.error is not None:
        shown = replace(shown, error=_error(shown.error, told))
    return replace(
        verdict,
        findings=tuple(_finding(each, told) for each in verdict.findings),
        notes=tuple(_remark(each, told) for each in verdict.notes),
        error=verdict.error and _error(verdict.error, told),
        counterexample=shown,
    )


def _finding(finding: Finding, told: Spoken) -> Finding:
    site = finding.site and Site(*told.places.span(finding.site.start, finding.site.end))
    return replace(finding, site=site, params={**_params(finding.params, told), "dialect": told.dialect})


def _remark(remark: Remark, told: Spoken) -> Remark:
    return replace(remark, params=_params(remark.params, told))


def _error(error: SqlError, told: Spoken) -> SqlError:
    params = _params(error.params, told)
    if error.position is None:
        return replace(error, params=params)
    end = params.get("end")
    start, stop = told.places.span(error.position, end if isinstance(end, int) else error.position + 1)
    params = {**params, "end": stop} if isinstance(end, int) else params
    column = start - (told.written.rfind("\n", 0, start) + 1) + 1
    return replace(error, position=start, line=told.written.count("\n", 0, start) + 1, column=column, params=params)


def _params(params: Mapping[str, Any], told: Spoken) -> dict[str, Any]:
    """The parameters of a sentence, with the writer's own words for what is quoted of the answer."""
    return {name: told.places.quoted(value) if isinstance(value, str) else value for name, value in params.items()}
