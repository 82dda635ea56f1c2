WITH outcome AS (
  SELECT u.variant, u.{key}, m.{segment} AS segment, {value} AS value
  FROM measure_units AS u
  JOIN {members} AS m ON m.{key} = u.{key}{real}
  LEFT JOIN {events} AS e ON e.{key} = u.{key}
    AND e.{moment} >= u.assigned_at_utc
    AND e.{moment} < u.assigned_at_utc + INTERVAL {window} DAY
  GROUP BY u.variant, u.{key}, m.{segment}
)
SELECT segment, variant, COUNT(*) AS units, SUM(value) AS total, SUM(value * value) AS squares
FROM outcome
GROUP BY segment, variant
ORDER BY segment NULLS LAST, variant
