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
requested AS (
  SELECT DISTINCT s.guest_id
  FROM talked AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id
),
completed AS (
  SELECT DISTINCT s.guest_id
  FROM requested AS s
  JOIN appointments AS a ON a.guest_id = s.guest_id AND a.status = 'completed'
),
stages AS (
  SELECT 1 AS stage_no, 'registered' AS stage, COUNT(*) AS guests FROM registered
  UNION ALL
  SELECT 2 AS stage_no, 'talked' AS stage, COUNT(*) AS guests FROM talked
  UNION ALL
  SELECT 3 AS stage_no, 'requested' AS stage, COUNT(*) AS guests FROM requested
  UNION ALL
  SELECT 4 AS stage_no, 'completed' AS stage, COUNT(*) AS guests FROM completed
)
SELECT s.stage_no, s.stage, s.guests,
       ROUND(s.guests * 1.0 / NULLIF(f.guests, 0), 3) AS share_of_registered
FROM stages AS s
JOIN stages AS f ON f.stage_no = 1
ORDER BY s.stage_no
%chart hbar x=stage y=guests
