-- ja: 実験4(push_timing):地域で分けて比べると上がり、まとめると下がって見える(シンプソンのパラドックス)
-- en: Experiment 4 (push_timing): better within the regions, worse all together (Simpson)
-- planted ja: 11月は東京の人がよく話し、その東京では施策ありが4人に1人、ほかでは4人に3人。通知を見た1000人のうち、東京で280人、ほかで140人がその場で話し始める(小さいデータでは差が揺れに隠れる)
-- planted en: in November Tokyo talks more, and one in four is treated there, three in four elsewhere; of a thousand who see the notice 280 in Tokyo and 140 elsewhere talk at once (chance hides it in small data sets)
-- found ja: 従来の率は東京 {:.1f}%、ほか {:.1f}%。差は東京 {:+.1f}、ほか {:+.1f}、人数で重みを付けて {:+.1f}(標準誤差 {:.1f})、まとめると {:+.1f} ポイント
-- found en: control {:.1f} % in Tokyo, {:.1f} % elsewhere; differences {:+.1f} in Tokyo, {:+.1f} elsewhere, {:+.1f} weighted (standard error {:.1f}), {:+.1f} points all together
WITH outcome AS (
  SELECT e.guest_id, e.variant, coalesce(g.prefecture IN ('東京都', 'Tokyo'), false) AS in_tokyo, e.exposed_at_utc IS NOT NULL AS came,
         EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = e.guest_id AND t.opened_at_utc >= e.assigned_at_utc
                 AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY)::INT AS reached
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id)
  WHERE e.experiment_id = 4 AND NOT g.is_test
),
cells AS (
  SELECT in_tokyo, count(*) AS n, avg(reached) FILTER (variant = 'control') AS p0, avg(reached) FILTER (variant = 'treatment') AS p1,
         avg(reached) FILTER (variant = 'control') * (1 - avg(reached) FILTER (variant = 'control')) / count(*) FILTER (variant = 'control')
         + avg(reached) FILTER (variant = 'treatment') * (1 - avg(reached) FILTER (variant = 'treatment')) / count(*) FILTER (variant = 'treatment') AS v
  FROM outcome GROUP BY 1
),
weighted AS (
  SELECT sum(n) AS people, sum(n * (p1 - p0)) / sum(n) AS diff, sqrt(sum(n * n * v)) / sum(n) AS error,
         max(p0) FILTER (in_tokyo) AS t0, max(p0) FILTER (NOT in_tokyo) AS e0,
         max(p1 - p0) FILTER (in_tokyo) AS t, max(p1 - p0) FILTER (NOT in_tokyo) AS e
  FROM cells
),
pooled AS (SELECT avg(reached) FILTER (variant = 'treatment') - avg(reached) FILTER (variant = 'control') AS together FROM outcome)
SELECT people < 1000 OR (diff > 0 AND together < 0 AND t0 - e0 > 0.15) AS ok, 100 * t0, 100 * e0, 100 * t, 100 * e, 100 * diff, 100 * error, 100 * together
FROM weighted CROSS JOIN pooled
