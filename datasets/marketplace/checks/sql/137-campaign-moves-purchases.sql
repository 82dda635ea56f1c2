-- ja: ポイントのキャンペーンの週に購入が増え、そのあとの4週間に減る。合わせると増えていない
-- en: Purchases rise in the week of the points campaign and fall in the four weeks after it; together there are no more
-- planted ja: 2025年4月7日〜13日。あとの4週間の購入のうち、アポのための購入の6割が早まる(小さいデータでは差が揺れに隠れる)
-- planted en: 7 to 13 April 2025; 60 % of what would be bought for appointments of the next four weeks is bought sooner (chance hides it in small data sets)
-- found ja: 週の購入:前の3週間は {:.1f} 件、キャンペーンの週 {} 件(z {:.1f})、あとの4週間 {:.1f} 件(z {:.1f})、合わせて {:.2f} 倍(z {:.1f})
-- found en: purchases a week: {:.1f} in the three weeks before, {} in the campaign's (z {:.1f}), {:.1f} in the four after it (z {:.1f}); together {:.2f} times as many (z {:.1f})
WITH campaign AS (SELECT starts_on, ends_on FROM campaigns WHERE aim = 'purchase'),
bought AS (
  SELECT (p.paid_at_jst - INTERVAL 5 HOUR)::DATE - c.starts_on AS day FROM payments AS p CROSS JOIN campaign AS c WHERE p.kind = 'purchase' AND p.status = 'succeeded'
),
counted AS (
  -- The three weeks before it: growth and season move the others.
  SELECT count(*) FILTER (day BETWEEN -21 AND -1) / 3 AS usual, count(*) FILTER (day BETWEEN 0 AND 6) AS week,
         count(*) FILTER (day BETWEEN 7 AND 34) / 4 AS later
  FROM bought
),
tested AS (
  SELECT *, (week - usual) / sqrt(usual * (1 + 1 / 3)) AS z_week, (later - usual) / sqrt(usual * (1 / 4 + 1 / 3)) AS z_later,
         (week + 4 * later - 5 * usual) / sqrt(usual * (5 + 25 / 3)) AS z_sum
  FROM counted
)
SELECT usual < 40 OR (z_week >= 3 AND later < 0.9 * usual AND week + 4 * later BETWEEN 3.5 * usual AND 6.75 * usual) AS ok,
       usual, week, z_week, later, z_later, (week + 4 * later) / (5 * usual), z_sum
FROM tested
