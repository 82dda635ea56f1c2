-- ja: 登録月ごとの継続率は下がってから横ばいになる
-- en: Retention by month of registration falls and then levels off
-- planted ja: 0.42 ÷ (1 + 月数 ÷ 9) + 0.10 に、季節と愛着を掛ける
-- planted en: 0.42 / (1 + age / 9) + 0.10, times season and loyalty
-- found ja: 1か月後 {:.1f}%、3か月 {:.1f}%、6か月 {:.1f}%、12か月 {:.1f}%
-- found en: month 1 {:.1f} %, 3 {:.1f} %, 6 {:.1f} %, 12 {:.1f} %
WITH born AS (
  SELECT guest_id, date_trunc('month', registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE AS cohort FROM guests
  WHERE NOT is_test AND registered_at_utc < '2024-12-31 20:00'
),
active AS (
  SELECT DISTINCT b.guest_id, date_diff('month', b.cohort, date_trunc('month', s.started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE) AS age
  FROM born AS b JOIN sessions AS s USING (guest_id)
),
rates AS (
  SELECT 100 * count(*) FILTER (WHERE age = 1) / any_value(n) AS m1, 100 * count(*) FILTER (WHERE age = 3) / any_value(n) AS m3,
         100 * count(*) FILTER (WHERE age = 6) / any_value(n) AS m6, 100 * count(*) FILTER (WHERE age = 12) / any_value(n) AS m12
  FROM active CROSS JOIN (SELECT count(*) AS n FROM born)
)
SELECT m1 BETWEEN 35 AND 75 AND m1 > m6 + 5 AND m12 BETWEEN 12 AND 45 AND m6 > m12 - 8 AS ok,
       m1, m3, m6, m12
FROM rates
