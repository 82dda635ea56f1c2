-- ja: ポイント台帳が決済・アポと一致し、残高は負にならない(チャージバックのゲストを除く)
-- en: The point ledger agrees with payments and appointments; no balance is negative but for charged-back guests
-- planted ja: 差はない
-- planted en: no difference
-- found ja: 負の残高 {} 件、合わない購入 {} 件、合わない利用 {} 件
-- found en: {} negative balances, {} purchases and {} spendings that differ
WITH running AS (
  SELECT guest_id, sum(points) OVER (PARTITION BY guest_id ORDER BY booked_at_jst, entry_id) AS balance FROM point_ledger
),
negative AS (
  SELECT count(DISTINCT guest_id) AS n FROM running
  WHERE balance < 0 AND guest_id NOT IN (SELECT guest_id FROM payments WHERE status = 'charged_back')
),
bought AS (
  SELECT count(*) AS n FROM (SELECT * FROM payments WHERE status <> 'failed') AS p
  FULL JOIN (SELECT * FROM point_ledger WHERE entry_kind IN ('purchase', 'refund')) AS l USING (payment_id)
  WHERE p.points IS DISTINCT FROM l.points OR p.paid_at_jst IS DISTINCT FROM l.booked_at_jst
),
spent AS (
  SELECT count(*) FILTER (WHERE a.appointment_id IS NULL OR l.points <> -a.points OR l.guest_id <> a.guest_id) AS n, count(*) AS total
  FROM point_ledger AS l LEFT JOIN appointments AS a USING (appointment_id) WHERE l.entry_kind = 'spend'
)
SELECT negative.n = 0 AND bought.n = 0 AND spent.n = 0 AND spent.total > 0 AS ok,
       negative.n, bought.n, spent.n
FROM negative CROSS JOIN bought CROSS JOIN spent
