-- Completed appointments per guest, guests with 0 included
SELECT
  g.guest_id,
  COUNT(a.appointment_id) AS completed
FROM guests AS g
LEFT JOIN appointments AS a
  ON a.guest_id = g.guest_id
 AND a.status = 'completed'  -- Join completed appointments only
WHERE NOT g.is_test
GROUP BY g.guest_id
