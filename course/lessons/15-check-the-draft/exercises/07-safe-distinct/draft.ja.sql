-- 12月の売上合計（テスト用アカウントを除く）
SELECT SUM(DISTINCT p.amount_yen) AS sales_yen  -- 結合による重複を防ぐため、DISTINCT を付けています
FROM payments AS p
JOIN guests AS g ON g.guest_id = p.guest_id
WHERE NOT g.is_test
  AND p.status = 'succeeded'
  AND p.paid_at_jst >= TIMESTAMP '2025-12-01 05:00'
  AND p.paid_at_jst < TIMESTAMP '2026-01-01 05:00'
