-- ja: 実験1(list_v2):効果を仕込んでいない。差は偶然の範囲(|z|≤3.5)、人数比は正常
-- en: Experiment 1 (list_v2): no effect is planted; the difference is chance (|z| <= 3.5), sample ratio in order
-- planted ja: どちらの群も、施策がなくてもする人だけがアポを申し込む
-- planted en: in both arms those alone ask for an appointment who would anyway
-- found ja: {} 人と {} 人、{:.1f}% と {:.1f}%、z {:.2f}、人数比の z {:.2f}
-- found en: n {} and {}; {:.1f} % and {:.1f} %; z {:.2f}; ratio z {:.2f}
WITH outcome AS (
  SELECT e.guest_id, e.variant, coalesce(g.prefecture IN ('東京都', 'Tokyo'), false) AS in_tokyo, e.exposed_at_utc IS NOT NULL AS came,
         EXISTS (SELECT 1 FROM appointments AS t WHERE t.guest_id = e.guest_id AND t.requested_at_utc >= e.assigned_at_utc
                 AND t.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY)::INT AS reached
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id)
  WHERE e.experiment_id = 1 AND NOT g.is_test
),
arms AS (
  SELECT count(*) FILTER (variant = 'control') AS n0, count(*) FILTER (variant = 'treatment') AS n1, avg(reached) AS p,
         avg(reached) FILTER (variant = 'control') AS p0, avg(reached) FILTER (variant = 'treatment') AS p1
  FROM outcome
),
tested AS (SELECT *, (p1 - p0) / sqrt(p * (1 - p) * (1 / n0 + 1 / n1)) AS z, (n1 - n0) / sqrt(n0 + n1) AS ratio_z FROM arms)
SELECT abs(z) <= 3.5 AND abs(ratio_z) <= 3.5 AS ok, n0, n1, 100 * p0, 100 * p1, z, ratio_z FROM tested
