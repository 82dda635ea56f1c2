WITH registered AS (
  SELECT guest_id
  FROM guests
  WHERE NOT is_test
    AND registered_at_utc >= TIMESTAMP '2025-09-30 20:00'
    AND registered_at_utc < TIMESTAMP '2025-10-31 20:00'
),
stages AS (
  SELECT guest_id,
         EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = r.guest_id) AS a,
         EXISTS (SELECT 1 FROM talks AS t JOIN messages AS m USING (talk_id) WHERE t.guest_id = r.guest_id AND m.sender = 'cast') AS b,
         EXISTS (SELECT 1 FROM appointments AS x WHERE x.guest_id = r.guest_id) AS c,
         EXISTS (SELECT 1 FROM appointments AS x WHERE x.guest_id = r.guest_id AND x.status = 'completed') AS d,
         EXISTS (SELECT 1 FROM payments AS p WHERE p.guest_id = r.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded') AS e
  FROM registered AS r
)
SELECT COUNT(*), COUNT(*) FILTER (WHERE a), COUNT(*) FILTER (WHERE a AND b), COUNT(*) FILTER (WHERE a AND b AND c),
       COUNT(*) FILTER (WHERE a AND b AND c AND d), COUNT(*) FILTER (WHERE a AND b AND c AND d AND e)
FROM stages
