"""GoogleSQL's own analyzer over the marketplace's tables: whether BigQuery would take a translated query.

It needs the optional package of the dependency group `bigquery`, and no network.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.learner.export.bigquery import to_bigquery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from classroom.session.schema_index import SchemaIndex

_TYPES = {"BOOLEAN": "BOOL", "DATE": "DATE", "TIMESTAMP": "DATETIME", "VARCHAR": "STRING", "DOUBLE": "DOUBLE"}
Analyze = Callable[[str], str]
"""Why a query is rejected; empty if it is accepted."""


@dataclass(frozen=True)
class Examined:
    """What became of one query."""

    name: str
    refused: tuple[str, ...] = ()
    """Constructs for which no translation is shown."""
    rejected: str = ""
    """The analyzer's complaint about the translation; empty if it accepts."""

    @property
    def accepted(self) -> bool:
        """Whether there is a translation that BigQuery's analyzer takes."""
        return not self.refused and not self.rejected


def examine(
    queries: Iterable[tuple[str, str]], column_types: Mapping[str, str], analyze: Analyze
) -> Iterator[Examined]:
    """Translate each named query and hand it to the analyzer."""
    for name, sql in queries:
        handoff = to_bigquery(sql, column_types)
        if handoff.sql is None:
            yield Examined(name, refused=handoff.refused)
        else:
            yield Examined(name, rejected=analyze(handoff.sql))


@dataclass(frozen=True)
class GoogleSql:
    """The optional package, set up for the tables of a schema; times without zone are DATETIME.

    Raises:
        ImportError: the package is not installed.
    """

    api: Any
    types: Any
    options: Any
    """All features of the language."""
    catalog: Any

    @classmethod
    def over(cls, schema: SchemaIndex) -> GoogleSql:
        """GoogleSQL with these tables."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            api: Any = import_module("zetasql.api")
            types: Any = import_module("zetasql.types")
        language = types.LanguageOptions.maximum_features()
        functions = types.ZetaSQLBuiltinFunctionOptions(language_options=language)
        catalog = api.CatalogBuilder("marketplace").with_builtin_functions(functions)
        for table in schema.tables.values():
            builder = api.TableBuilder(table.name)
            for column in table.columns.values():
                builder.add_column(column.name, types.TypeKind[f"TYPE_{google_type(column.type)}"])
            catalog.add_table(builder.build())
        return cls(api, types, types.AnalyzerOptions(language_options=language), catalog.build())


def google_analyzer(schema: SchemaIndex) -> Analyze:
    """The analyzer with these tables.

    Raises:
        ImportError: the optional package is not installed.
    """
    google = GoogleSql.over(schema)
    analyzer = google.api.Analyzer(google.options, google.catalog)

    def analyze(sql: str) -> str:
        try:
            analyzer.analyze_statement(sql)
        except Exception as fault:  # noqa: BLE001  (the package has several errors of its own; each is a rejection)
            return str(fault).strip().split("\n", 1)[0] or type(fault).__name__
        return ""

    return analyze


def google_type(duckdb_type: str) -> str:
    """GoogleSQL's name of a type."""
    if duckdb_type.startswith("DECIMAL"):
        return "NUMERIC"
    return _TYPES.get(duckdb_type, "INT64")
