"""What has no faithful BigQuery form here: better an honest no than a query that answers something else."""

from collections.abc import Callable

from sqlglot import exp

Refusal = Callable[[exp.Expr], str | None]

# what our rewrites and BigQuery itself know under these names; any other unknown function is refused by name
KNOWN_FUNCTIONS = frozenset(
    "APPROX_QUANTILES CURRENT_DATE CURRENT_DATETIME DATETIME DATETIME_DIFF DATETIME_TRUNC DATE_ADD DATE_DIFF DATE_SUB DATE_TRUNC "
    "FORMAT_DATE FORMAT_DATETIME GENERATE_DATE_ARRAY IF MOD OFFSET TIMESTAMP TIMESTAMP_DIFF COUNTIF UNNEST "
    "STRUCT TO_JSON_STRING FORMAT ROUND ARRAY_TO_STRING CONCAT REGEXP_REPLACE UNIX_MICROS UNIX_MILLIS DATE SPLIT IFNULL SAFE_ORDINAL STRPOS "
    "SUBSTR STARTS_WITH ENDS_WITH BYTE_LENGTH REGEXP_CONTAINS LOG10 ACOS".split()
)
UNTRANSLATED = {
    exp.Columns: "COLUMNS()",
    exp.Pivot: "PIVOT / UNPIVOT",
    exp.Summarize: "SUMMARIZE",
    exp.Describe: "DESCRIBE",
    exp.Mode: "mode()",
    exp.First: "first()",
    exp.Last: "last()",
    exp.SimilarTo: "SIMILAR TO",
    exp.Lambda: "lambda",
    exp.List: "[…]",
    exp.Comprehension: "[… for …]",
}


def unknown_function(node: exp.Expr) -> str | None:
    """A function BigQuery does not have under this name."""
    if isinstance(node, exp.Anonymous) and str(node.this).upper() not in KNOWN_FUNCTIONS:
        return f"{str(node.this).lower()}()"
    return None


def construct(node: exp.Expr) -> str | None:
    """A construct that only DuckDB has."""
    return next((name for kind, name in UNTRANSLATED.items() if isinstance(node, kind)), None)


def special_join(node: exp.Expr) -> str | None:
    """ASOF and POSITIONAL joins; SEMI and ANTI joins that could not become EXISTS."""
    if not isinstance(node, exp.Join):
        return None
    words = {str(node.args.get(key) or "").upper() for key in ("kind", "method", "side")}
    return next((f"{word} JOIN" for word in ("ASOF", "POSITIONAL", "SEMI", "ANTI") if word in words), None)


def window_frame(node: exp.Expr) -> str | None:
    """Frames over intervals, and EXCLUDE, which would be dropped without a word."""
    if not isinstance(node, exp.WindowSpec):
        return None
    if node.args.get("exclude"):
        return "window EXCLUDE"
    if any(isinstance(node.args.get(side), exp.Interval) for side in ("start", "end")):
        return "RANGE … INTERVAL"
    return None


def written_length(node: exp.Expr) -> str | None:
    """`INTERVAL '1 day 2 hours'` and `INTERVAL 1.5 HOUR`: BigQuery takes one whole number and one unit."""
    if not isinstance(node, exp.Interval) or not isinstance(node.this, exp.Literal):
        return None
    if node.args.get("unit") is not None and node.this.name.strip().lstrip("+-").isdigit():
        return None
    return f"INTERVAL '{node.this.name}'"


def listed_extremes(node: exp.Expr) -> str | None:
    """`max(x, n)` and friends return lists."""
    if isinstance(node, exp.Max | exp.Min) and (node.expressions or node.args.get("count") is not None):
        return f"{node.key}(x, n)"
    return None


def order_by_all(node: exp.Expr) -> str | None:
    """`ORDER BY ALL` over a star cannot be written out."""
    if (
        isinstance(node, exp.Ordered)
        and isinstance(node.this, exp.Column | exp.Var)
        and node.this.name.upper() == "ALL"
    ):
        return "ORDER BY ALL"
    return None


def pairs(node: exp.Expr) -> str | None:
    """`(a, b) IN (SELECT *)` and of a set operation could not be made one column."""
    query = node.args.get("query") if isinstance(node, exp.In) and isinstance(node.this, exp.Tuple) else None
    inner = query.unnest() if query is not None else None
    if inner is None or (isinstance(inner, exp.Select) and len(inner.expressions) == 1 and not inner.is_star):
        return None
    return "(…, …) IN (SELECT …)"


def part_of_rows(node: exp.Expr) -> str | None:
    """LIMIT 10 %, USING SAMPLE."""
    if isinstance(node, exp.Limit | exp.Fetch) and (
        node.args.get("percent") or "%" in node.sql("duckdb") or "PERCENT" in node.sql("duckdb").upper()
    ):
        return "LIMIT … %"
    return "USING SAMPLE" if isinstance(node, exp.TableSample) else None


def first_alone(node: exp.Expr) -> str | None:
    """`regexp_replace` without 'g' replaces the first alone; BigQuery replaces all."""
    if isinstance(node, exp.RegexpReplace):
        return "regexp_replace(…)"
    return None


def listed_group(node: exp.Expr) -> str | None:
    """`list_contains(list(x), 'a')`: BigQuery lets no aggregate stand in UNNEST."""
    if isinstance(node, exp.ArrayContains) and node.find(exp.AggFunc) is not None:
        return "list_contains(list(…), …)"
    return None


REFUSALS: tuple[Refusal, ...] = (
    unknown_function,
    construct,
    special_join,
    window_frame,
    written_length,
    listed_extremes,
    order_by_all,
    pairs,
    part_of_rows,
    first_alone,
    listed_group,
)
