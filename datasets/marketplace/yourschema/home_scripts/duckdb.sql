-- name: head
-- Run it read-only and save the result as it is, for example in the DuckDB shell:
--   duckdb -readonly your.duckdb -csv -c ".read this_script.sql" > statistics.csv

-- name: rows
SELECT {T} AS table_name, '' AS column_name, 'rows' AS stat, '' AS item, CAST(CASE WHEN count(*) = 0 THEN 0 ELSE greatest(10, CAST(round(count(*) / 10.0) * 10 AS BIGINT)) END AS VARCHAR) AS amount FROM {table}

-- name: null_share
SELECT {T}, {C}, 'null_share', '', CAST(CASE WHEN count(*) - count({column}) < {k} THEN 0 WHEN count({column}) < {k} THEN 1 ELSE round(1 - count({column}) / count(*), 3) END AS VARCHAR) FROM {table} HAVING count(*) >= {k}

-- name: true_share
SELECT {T}, {C}, 'true_share', '', CAST(CASE WHEN count(*) FILTER (WHERE {column}) < {k} THEN 0 WHEN count(*) FILTER (WHERE NOT {column}) < {k} THEN 1 ELSE round(avg(CAST({column} AS INTEGER)), 3) END AS VARCHAR) FROM {table} HAVING count({column}) >= {k}

-- name: weight_hidden
SELECT {T}, {C}, 'weight', 'cat_' || row_number() OVER (ORDER BY n DESC, value), CAST(round(n / sum(n) OVER (), 4) AS VARCHAR) FROM (SELECT {column} AS value, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k} ORDER BY n DESC, value LIMIT 200)

-- name: weight_approved
SELECT {T}, {C}, 'weight', CAST(value AS VARCHAR), CAST(round(n / sum(n) OVER (), 4) AS VARCHAR) FROM (SELECT {column} AS value, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k} ORDER BY n DESC, value LIMIT 200)

-- name: quantile_number
SELECT {T}, {C}, 'quantile', CAST(q AS VARCHAR), CAST(round(value, {digits}) AS VARCHAR) FROM (SELECT unnest([{quantiles}]) AS q, unnest(quantile_cont(CAST({column} AS DOUBLE), [{quantiles}])) AS value, n FROM (SELECT {column}, count({column}) OVER () AS n FROM {table}) GROUP BY n) WHERE n * least(q, 1 - q) >= {k}

-- name: multiple_of
SELECT {T}, {C}, 'multiple_of', CAST(step AS VARCHAR), CAST(round(avg(CASE WHEN {column} % step = 0 THEN 1 ELSE 0 END), 3) AS VARCHAR) FROM {table}, (SELECT unnest([5, 10, 50, 100, 500, 1000]) AS step) WHERE {column} <> 0 GROUP BY step HAVING count(*) >= {k}

-- name: quantile_time
SELECT {T}, {C}, 'quantile', CAST(q AS VARCHAR), CAST(DATE '1970-01-01' + CAST(floor(value) AS INTEGER) AS VARCHAR) FROM (SELECT unnest([{quantiles}]) AS q, unnest(quantile_cont(value, [{quantiles}])) AS value, n FROM (SELECT epoch(CAST({column} AS TIMESTAMP)) / 86400.0 AS value, count({column}) OVER () AS n FROM {table} WHERE {column} IS NOT NULL) GROUP BY n) WHERE n * least(q, 1 - q) >= {k}

-- name: hour
SELECT {T}, {C}, 'hour', CAST(item AS VARCHAR), CAST(round(n / sum(n) OVER (), 4) AS VARCHAR) FROM (SELECT hour(CAST({column} AS TIMESTAMP)) AS item, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k})

-- name: weekday
SELECT {T}, {C}, 'weekday', CAST(item AS VARCHAR), CAST(round(n / sum(n) OVER (), 4) AS VARCHAR) FROM (SELECT isodow(CAST({column} AS TIMESTAMP)) AS item, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k})

-- name: rows_per_parent
SELECT {T}, {C}, 'rows_per_parent', CAST(q AS VARCHAR), CAST(round(value, 2) AS VARCHAR) FROM (SELECT unnest([{quantiles}]) AS q, unnest(quantile_cont(CAST(children AS DOUBLE), [{quantiles}])) AS value, n FROM (SELECT count(c.{column}) AS children, count(*) OVER () AS n FROM {parent} p LEFT JOIN {table} c ON c.{column} = p.{parent_column} GROUP BY p.{parent_column}) GROUP BY n) WHERE n * least(q, 1 - q) >= {k}

-- name: seconds_after_parent
SELECT {T}, {C}, 'seconds_after_parent', CAST(q AS VARCHAR), CAST(CAST(round(value) AS BIGINT) AS VARCHAR) FROM (SELECT unnest([{quantiles}]) AS q, unnest(quantile_cont(value, [{quantiles}])) AS value, n FROM (SELECT epoch(CAST(c.{time} AS TIMESTAMP)) - epoch(CAST(p.{parent_time} AS TIMESTAMP)) AS value, count(*) OVER () AS n FROM {table} c JOIN {parent} p ON c.{column} = p.{parent_column} WHERE c.{time} IS NOT NULL AND p.{parent_time} IS NOT NULL) GROUP BY n) WHERE n * least(q, 1 - q) >= {k}

-- name: seconds_after
SELECT {T}, {C}, 'seconds_after', CAST(q AS VARCHAR), CAST(CAST(round(value) AS BIGINT) AS VARCHAR) FROM (SELECT unnest([{quantiles}]) AS q, unnest(quantile_cont(value, [{quantiles}])) AS value, n FROM (SELECT epoch(CAST({column} AS TIMESTAMP)) - epoch(CAST({time} AS TIMESTAMP)) AS value, count(*) OVER () AS n FROM {table} WHERE {column} IS NOT NULL AND {time} IS NOT NULL) GROUP BY n) WHERE n * least(q, 1 - q) >= {k}

-- name: same_share
SELECT {T}, {C}, 'same_share', '', CAST(round(avg(CASE WHEN c.{column} = p.{other} THEN 1 ELSE 0 END), 3) AS VARCHAR) FROM {table} c JOIN {parent} p ON c.{via} = p.{parent_column} WHERE c.{column} IS NOT NULL HAVING count(*) >= {k}
