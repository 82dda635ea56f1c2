-- ja: 割り付けには予定の比と、施策の場所に来た日時がある。来なかった人はあまり話さず、効果は来た人にだけある
-- en: Assignments tell the planned split and who came to the screen; those who did not talk less, and the effect is with the others alone
-- planted ja: 予定は半々、実験4だけは東京25%・ほか75%。14日以内にもう一度来る人の97%、来ない人の76%が施策の場所に来る。どちらの群でも同じ
-- planted en: half and half, in experiment 4 25 % in Tokyo and 75 % elsewhere; 97 % of those who visit again within 14 days and 76 % of the others come to the screen, alike in both arms
-- found ja: 予定との差の z:実験1 {:.1f}、2 {:.1f}、3 {:.1f}、4 {:.1f}。来た人は {:.1f}%〜{:.1f}%。実験2で来た人 {:.1f}% と {:.1f}%(z {:.1f})、来なかった人 {:.1f}% と {:.1f}%(z {:.1f})
-- found en: z of the difference from the plan: {:.1f}, {:.1f}, {:.1f}, {:.1f}; exposed {:.1f} to {:.1f} %; experiment 2: exposed {:.1f} and {:.1f} % (z {:.1f}), others {:.1f} and {:.1f} % (z {:.1f})
WITH assigned AS (
  SELECT e.*, (variant = 'treatment')::INT AS treated, treatment_percent / 100 AS planned
  FROM experiment_assignments AS e JOIN guests AS g USING (guest_id) WHERE NOT g.is_test
),
split AS (
  SELECT experiment_id, (sum(treated) - sum(planned)) / sqrt(sum(planned * (1 - planned))) AS z FROM assigned GROUP BY 1
),
arms AS (SELECT 100 * avg((exposed_at_utc IS NOT NULL)::INT) AS exposed FROM assigned GROUP BY experiment_id, variant),
outcome AS (
  SELECT e.treated, e.exposed_at_utc IS NOT NULL AS exposed,
         EXISTS (SELECT 1 FROM talks AS t WHERE t.guest_id = e.guest_id AND t.opened_at_utc >= e.assigned_at_utc
                 AND t.opened_at_utc < e.assigned_at_utc + INTERVAL 14 DAY)::INT AS reached
  FROM assigned AS e WHERE e.experiment_id = 2
),
rates AS (
  SELECT exposed, avg(reached) AS p, avg(reached) FILTER (treated = 0) AS p0, avg(reached) FILTER (treated = 1) AS p1,
         count(*) FILTER (treated = 0) AS n0, count(*) FILTER (treated = 1) AS n1
  FROM outcome GROUP BY 1
),
tested AS (SELECT *, coalesce((p1 - p0) / sqrt(nullif(p * (1 - p), 0) * (1 / n0 + 1 / n1)), 0) AS z FROM rates),
before AS (
  SELECT count(*) AS n FROM assigned AS e JOIN talks AS t USING (guest_id)
  WHERE e.exposed_at_utc IS NOT NULL AND t.opened_at_utc BETWEEN e.assigned_at_utc AND e.exposed_at_utc
),
summed AS (
  SELECT max(z) FILTER (experiment_id = 1) AS z1, max(z) FILTER (experiment_id = 2) AS z2, max(z) FILTER (experiment_id = 3) AS z3,
         max(z) FILTER (experiment_id = 4) AS z4
  FROM split
)
  -- Of a few dozen guests in small data sets the shares themselves vary widely.
SELECT greatest(abs(z1), abs(z2), abs(z4)) <= 3.5 AND z3 <= -3 AND before.n = 0 AND abs(o.z) <= 3.5
       AND (y.n0 + y.n1 < 1000 OR (low > 80 AND high < 93 AND y.z >= -1 AND o.p < y.p - 0.1)) AS ok,
       z1, z2, z3, z4, low, high, 100 * y.p0, 100 * y.p1, y.z, 100 * o.p0, 100 * o.p1, o.z
FROM summed CROSS JOIN before CROSS JOIN (SELECT min(exposed) AS low, max(exposed) AS high FROM arms)
CROSS JOIN (FROM tested WHERE exposed) AS y CROSS JOIN (FROM tested WHERE NOT exposed) AS o
