-- ja: 実験1(list_v2):効果なし(|z|≤1)、人数比は正常
-- en: Experiment 1 (list_v2): no effect (|z| <= 1), sample ratio in order
-- planted ja: 両群とも 14%
-- planted en: 14 % in both arms
-- found ja: {} 人と {} 人、{:.1f}% と {:.1f}%、z {:.2f}、人数比の z {:.2f}、東京 {:+.1f}、それ以外 {:+.1f} ポイント
-- found en: n {} and {}; {:.1f} % and {:.1f} %; z {:.2f}; ratio z {:.2f}; Tokyo {:+.1f}, elsewhere {:+.1f} points
WITH outcome AS (
  SELECT e.guest_id, e.variant, coalesce(g.prefecture IN ('東京都', 'Tokyo'), false) AS in_tokyo,
         EXISTS (SELECT 1 FROM appointments AS t WHERE t.guest_id = e.guest_id AND t.requested_at_utc >= e.assigned_at_utc
                 AND t.requested_at_utc < e.assigned_at_utc + INTERVAL 14 DAY)::INT AS reached
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id)
  WHERE e.experiment_id = 1 AND NOT g.is_test
),
arms AS (
  SELECT count(*) FILTER (WHERE variant = 'control') AS n0, count(*) FILTER (WHERE variant = 'treatment') AS n1, avg(reached) AS p,
         avg(reached) FILTER (WHERE variant = 'control') AS p0, avg(reached) FILTER (WHERE variant = 'treatment') AS p1,
         avg(reached) FILTER (WHERE variant = 'treatment' AND in_tokyo) - avg(reached) FILTER (WHERE variant = 'control' AND in_tokyo) AS up_in_tokyo,
         avg(reached) FILTER (WHERE variant = 'treatment' AND NOT in_tokyo) - avg(reached) FILTER (WHERE variant = 'control' AND NOT in_tokyo) AS up_elsewhere
  FROM outcome
),
tested AS (SELECT *, (p1 - p0) / sqrt(p * (1 - p) * (1 / n0 + 1 / n1)) AS z, (n1 - n0) / sqrt(n0 + n1) AS ratio_z FROM arms)
SELECT abs(z) <= 1 AND abs(ratio_z) < 2 AS ok,
       n0, n1, 100 * p0, 100 * p1, z, ratio_z, 100 * up_in_tokyo, 100 * up_elsewhere
FROM tested
