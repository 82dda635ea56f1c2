-- name: head
-- Run it in the BigQuery console (it reads; it writes nothing) and choose "Save results" as CSV or JSON, or with the bq tool:
--   bq query --use_legacy_sql=false --format=csv --max_rows=1000000 < this_script.sql > statistics.csv
-- Before you run it, "This query will process ..." in the console shows what it will cost.

-- name: rows
SELECT {T} AS table_name, '' AS column_name, 'rows' AS stat, '' AS item, CAST(CASE WHEN COUNT(*) = 0 THEN 0 ELSE GREATEST(10, CAST(ROUND(COUNT(*) / 10) * 10 AS INT64)) END AS STRING) AS amount FROM {table} AS t

-- name: null_share
SELECT {T}, {C}, 'null_share', '', CAST(CASE WHEN COUNT(*) - COUNT(t.{column}) < {k} THEN 0 WHEN COUNT(t.{column}) < {k} THEN 1 ELSE ROUND(1 - COUNT(t.{column}) / COUNT(*), 3) END AS STRING) FROM {table} AS t HAVING COUNT(*) >= {k}

-- name: true_share
SELECT {T}, {C}, 'true_share', '', CAST(CASE WHEN COUNTIF(t.{column}) < {k} THEN 0 WHEN COUNTIF(NOT t.{column}) < {k} THEN 1 ELSE ROUND(COUNTIF(t.{column}) / COUNT(t.{column}), 3) END AS STRING) FROM {table} AS t HAVING COUNT(t.{column}) >= {k}

-- name: weight_hidden
SELECT {T}, {C}, 'weight', CONCAT('cat_', CAST(ROW_NUMBER() OVER (ORDER BY n DESC, value) AS STRING)), CAST(ROUND(n / SUM(n) OVER (), 4) AS STRING) FROM (SELECT t.{column} AS value, COUNT(*) AS n FROM {table} AS t WHERE t.{column} IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {k} ORDER BY n DESC, value LIMIT 200)

-- name: weight_approved
SELECT {T}, {C}, 'weight', CAST(value AS STRING), CAST(ROUND(n / SUM(n) OVER (), 4) AS STRING) FROM (SELECT t.{column} AS value, COUNT(*) AS n FROM {table} AS t WHERE t.{column} IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {k} ORDER BY n DESC, value LIMIT 200)

-- name: quantile_number
SELECT {T}, {C}, 'quantile', CAST(q AS STRING), CAST(ROUND(points[SAFE_OFFSET(CAST(q * 200 AS INT64))], {digits}) AS STRING) FROM (SELECT APPROX_QUANTILES(CAST(t.{column} AS FLOAT64), 200) AS points, COUNT(t.{column}) AS n FROM {table} AS t), UNNEST([{quantiles}]) AS q WHERE n * LEAST(q, 1 - q) >= {k}

-- name: multiple_of
SELECT {T}, {C}, 'multiple_of', CAST(step AS STRING), CAST(ROUND(COUNTIF(MOD(CAST(t.{column} AS NUMERIC), step) = 0) / COUNT(*), 3) AS STRING) FROM {table} AS t, UNNEST([5, 10, 50, 100, 500, 1000]) AS step WHERE t.{column} <> 0 GROUP BY step HAVING COUNT(*) >= {k}

-- name: quantile_time
SELECT {T}, {C}, 'quantile', CAST(q AS STRING), CAST(DATE_FROM_UNIX_DATE(points[SAFE_OFFSET(CAST(q * 200 AS INT64))]) AS STRING) FROM (SELECT APPROX_QUANTILES(UNIX_DATE(DATE(t.{column})), 200) AS points, COUNT(t.{column}) AS n FROM {table} AS t), UNNEST([{quantiles}]) AS q WHERE n * LEAST(q, 1 - q) >= {k}

-- name: hour
SELECT {T}, {C}, 'hour', CAST(item AS STRING), CAST(ROUND(n / SUM(n) OVER (), 4) AS STRING) FROM (SELECT EXTRACT(HOUR FROM t.{column}) AS item, COUNT(*) AS n FROM {table} AS t WHERE t.{column} IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {k})

-- name: weekday
SELECT {T}, {C}, 'weekday', CAST(item AS STRING), CAST(ROUND(n / SUM(n) OVER (), 4) AS STRING) FROM (SELECT MOD(EXTRACT(DAYOFWEEK FROM t.{column}) + 5, 7) + 1 AS item, COUNT(*) AS n FROM {table} AS t WHERE t.{column} IS NOT NULL GROUP BY 1 HAVING COUNT(*) >= {k})

-- name: rows_per_parent
SELECT {T}, {C}, 'rows_per_parent', CAST(q AS STRING), CAST(points[SAFE_OFFSET(CAST(q * 200 AS INT64))] AS STRING) FROM (SELECT APPROX_QUANTILES(children, 200) AS points, COUNT(*) AS n FROM (SELECT COUNT(c.{column}) AS children FROM {parent} p LEFT JOIN {table} c ON c.{column} = p.{parent_column} GROUP BY p.{parent_column})), UNNEST([{quantiles}]) AS q WHERE n * LEAST(q, 1 - q) >= {k}

-- name: seconds_after_parent
SELECT {T}, {C}, 'seconds_after_parent', CAST(q AS STRING), CAST(points[SAFE_OFFSET(CAST(q * 200 AS INT64))] AS STRING) FROM (SELECT APPROX_QUANTILES(DATETIME_DIFF(CAST(c.{time} AS DATETIME), CAST(p.{parent_time} AS DATETIME), SECOND), 200) AS points, COUNT(*) AS n FROM {table} c JOIN {parent} p ON c.{column} = p.{parent_column} WHERE c.{time} IS NOT NULL AND p.{parent_time} IS NOT NULL), UNNEST([{quantiles}]) AS q WHERE n * LEAST(q, 1 - q) >= {k}

-- name: seconds_after
SELECT {T}, {C}, 'seconds_after', CAST(q AS STRING), CAST(points[SAFE_OFFSET(CAST(q * 200 AS INT64))] AS STRING) FROM (SELECT APPROX_QUANTILES(DATETIME_DIFF(CAST(t.{column} AS DATETIME), CAST(t.{time} AS DATETIME), SECOND), 200) AS points, COUNT(*) AS n FROM {table} AS t WHERE t.{column} IS NOT NULL AND t.{time} IS NOT NULL), UNNEST([{quantiles}]) AS q WHERE n * LEAST(q, 1 - q) >= {k}

-- name: same_share
SELECT {T}, {C}, 'same_share', '', CAST(ROUND(COUNTIF(c.{column} = p.{other}) / COUNT(*), 3) AS STRING) FROM {table} c JOIN {parent} p ON c.{via} = p.{parent_column} WHERE c.{column} IS NOT NULL HAVING COUNT(*) >= {k}
