-- ja: ゲストアポ突破率(初トークから14日以内の依頼。この講座での定義)
-- en: Guest-to-appointment breakthrough: a request within 14 days of the first talk (this course's reading)
-- planted ja: 8〜50%。遅れて依頼する人もいる
-- planted en: between 8 % and 50 %; some ask later
-- found ja: {1} 人のうち {0:.1f}%。遅れて依頼 {2} 人
-- found en: {:.1f} % of {} guests; {} asked later
WITH first_talk AS (
  SELECT t.guest_id, min(t.opened_at_utc) AS first_at FROM talks AS t JOIN guests AS g USING (guest_id)
  WHERE NOT g.is_test GROUP BY 1 HAVING first_at < TIMESTAMP '2025-12-31 20:00' - INTERVAL 14 DAY
),
reached AS (
  SELECT f.guest_id, count(a.guest_id) AS requests,
         count(*) FILTER (WHERE a.requested_at_utc >= f.first_at AND a.requested_at_utc < f.first_at + INTERVAL 14 DAY) AS early
  FROM first_talk AS f LEFT JOIN appointments AS a USING (guest_id) GROUP BY 1
)
SELECT count(*) FILTER (WHERE early > 0) / count(*) BETWEEN 0.08 AND 0.5 AND count(*) FILTER (WHERE requests > 0 AND early = 0) > 0 AS ok,
       100 * count(*) FILTER (WHERE early > 0) / count(*), count(*), count(*) FILTER (WHERE requests > 0 AND early = 0)
FROM reached
