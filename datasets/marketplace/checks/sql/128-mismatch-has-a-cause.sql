-- ja: 実験3の人数比の崩れは、広告から来たゲストに限られる
-- en: The sample-ratio mismatch of experiment 3 lies with the guests who came by advertising
-- planted ja: 流入経路が search_ad と sns_ad の人だけ、施策ありが少ない。ほかは半々(小さいデータでは足りないぶんが残る)
-- planted en: fewer are treated where the channel is search_ad or sns_ad; all others evenly (small data sets leave some over)
-- found ja: 広告 {} 人と {} 人(z {:.1f})、ほか {} 人と {} 人(z {:.1f})
-- found en: by advertising {} and {} (z {:.1f}), others {} and {} (z {:.1f})
WITH assigned AS (
  SELECT coalesce(g.acquisition_channel IN ('search_ad', 'sns_ad'), false) AS advertised, (e.variant = 'treatment')::INT AS treated
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id) WHERE e.experiment_id = 3 AND NOT g.is_test
),
summed AS (
  SELECT count(*) FILTER (advertised AND treated = 0) AS a0, count(*) FILTER (advertised AND treated = 1) AS a1,
         count(*) FILTER (NOT advertised AND treated = 0) AS b0, count(*) FILTER (NOT advertised AND treated = 1) AS b1
  FROM assigned
),
tested AS (SELECT *, (a1 - a0) / sqrt(a0 + a1) AS za, (b1 - b0) / sqrt(b0 + b1) AS zb FROM summed)
SELECT za <= -3 AND (a0 + a1 + b0 + b1 < 500 OR (abs(zb) < 0.7 * abs(za) AND abs(zb) <= 3.5)) AS ok, a0, a1, za, b0, b1, zb FROM tested
