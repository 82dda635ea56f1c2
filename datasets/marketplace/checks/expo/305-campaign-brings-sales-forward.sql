-- ja: ポイントのキャンペーンは、あとの4週間の購入を前に動かしただけだった
-- en: The points campaign only moved the next four weeks' purchases forward
-- planted ja: キャンペーンの週に増えた購入は、あとの4週間に減った購入
-- planted en: what the campaign's week sells more, the four weeks after it sell less
-- found ja: 購入した人の延べ:前の3週間は週 {:.1f} 件、キャンペーンの週 {} 件(z {:.1f})、あとの4週間は週 {:.1f} 件(z {:.1f})。5週間の合計は前の {:.2f} 倍で、費用は {:,} 円
-- found en: purchases a week: {:.1f} in the three weeks before, {} in the campaign's (z {:.1f}), {:.1f} in the four after it (z {:.1f}); all five together {:.2f} times what was usual, for {:,} yen
WITH campaign AS (SELECT starts_on, cost_yen FROM campaigns WHERE aim = 'purchase'),
bought AS (
  SELECT (p.paid_at_jst - INTERVAL 5 HOUR)::DATE - c.starts_on AS day, c.cost_yen
  FROM payments AS p JOIN guests AS g ON g.guest_id = p.guest_id AND NOT g.is_test CROSS JOIN campaign AS c
  WHERE p.kind = 'purchase' AND p.status = 'succeeded'
),
counted AS (
  SELECT count(*) FILTER (day BETWEEN -21 AND -1) / 3 AS usual, count(*) FILTER (day BETWEEN 0 AND 6) AS week,
         count(*) FILTER (day BETWEEN 7 AND 34) / 4 AS later, max(cost_yen) AS yen
  FROM bought
),
tested AS (
  SELECT *, (week - usual) / sqrt(usual * (1 + 1 / 3)) AS z_week, (later - usual) / sqrt(usual * (1 / 4 + 1 / 3)) AS z_later FROM counted
)
SELECT z_week >= 3 AND z_later <= -1.5 AND (week + 4 * later) / (5 * usual) < 1.35 AS ok, usual, week, z_week, later, z_later, (week + 4 * later) / (5 * usual), yen
FROM tested
