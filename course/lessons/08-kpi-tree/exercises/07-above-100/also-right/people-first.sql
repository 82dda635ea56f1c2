WITH talkers AS (
  SELECT DISTINCT g.guest_id, g.acquisition_channel
  FROM guests AS g JOIN talks AS t ON t.guest_id = g.guest_id
  WHERE NOT g.is_test
    AND t.opened_at_utc >= TIMESTAMP '2025-10-31 20:00' AND t.opened_at_utc < TIMESTAMP '2025-11-30 20:00'
),
askers AS (
  SELECT DISTINCT guest_id FROM appointments
  WHERE requested_at_utc >= TIMESTAMP '2025-10-31 20:00' AND requested_at_utc < TIMESTAMP '2025-11-30 20:00'
)
SELECT k.acquisition_channel, COUNT(*), COUNT(q.guest_id), ROUND(COUNT(q.guest_id) * 1.0 / COUNT(*), 4)
FROM talkers AS k LEFT JOIN askers AS q USING (guest_id)
GROUP BY 1
ORDER BY 1
