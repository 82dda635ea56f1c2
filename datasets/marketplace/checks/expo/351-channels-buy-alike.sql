-- ja: 見せかけ:流入経路によって、ゲストの質が違う
-- en: False trail: guests of some channels are worth less
-- planted ja: 登録から60日以内に買った人の率は経路ごとに数ポイント違って見えるが、経路は行動を何も変えない
-- planted en: the share that buys within 60 days looks some points apart, but the channel changes nothing in what guests do
-- found ja: {:.1f}%〜{:.1f}%。経路とのつながりはない(カイ2乗 {:.1f}、自由度4、1%の点は 13.3)
-- found en: {:.1f} % to {:.1f} %; no link with the channel (chi-square {:.1f}, 4 degrees of freedom, 1 % point 13.3)
WITH cohort AS (
  SELECT g.acquisition_channel, (EXISTS (SELECT 1 FROM payments AS p WHERE p.guest_id = g.guest_id AND p.kind = 'purchase' AND p.status = 'succeeded'
           AND p.paid_at_jst < g.registered_at_utc + INTERVAL 9 HOUR + INTERVAL 60 DAY))::INT AS buys
  FROM guests AS g WHERE NOT g.is_test AND g.acquisition_channel IS NOT NULL AND g.registered_at_utc < '2025-11-01'
),
rates AS (SELECT acquisition_channel, avg(buys) AS p, count(*) AS n FROM cohort GROUP BY acquisition_channel),
usual AS (SELECT avg(buys) AS p FROM cohort)
SELECT sum(r.n * (r.p - u.p) ^ 2 / (u.p * (1 - u.p))) < 13.3 AND max(r.p) - min(r.p) > 0.005 AS ok, 100 * min(r.p), 100 * max(r.p), sum(r.n * (r.p - u.p) ^ 2 / (u.p * (1 - u.p)))
FROM rates AS r CROSS JOIN usual AS u
