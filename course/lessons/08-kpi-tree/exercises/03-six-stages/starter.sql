WITH registered AS (
  SELECT guest_id
  FROM guests
  WHERE NOT is_test
    AND registered_at_utc >= TIMESTAMP '2025-09-30 20:00'
    AND registered_at_utc < TIMESTAMP '2025-10-31 20:00'
),
talked AS (
  SELECT DISTINCT s.guest_id
  FROM registered AS s
  JOIN talks AS t ON t.guest_id = s.guest_id
),
replied AS (
  SELECT DISTINCT s.guest_id
  FROM ___ AS s
  JOIN talks AS t ON t.guest_id = s.guest_id
  JOIN messages AS m ON m.talk_id = t.talk_id AND m.sender = '___'
),
requested AS (
  SELECT DISTINCT s.guest_id
  FROM ___ AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id
),
completed AS (
  SELECT DISTINCT s.guest_id
  FROM ___ AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id AND a.status = '___'
),
paid AS (
  SELECT DISTINCT s.guest_id
  FROM ___ AS s
  JOIN payments AS p ON p.guest_id = s.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
)
SELECT (SELECT COUNT(*) FROM registered) AS registered,
       (SELECT COUNT(*) FROM talked) AS talked,
       (SELECT COUNT(*) FROM replied) AS replied,
       (SELECT COUNT(*) FROM requested) AS requested,
       (SELECT COUNT(*) FROM completed) AS completed,
       (SELECT COUNT(*) FROM paid) AS paid
