"""What a learner's text may contain, decided on DuckDB's own parse tree before anything runs."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from sqlgrade.engine.run_errors import as_run_error
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.engine.statement_type import type_of
from sqlgrade.nesting import MOST_NESTED, nesting
from sqlgrade.parse import all_parsed
from sqlgrade.record import LONGEST_ANSWER
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.engine.runner import Runner

TOO_DEEP = RunError(kinds.SYNTAX, "too_deep", subtype="too_deep")
"""Of a text, or of a result, whose parts stand inside one another too often for Python to walk through them."""

_TABLE_FUNCTIONS = frozenset(
    {"unnest", "range", "generate_series", "repeat", "repeat_row", "json_each", "json_tree", "pg_timezone_names"}
)
_TABLE_MACROS = frozenset({"histogram", "histogram_values", "summary"})
_REFUSED_FUNCTIONS = frozenset(
    "sleep_ms pg_sleep nextval currval setval setseed write_log getvariable getenv current_setting current_query "
    "current_query_id current_transaction_id current_connection_id txid_current in_search_path checkpoint "
    "current_schema current_database current_catalog uuidv7 "
    "force_checkpoint json_execute_serialized_sql json_serialize_plan json_deserialize_sql json_serialize_sql "
    "parse_duckdb_log_message query query_table which_secret glob sniff_csv stats vector_type get_block_size "
    "create_sort_key icu_sort_key index_key current_schemas col_description obj_description shobj_description "
    "pg_get_viewdef pg_get_constraintdef pg_get_expr invoke to_aggregate_state finalize combine".split()
)
_REFUSED_PREFIXES = (
    "duckdb_",
    "pragma_",
    "read_",
    "parquet_",
    "scan_",
    "__internal",
    "inet_",
    "pg_get_",
    "test_",
)
_CATALOGUE_PREFIXES = ("duckdb_", "sqlite_", "pragma_", "pg_", "information_schema")
_QUERY_NODES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_NO_LOCATION = 2**64 - 1


@dataclass(frozen=True)
class Statement:
    """A text that may run: the query as executed, and whether row order can reach its result."""

    sql: str
    order_sensitive: bool
    tree: dict[str, Any] | None = None
    """DuckDB's tree, absent for PIVOT, which DuckDB does not print."""
    sorted_as: str = ""
    """A text that sorts alike and has been read already: the same one with other values of its parameters."""

    @property
    def sorts(self) -> bool:
        """True if it ends in an ORDER BY."""
        node = self.tree["statements"][0]["node"] if self.tree else {}
        return _orders(node)

    @functools.cached_property
    def unsorted(self) -> bool:
        """True if no ORDER BY stands in it but those of windows and aggregates, so that its rows may come in any order."""
        return self.tree is not None and not any(map(_orders, _nodes(self.tree)))

    @functools.cached_property
    def table_places(self) -> frozenset[int]:
        """Where the names of its tables begin, in bytes; -1 for one of which that isn't known."""
        return frozenset(_location(node) for node in _nodes(self.tree) if node.get("type") == "BASE_TABLE")


ORDER_SENSITIVE_FUNCTIONS = frozenset(
    "first last any_value arbitrary arg_min arg_max argmin argmax min_by max_by arg_min_null arg_max_null string_agg "
    "group_concat listagg list array_agg mode row_number ntile lag lead first_value last_value nth_value fill "
    "histogram json_group_array json_group_object map approx_quantile reservoir_quantile random uuid uuidv4 "
    "gen_random_uuid".split()
)


def read_statement(text: str, runner: Runner) -> Statement | RunError:
    """The single SELECT in a learner's text, or why it is refused."""
    if len(text) > LONGEST_ANSWER:
        return _refused("too_long", str(len(text)))
    if nesting(text) > MOST_NESTED:
        return TOO_DEEP
    try:
        statements = runner.statements(text)
    except duckdb.Error as error:
        return as_run_error(error, text)
    if not statements:
        return _refused("empty")
    if len(statements) > 1:
        return _refused("several_statements", str(len(statements)))
    return _checked(statements[0], text, runner)


def _checked(statement: duckdb.Statement, text: str, runner: Runner) -> Statement | RunError:
    if statement.named_parameters:
        return _refused("parameter", ", ".join(sorted(statement.named_parameters)))
    kind = type_of(statement)
    if kind == "MULTI":
        return _checked_pivot(text)
    if kind != "SELECT":
        return _refused("statement_type", kind)
    try:
        tree = runner.tree(text)
    except duckdb.Error as error:
        return as_run_error(error, text)
    except RecursionError:
        return TOO_DEEP
    if tree.get("error"):
        return RunError(kinds.SYNTAX, tree.get("error_message", ""))
    nodes = list(_nodes(tree["statements"]))
    refusal = next((found for node in nodes if (found := _node_refusal(node, nodes))), None)
    if refusal:
        return refusal
    return Statement(_without_main(text, nodes), any(map(_sees_row_order, nodes)), tree)


def _orders(node: dict[str, Any]) -> bool:
    return any(modifier.get("type") == "ORDER_MODIFIER" for modifier in node.get("modifiers", ()))


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects of the tree, without recursion: texts may nest deeply."""
    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _node_refusal(node: dict[str, Any], nodes: list[dict[str, Any]]) -> RunError | None:
    kind = node.get("type")
    if not isinstance(kind, str):
        return None
    if (node.get("sample") or {}).get("seed", 0) < 0:
        return _refused("sample", "SAMPLE")
    if kind.endswith("_NODE") and kind not in _QUERY_NODES:
        return _refused("statement_type", kind.removesuffix("_QUERY_NODE").removesuffix("_NODE"))
    if kind == "SHOW_REF":
        return _refused("statement_type", "SHOW")
    if kind == "TABLE_FUNCTION":
        return _table_function_refusal(node)
    if "function_name" in node:
        return _function_refusal(node)
    if kind == "BASE_TABLE":
        return _table_refusal(node, nodes)
    return None


def is_refused(name: str) -> bool:
    """Tell whether an answer may not call a function, given in lower case."""
    return name in _REFUSED_FUNCTIONS or name.startswith(_REFUSED_PREFIXES)


def _function_refusal(node: dict[str, Any]) -> RunError | None:
    name = str(node["function_name"]).lower()
    return _refused("function", name, node) if is_refused(name) else None


def _table_function_refusal(node: dict[str, Any]) -> RunError | None:
    function = node.get("function") or {}
    name = str(function.get("function_name", "")).lower()
    if name in _TABLE_FUNCTIONS | _TABLE_MACROS:
        return None
    return _refused("function", name, node)


def _table_refusal(node: dict[str, Any], nodes: list[dict[str, Any]]) -> RunError | None:
    path = [str(part) for part in (node.get("qualified_name") or {}).get("path", [node.get("table_name", "")])]
    if len(path) > 1 and path[:-1] != ["main"]:
        return _refused("qualified_name", ".".join(path), node)
    name = path[-1]
    if _is_catalogue(name) and not _is_cte(name, nodes):
        return _refused("catalogue", name, node)
    if re.search(r"[./\\:]", name):
        return _refused("file", name, node)
    return None


def _is_catalogue(name: str) -> bool:
    return name.lower().startswith(_CATALOGUE_PREFIXES)


@functools.cache
def _system_views() -> frozenset[str]:
    """Names under which the engine shows its own catalogue; a CTE of such a name would hide it in its own scope only."""
    with open_sealed() as connection:
        rows = connection.execute("SELECT lower(view_name) FROM duckdb_views() WHERE internal").fetchall()
    return frozenset(row[0] for row in rows)


def _is_cte(name: str, nodes: list[dict[str, Any]]) -> bool:
    if name.lower() in _system_views():
        return False
    maps = (node["cte_map"].get("map", []) for node in nodes if isinstance(node.get("cte_map"), dict))
    return any(entry.get("key", "").lower() == name.lower() for entries in maps for entry in entries)


def _sees_row_order(node: dict[str, Any]) -> bool:
    kind = node.get("type")
    if kind in {"LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER"} or node.get("sample"):
        return True
    if kind == "DISTINCT_MODIFIER":
        return bool(node.get("distinct_on_targets"))
    if isinstance(kind, str) and kind.startswith("WINDOW_"):
        return kind not in {"WINDOW_RANK", "WINDOW_RANK_DENSE", "WINDOW_PERCENT_RANK", "WINDOW_CUME_DIST"}
    if node.get("class") == "WINDOW":
        return True
    if kind == "COLUMN_REF" and str(node.get("column_names", [""])[-1]).lower() == "rowid":
        return True
    return str(node.get("function_name", "")).lower() in ORDER_SENSITIVE_FUNCTIONS or kind == "POSITIONAL"


def _without_main(text: str, nodes: list[dict[str, Any]]) -> str:
    """The text with "main." cut from table names: each database has a schema of its own."""
    raw = text.encode()
    for node in sorted((n for n in nodes if n.get("type") == "BASE_TABLE"), key=_location, reverse=True):
        path = (node.get("qualified_name") or {}).get("path", [])
        if len(path) > 1 and path[0] == "main" and (start := _location(node)) >= 0:
            raw = raw[:start] + re.sub(rb'^"?main"?\s*\.\s*', b"", raw[start:], flags=re.IGNORECASE)
    return raw.decode()


def _location(node: dict[str, Any]) -> int:
    place = int(node.get("query_location", _NO_LOCATION))
    return place if place != _NO_LOCATION else -1


def _checked_pivot(text: str) -> Statement | RunError:
    """PIVOT has no tree in DuckDB's own form, so sqlglot's is walked instead; what it cannot read is refused."""
    from sqlglot import exp

    if called := _refused_call(text):
        return _refused("function", called)
    trees = all_parsed(text)
    if not trees:
        return _refused("unreadable_pivot")
    if len(trees) != 1 or not trees[0].find(exp.Pivot):
        return _refused("statement_type", "MULTI")
    tree = trees[0]
    if not isinstance(tree, exp.Query | exp.Pivot) or tree.find(
        exp.Insert, exp.Update, exp.Delete, exp.Create, exp.Command
    ):
        return _refused("statement_type", "INSERT")
    names = {cte.alias_or_name.lower() for cte in tree.find_all(exp.CTE)} - _system_views()
    for table in tree.find_all(exp.Table):
        name = table.name.lower()
        if isinstance(table.this, exp.Func) and table.this.sql_name().lower() not in _TABLE_FUNCTIONS | {"explode"}:
            return _refused("function", table.this.name or table.this.sql_name())
        if table.args.get("db") or (_is_catalogue(name) and name not in names):
            return _refused("catalogue", name)
    for function in tree.find_all(exp.Func):
        name = (function.name if isinstance(function, exp.Anonymous) else function.sql_name()).lower()
        if is_refused(name):
            return _refused("function", name)
    return Statement(text, order_sensitive=True)


def _refused_call(text: str) -> str:
    """The first refused function that the text calls, by the engine's own tokenizer: sqlglot may cut it otherwise."""
    raw = text.encode()
    for place, _ in duckdb.tokenize(text):
        word = re.match(r'"?(\w+)"?\s*\(', raw[place : place + 99].decode(errors="ignore"))
        if word and is_refused(word[1].lower()):
            return word[1].lower()
    return ""


def _refused(rule: str, name: str = "", node: dict[str, Any] | None = None) -> RunError:
    place = _location(node) if node else -1
    return RunError(kinds.NOT_ALLOWED, rule, place if place >= 0 else None, rule, name)
