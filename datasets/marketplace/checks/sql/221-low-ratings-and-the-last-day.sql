-- ja: 評価が3件以上で平均3未満のキャスト、最終営業日の依頼とポイント利用がある
-- en: A cast with three ratings or more averages below 3; on the last business day guests ask and points are spent
-- planted ja: 人気のキャスト1人は平均1.6。最終日の11時台の登録者が依頼する
-- planted en: one popular cast averages 1.6; a guest who registers at 11 o'clock of the last day asks
-- found ja: 低評価 {} 人、最終日の依頼 {} 件、利用 {} 件
-- found en: {} low casts; on the last day {} requests and {} spendings
WITH low AS (
  SELECT a.cast_id FROM appointments AS a JOIN casts AS c USING (cast_id) WHERE NOT c.is_test
  GROUP BY 1 HAVING count(a.guest_rating) >= 3 AND avg(a.guest_rating) < 3
),
counts AS (
  SELECT (SELECT count(*) FROM low) AS casts, (SELECT count(*) FROM appointments WHERE requested_at_utc >= '2025-12-30 20:00') AS requests,
         (SELECT count(*) FROM point_ledger WHERE entry_kind = 'spend' AND booked_at_jst >= '2025-12-31 05:00') AS spent
)
SELECT least(casts, requests, spent) > 0 AS ok, casts, requests, spent
FROM counts
