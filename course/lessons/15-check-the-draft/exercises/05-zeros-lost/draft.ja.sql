-- ゲストごとの完了アポ数（0件のゲストも残るよう配慮しています）
SELECT
  g.guest_id,
  COUNT(a.appointment_id) AS completed
FROM guests AS g
LEFT JOIN appointments AS a  -- LEFT JOIN なので全ゲストが残ります
  ON a.guest_id = g.guest_id
WHERE NOT g.is_test
  AND (a.status = 'completed' OR a.appointment_id IS NULL)
GROUP BY g.guest_id
