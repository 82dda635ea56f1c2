WITH ft AS (
  SELECT t.guest_id, MIN(t.opened_at_utc) AS f
  FROM talks AS t JOIN guests AS g USING (guest_id)
  WHERE NOT g.is_test
  GROUP BY 1
),
k AS (
  SELECT ft.f,
         CASE WHEN EXISTS (SELECT 1 FROM appointments AS a
                           WHERE a.guest_id = ft.guest_id
                             AND a.requested_at_utc >= f
                             AND a.requested_at_utc < f + INTERVAL 14 DAY) THEN 1 ELSE 0 END AS hit
  FROM ft
  WHERE f <= TIMESTAMP '2025-12-31 20:00' - INTERVAL 14 DAY
)
SELECT CAST(date_trunc('month', f + INTERVAL 4 HOUR) AS DATE), COUNT(*), SUM(hit), ROUND(AVG(hit), 4)
FROM k
GROUP BY 1
ORDER BY 1
