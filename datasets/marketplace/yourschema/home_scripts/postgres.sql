-- name: head
-- Run it with a read-only user and save the result as it is, for example with psql:
--   psql -d your_database --csv -f this_script.sql > statistics.csv

-- name: rows
SELECT {T}::text AS table_name, ''::text AS column_name, 'rows'::text AS stat, ''::text AS item, (CASE WHEN count(*) = 0 THEN 0 ELSE greatest(10, (round(count(*) / 10.0) * 10)::bigint) END)::text AS amount FROM {table}

-- name: null_share
SELECT {T}, {C}, 'null_share', '', (CASE WHEN count(*) - count({column}) < {k} THEN 0 WHEN count({column}) < {k} THEN 1 ELSE round(1 - count({column})::numeric / count(*), 3) END)::text FROM {table} HAVING count(*) >= {k}

-- name: true_share
SELECT {T}, {C}, 'true_share', '', (CASE WHEN count(*) FILTER (WHERE {column}) < {k} THEN 0 WHEN count(*) FILTER (WHERE NOT {column}) < {k} THEN 1 ELSE round(avg({column}::int), 3) END)::text FROM {table} HAVING count({column}) >= {k}

-- name: weight_hidden
SELECT {T}, {C}, 'weight', 'cat_' || row_number() OVER (ORDER BY n DESC, value), round(n / sum(n) OVER (), 4)::text FROM (SELECT {column} AS value, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k} ORDER BY n DESC, value LIMIT 200) AS counted

-- name: weight_approved
SELECT {T}, {C}, 'weight', value::text, round(n / sum(n) OVER (), 4)::text FROM (SELECT {column} AS value, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k} ORDER BY n DESC, value LIMIT 200) AS counted

-- name: quantile_number
SELECT {T}, {C}, 'quantile', q::text, round(value::numeric, {digits})::text FROM (SELECT unnest(ARRAY[{quantiles}]) AS q, unnest(percentile_cont(ARRAY[{quantiles}]) WITHIN GROUP (ORDER BY {column}::double precision)) AS value, count({column}) AS n FROM {table}) AS points WHERE n * least(q, 1 - q) >= {k}

-- name: multiple_of
SELECT {T}, {C}, 'multiple_of', step::text, round(avg(CASE WHEN {column}::numeric % step = 0 THEN 1 ELSE 0 END), 3)::text FROM {table}, unnest(ARRAY[5, 10, 50, 100, 500, 1000]) AS step WHERE {column} <> 0 GROUP BY step HAVING count(*) >= {k}

-- name: quantile_time
SELECT {T}, {C}, 'quantile', q::text, (DATE '1970-01-01' + floor(value)::int)::text FROM (SELECT unnest(ARRAY[{quantiles}]) AS q, unnest(percentile_cont(ARRAY[{quantiles}]) WITHIN GROUP (ORDER BY (extract(epoch FROM {column}) / 86400)::double precision)) AS value, count({column}) AS n FROM {table}) AS points WHERE n * least(q, 1 - q) >= {k}

-- name: hour
SELECT {T}, {C}, 'hour', item::text, round(n / sum(n) OVER (), 4)::text FROM (SELECT extract(hour FROM {column}::timestamp)::int AS item, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k}) AS counted

-- name: weekday
SELECT {T}, {C}, 'weekday', item::text, round(n / sum(n) OVER (), 4)::text FROM (SELECT extract(isodow FROM {column}::timestamp)::int AS item, count(*) AS n FROM {table} WHERE {column} IS NOT NULL GROUP BY 1 HAVING count(*) >= {k}) AS counted

-- name: rows_per_parent
SELECT {T}, {C}, 'rows_per_parent', q::text, round(value::numeric, 2)::text FROM (SELECT unnest(ARRAY[{quantiles}]) AS q, unnest(percentile_cont(ARRAY[{quantiles}]) WITHIN GROUP (ORDER BY children::double precision)) AS value, count(*) AS n FROM (SELECT count(c.{column}) AS children FROM {parent} p LEFT JOIN {table} c ON c.{column} = p.{parent_column} GROUP BY p.{parent_column}) AS counted) AS points WHERE n * least(q, 1 - q) >= {k}

-- name: seconds_after_parent
SELECT {T}, {C}, 'seconds_after_parent', q::text, round(value)::bigint::text FROM (SELECT unnest(ARRAY[{quantiles}]) AS q, unnest(percentile_cont(ARRAY[{quantiles}]) WITHIN GROUP (ORDER BY extract(epoch FROM c.{time}::timestamp - p.{parent_time}::timestamp)::double precision)) AS value, count(*) AS n FROM {table} c JOIN {parent} p ON c.{column} = p.{parent_column} WHERE c.{time} IS NOT NULL AND p.{parent_time} IS NOT NULL) AS points WHERE n * least(q, 1 - q) >= {k}

-- name: seconds_after
SELECT {T}, {C}, 'seconds_after', q::text, round(value)::bigint::text FROM (SELECT unnest(ARRAY[{quantiles}]) AS q, unnest(percentile_cont(ARRAY[{quantiles}]) WITHIN GROUP (ORDER BY extract(epoch FROM {column}::timestamp - {time}::timestamp)::double precision)) AS value, count(*) AS n FROM {table} WHERE {column} IS NOT NULL AND {time} IS NOT NULL) AS points WHERE n * least(q, 1 - q) >= {k}

-- name: same_share
SELECT {T}, {C}, 'same_share', '', round(avg(CASE WHEN c.{column} = p.{other} THEN 1 ELSE 0 END), 3)::text FROM {table} c JOIN {parent} p ON c.{via} = p.{parent_column} WHERE c.{column} IS NOT NULL HAVING count(*) >= {k}
