-- ja: 実験2(talk_prompt):仕込んだ効果が、標本の区間の中にある。人数比は正常
-- en: Experiment 2 (talk_prompt): the planted effect lies within what the sample's interval allows; sample ratio in order
-- planted ja: ひとこと候補を見た1000人のうち150人が、その場でトークを始める(始めるはずだった人も含む)
-- planted en: of a thousand who see the suggested lines 150 open a talk there and then (some of whom would have anyway)
-- found ja: {} 人と {} 人、{:.1f}% と {:.1f}%、差 {:+.1f} ポイント(仕込みから {:+.1f}、標準誤差 {:.1f})、人数比の z {:.2f}
-- found en: n {} and {}; {:.1f} % and {:.1f} %; difference {:+.1f} points ({:+.1f} planted; standard error {:.1f}); ratio z {:.2f}
WITH outcome AS (
  SELECT e.guest_id, e.variant, coalesce(g.prefecture IN ('東京都', 'Tokyo'), false) AS in_tokyo, e.exposed_at_utc IS NOT NULL AS came,
         EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = e.guest_id AND t.opened_at_utc >= e.assigned_at_utc
                 AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY)::INT AS reached
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id)
  WHERE e.experiment_id = 2 AND NOT g.is_test
),
arms AS (
  SELECT count(*) FILTER (variant = 'control') AS n0, count(*) FILTER (variant = 'treatment') AS n1,
         avg(reached) FILTER (variant = 'control') AS p0, avg(reached) FILTER (variant = 'treatment') AS p1,
         -- Who sees the lines and would not talk otherwise is known from the other arm, which has the same screen without them.
         0.15 * avg(came::INT * (1 - reached)) FILTER (variant = 'control') AS planted
  FROM outcome
),
tested AS (SELECT *, sqrt(p0 * (1 - p0) / n0 + p1 * (1 - p1) / n1) AS error, (n1 - n0) / sqrt(n0 + n1) AS ratio_z FROM arms)
SELECT abs(p1 - p0 - planted) <= 3.5 * error AND planted > 0.03 AND abs(ratio_z) <= 3.5 AS ok,
       n0, n1, 100 * p0, 100 * p1, 100 * (p1 - p0), 100 * planted, 100 * error, ratio_z
FROM tested
