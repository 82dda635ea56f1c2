-- ゲストごとの完了アポ数（0件のゲストも含みます）
SELECT
  g.guest_id,
  COUNT(a.appointment_id) AS completed
FROM guests AS g
LEFT JOIN appointments AS a
  ON a.guest_id = g.guest_id
 AND a.status = 'completed'  -- 完了したアポだけを結合します
WHERE NOT g.is_test
GROUP BY g.guest_id
