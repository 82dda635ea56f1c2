-- Completed appointments per guest; care is taken to keep guests with 0
SELECT
  g.guest_id,
  COUNT(a.appointment_id) AS completed
FROM guests AS g
LEFT JOIN appointments AS a  -- LEFT JOIN keeps every guest
  ON a.guest_id = g.guest_id
WHERE NOT g.is_test
  AND (a.status = 'completed' OR a.appointment_id IS NULL)
GROUP BY g.guest_id
