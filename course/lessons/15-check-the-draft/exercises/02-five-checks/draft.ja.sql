-- 12月の売上（税込円）。返金は負の値なので、合計はそのまま純額になります
SELECT SUM(p.amount_yen) AS sales_yen
FROM payments AS p
INNER JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
  AND p.status = 'succeeded'
  -- 営業日は05:00に始まるため、月初・月末とも05:00で区切ります
  AND p.paid_at_jst BETWEEN TIMESTAMP '2025-12-01 05:00' AND TIMESTAMP '2025-12-31 05:00'
