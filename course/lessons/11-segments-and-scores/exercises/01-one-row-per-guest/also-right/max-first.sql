WITH numbered AS (
  SELECT p.guest_id, p.area_code, 1 AS n
  FROM lesson.talks_by_guest_area AS p
  WHERE NOT EXISTS (
    SELECT 1 FROM lesson.talks_by_guest_area AS o
    WHERE o.guest_id = p.guest_id
      AND (o.talks > p.talks
           OR o.talks = p.talks AND o.latest_talk_at_utc > p.latest_talk_at_utc
           OR o.talks = p.talks AND o.latest_talk_at_utc = p.latest_talk_at_utc AND o.area_code < p.area_code))
),
visits AS (
  SELECT guest_id, MAX(started_at_utc) AS last_visit_at_utc
  FROM sessions
  GROUP BY guest_id
),
bought AS (
  SELECT guest_id, COUNT(*) AS purchases
  FROM payments
  WHERE kind = 'purchase' AND status = 'succeeded'
  GROUP BY guest_id
)
SELECT g.guest_id, a.area_code AS favourite_area, v.last_visit_at_utc, COALESCE(b.purchases, 0) AS purchases
FROM guests AS g
LEFT JOIN numbered AS a ON a.guest_id = g.guest_id AND a.n = 1
LEFT JOIN visits AS v ON v.guest_id = g.guest_id
LEFT JOIN bought AS b ON b.guest_id = g.guest_id
WHERE NOT g.is_test
  AND g.registered_at_utc >= TIMESTAMP '2025-10-31 20:00'
  AND g.registered_at_utc < TIMESTAMP '2025-11-30 20:00'
ORDER BY g.guest_id
