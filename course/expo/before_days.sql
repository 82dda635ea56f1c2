WITH outcome AS (
  SELECT m.business_date, {value} AS value
  FROM calendar AS m
  LEFT JOIN {events} AS e ON e.business_date = m.business_date
  WHERE CAST(m.business_date AS TIMESTAMP) - INTERVAL 4 HOUR >= {opened}
    AND CAST(m.business_date AS TIMESTAMP) - INTERVAL 4 HOUR < {closed}
    AND m.business_date IN ({target})
  GROUP BY m.business_date
)
SELECT COUNT(*) AS units, AVG(value) AS base, VAR_POP(value) AS variance
FROM outcome
