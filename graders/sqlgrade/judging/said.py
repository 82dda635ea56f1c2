"""An answer on its way to the judge and its verdict on the way back: parameters filled in, and in the engine's dialect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlgrade.dialect.heading import DUCKDB
from sqlgrade.dialect.reading import trees_of
from sqlgrade.dialect.spoken import Spoken, spoken
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
    """The text in DuckDB's dialect, or why there is none; None where it is written in it."""

    @property
    def sql(self) -> str:
        """The text that is run."""
        return self.spoken.sql if isinstance(self.spoken, Spoken) else self.filled.sql

    @property
    def constructs(self) -> frozenset[str] | None:
        """The constructs of the text in the dialect that it was written in; None where that is the engine's."""
        trees = trees_of(self.spoken.written) if isinstance(self.spoken, Spoken) else None
        return frozenset().union(*map(constructs_of, trees)) if isinstance(trees, list) else None

    def as_written(self, verdict: Verdict) -> Verdict:
        """The verdict on the text that is run, as one on the text that was written."""
        if isinstance(self.spoken, Spoken):
            verdict = _in_own_words(verdict, self.spoken)
        return with_setting(verdict, self.written, self.filled, self.setting)


def said(text: str, setting: Mapping[str, str], schema: SchemaModel, dialect: str = DUCKDB) -> Said:
    """An answer with the values of one setting, read in the dialect that it names, else in this; raises BadTemplate."""
    filled = fill(text, setting) if setting else Filled(text)
    tables = {table.name: {column.name: column.type.text for column in table.columns} for table in schema.tables}
    return Said(text, filled, setting, spoken(filled.sql, tables, dialect))


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
