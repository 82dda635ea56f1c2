WITH registered AS (
  SELECT guest_id
  FROM guests
  WHERE NOT is_test
    AND registered_at_utc >= TIMESTAMP '2025-10-01 00:00'
    AND registered_at_utc < TIMESTAMP '2025-11-01 00:00'
),
talked AS (
  SELECT DISTINCT s.guest_id
  FROM registered AS s
  JOIN talks AS t ON t.guest_id = s.guest_id
),
replied AS (
  SELECT DISTINCT s.guest_id
  FROM talked AS s
  JOIN talks AS t ON t.guest_id = s.guest_id
  JOIN messages AS m ON m.talk_id = t.talk_id AND m.sender = 'cast'
),
requested AS (
  SELECT DISTINCT s.guest_id
  FROM replied AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id
),
completed AS (
  SELECT DISTINCT s.guest_id
  FROM requested AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id AND a.status = 'completed'
),
paid AS (
  SELECT DISTINCT s.guest_id
  FROM completed AS s
  JOIN payments AS p ON p.guest_id = s.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
),
stages AS (
  SELECT 1 AS stage_no, 'registered' AS stage, COUNT(*) AS guests FROM registered
  UNION ALL
  SELECT 2 AS stage_no, 'talked' AS stage, COUNT(*) AS guests FROM talked
  UNION ALL
  SELECT 3 AS stage_no, 'replied' AS stage, COUNT(*) AS guests FROM replied
  UNION ALL
  SELECT 4 AS stage_no, 'requested' AS stage, COUNT(*) AS guests FROM requested
  UNION ALL
  SELECT 5 AS stage_no, 'completed' AS stage, COUNT(*) AS guests FROM completed
  UNION ALL
  SELECT 6 AS stage_no, 'paid' AS stage, COUNT(*) AS guests FROM paid
)
SELECT s.stage_no, s.stage, s.guests,
       ROUND(s.guests * 1.0 / NULLIF(p.guests, 0), 4) AS conversion_rate
FROM stages AS s
LEFT JOIN stages AS p ON p.stage_no = s.stage_no - 1
ORDER BY s.stage_no
