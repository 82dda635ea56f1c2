WITH months AS (
  SELECT month_start AS first_day, MAX(business_date) AS last_day
  FROM calendar
  GROUP BY month_start
)
SELECT m.first_day, m.last_day
FROM months AS m
WHERE m.last_day + INTERVAL 14 DAY <= (SELECT MAX(business_date) FROM calendar)
  AND NOT EXISTS (
    SELECT 1
    FROM experiments AS x
    WHERE x.starts_on <= m.last_day AND COALESCE(x.ends_on, m.last_day) >= m.first_day
  )
ORDER BY m.first_day DESC
LIMIT 1
