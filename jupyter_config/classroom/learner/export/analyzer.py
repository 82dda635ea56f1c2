"""GoogleSQL's own analyzer over the marketplace's tables: whether BigQuery would take a translated query.

It needs the optional package of the dependency group `bigquery`, and no network.
"""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING, Any

import platformdirs

from classroom.learner.export.bigquery import to_bigquery
from sqlgrade.dialect.googlesql import exists
from sqlgrade.tables.sqltype import parse_type
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from classroom.session.schema_index import SchemaIndex
    from sqlgrade.tables.sqltype import SqlType

_TYPES = {
    "BOOLEAN": "BOOL",
    "DATE": "DATE",
    "TIMESTAMP": "DATETIME",
    "VARCHAR": "STRING",
    "TEXT": "STRING",
    "DOUBLE": "DOUBLE",
}
_NOT_FOUND = re.compile(r"Function not found: (\w+)")
_log = logging.getLogger(__name__)
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
            _keep_compiled()
            api: Any = import_module("zetasql.api")
            types: Any = import_module("zetasql.types")
        language = types.LanguageOptions.maximum_features()
        functions = types.ZetaSQLBuiltinFunctionOptions(language_options=language)
        catalog = api.CatalogBuilder("marketplace").with_builtin_functions(functions)
        for table in schema.tables.values():
            builder = api.TableBuilder(table.name)
            for column in table.columns.values():
                builder.add_column(column.name, _type_of(parse_type(column.type), api, types))
            catalog.add_table(builder.build())
        return cls(
            api, types, types.AnalyzerOptions(language_options=language, default_timezone="UTC"), catalog.build()
        )


def _keep_compiled() -> None:
    """Have the package's WebAssembly compiled once for a user and not by each process: that takes a processor half a minute.

    The package opens its engine with a configuration of its own making and has no setting for it; wasmtime's own cache
    (https://docs.wasmtime.dev/cli-cache.html) is keyed by the module, the compiler and its flags, and bounds its size itself.
    """
    client: Any = import_module("zetasql.core.wasm_client")
    if client.Config.__name__ == "_CompiledOnce":
        return
    folder = platformdirs.user_cache_path("second-penguin", appauthor=False) / "wasm"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "wasmtime.toml"
        write_whole(settings, f"[cache]\ndirectory = {json.dumps(str(folder / 'compiled'))}\n".encode())
    except OSError:
        _log.warning("GoogleSQL's analyzer is compiled anew: there is no place to keep it", exc_info=True)
        return

    class _CompiledOnce(client.Config):  # type: ignore[misc]  # the package's, without types
        def __init__(self) -> None:
            super().__init__()
            self.cache = str(settings)

    client.Config = _CompiledOnce


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
            unknown = _NOT_FOUND.search(str(fault))
            if unknown is not None and exists(unknown[1]):  # BigQuery has more functions than the package
                return ""
            return str(fault).strip().split("\n", 1)[0] or type(fault).__name__
        return ""

    return analyze


_ready: dict[tuple[str, ...], Analyze] = {}
_begun: set[tuple[str, ...]] = set()


def last_word(sql: str, schema: SchemaIndex) -> str:
    """Why GoogleSQL rejects a query, as far as its analyzer is installed and ready; empty else.

    It takes up to a minute to be made ready for the first time, so it is made so beside the room, and the first queries go without it.
    """
    key = tuple(sorted(schema.tables))
    if key in _ready:
        return _ready[key](sql)
    if key not in _begun and find_spec("zetasql") is not None:
        _begun.add(key)
        Thread(target=_make_ready, args=(key, schema), daemon=True).start()
    return ""


def _make_ready(key: tuple[str, ...], schema: SchemaIndex) -> None:
    try:
        _ready[key] = google_analyzer(schema)
    except Exception:  # noqa: BLE001  (what an optional package may stumble over costs only its word)
        _log.warning("GoogleSQL's analyzer could not be made ready", exc_info=True)


def _type_of(kind: SqlType, api: Any, types: Any) -> Any:
    """A type as the package has it; lists and structs with what is in them."""
    if kind.family == "list":
        return api.TypeFactory.create_array_type(_type_of(kind.fields[0][1], api, types))
    if kind.family == "struct":
        return api.TypeFactory.create_struct_type([(name, _type_of(part, api, types)) for name, part in kind.fields])
    return api.TypeFactory.create_simple_type(types.TypeKind[f"TYPE_{google_type(kind.text)}"])


def google_type(duckdb_type: str) -> str:
    """GoogleSQL's name of a type."""
    if duckdb_type.startswith("DECIMAL"):
        return "NUMERIC"
    return _TYPES.get(duckdb_type, "INT64")
