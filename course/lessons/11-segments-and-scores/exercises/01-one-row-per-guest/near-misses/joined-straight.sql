WITH numbered AS (
  SELECT guest_id, area_code,
         ROW_NUMBER() OVER (PARTITION BY guest_id ORDER BY talks DESC, latest_talk_at_utc DESC, area_code) AS n
  FROM lesson.talks_by_guest_area
)
SELECT g.guest_id, a.area_code AS favourite_area, MAX(s.started_at_utc) AS last_visit_at_utc, COUNT(p.payment_id) AS purchases
FROM guests AS g
LEFT JOIN numbered AS a ON a.guest_id = g.guest_id AND a.n = 1
LEFT JOIN sessions AS s ON s.guest_id = g.guest_id
LEFT JOIN payments AS p ON p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-10-31 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-11-30 20:00'
GROUP BY g.guest_id, a.area_code
ORDER BY g.guest_id
