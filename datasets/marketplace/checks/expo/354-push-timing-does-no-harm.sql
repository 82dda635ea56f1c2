-- ja: 見せかけ:プッシュ通知の時刻の実験(push_timing)で、トークが減った
-- en: False trail: the test of push times (push_timing) lost talks
-- planted ja: 東京とほかの地域で割り付けの割合が違うため、まとめて比べると逆に見える
-- planted en: Tokyo and elsewhere were split differently, so all together look the other way round
-- found ja: 14日以内のトーク(施策あり−従来):まとめると {:+.1f} ポイント。地域ごとに比べて人数で重みを付けると {:+.1f} ポイント(z {:.1f})
-- found en: talks within 14 days, treatment less control: {:+.1f} points all together, {:+.1f} within the regions, weighted by guests (z {:.1f})
WITH outcome AS (
  SELECT a.variant = 'treatment' AS treated, a.treatment_percent AS stratum, (EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = a.guest_id
           AND t.opened_at_utc >= a.assigned_at_utc AND t.opened_at_utc < a.assigned_at_utc + INTERVAL 14 DAY))::INT AS talks
  FROM experiment_assignments AS a JOIN experiments AS e USING (experiment_id) JOIN guests AS g ON g.guest_id = a.guest_id AND NOT g.is_test
  WHERE e.code = 'push_timing'
),
cells AS (
  SELECT stratum, avg(talks) FILTER (treated) - avg(talks) FILTER (NOT treated) AS d, count(*) AS n,
         avg(talks) * (1 - avg(talks)) * (1 / count(*) FILTER (treated) + 1 / count(*) FILTER (NOT treated)) AS v
  FROM outcome GROUP BY stratum
),
summed AS (SELECT sum(d * n) / sum(n) AS within, sqrt(sum(v * n * n)) / sum(n) AS error FROM cells),
pooled AS (SELECT avg(talks) FILTER (treated) - avg(talks) FILTER (NOT treated) AS d FROM outcome)
SELECT p.d < -0.05 AND s.within / s.error > -2.58 AND s.within > 0 AS ok, 100 * p.d, 100 * s.within, s.within / s.error FROM pooled AS p CROSS JOIN summed AS s
