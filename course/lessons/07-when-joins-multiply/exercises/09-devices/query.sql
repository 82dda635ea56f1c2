SELECT COUNT(*) AS count_rows,
       COUNT(DISTINCT g.guest_id) AS count_distinct
FROM (VALUES (1), (2), (3)) AS g(guest_id)
JOIN (VALUES (1, 'iPhone'), (1, 'iPad'), (1, 'PC'), (2, 'iPhone')) AS d(guest_id, device)
  ON d.guest_id = g.guest_id
