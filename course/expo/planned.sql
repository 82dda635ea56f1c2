WITH outcome AS (
  SELECT u.variant, u.{key}, {value} AS value
  FROM measure_units AS u
  JOIN {members} AS m ON m.{key} = u.{key}{real}
  LEFT JOIN {events} AS e ON e.{key} = u.{key}
    AND e.{moment} >= u.assigned_at_utc
    AND e.{moment} < u.assigned_at_utc + INTERVAL {window} DAY
  GROUP BY u.variant, u.{key}
)
SELECT variant, COUNT(*) AS units, AVG(value) AS mean
FROM outcome
GROUP BY variant
ORDER BY variant
