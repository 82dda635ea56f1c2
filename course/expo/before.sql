WITH came AS (
  SELECT i.{key}, MIN(i.shown_at_utc) AS at
  FROM list_impressions AS i
  JOIN casts AS c ON c.cast_id = i.cast_id
  WHERE i.shown_at_utc >= {opened}
    AND i.shown_at_utc < {closed}
    AND {shown}
  GROUP BY i.{key}
), outcome AS (
  SELECT came.{key}, {value} AS value
  FROM came
  JOIN {members} AS m ON m.{key} = came.{key} AND NOT m.is_test AND {belongs}
  LEFT JOIN {events} AS e ON e.{key} = came.{key}
    AND e.{moment} >= came.at
    AND e.{moment} < came.at + INTERVAL {window} DAY
  WHERE came.{key} IN ({target})
  GROUP BY came.{key}
)
SELECT COUNT(*) AS units, AVG(value) AS base, VAR_POP(value) AS variance
FROM outcome
