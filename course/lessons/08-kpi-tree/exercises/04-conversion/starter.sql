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
  -- 3, 4, 5, 6
