-- ja: 登録は年ごとに増え、利用は11月より12月が多い
-- en: Registrations grow from year to year; December is busier than November
WITH years AS (
  SELECT count(*) FILTER (WHERE year(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2024) AS y24, count(*) FILTER (WHERE year(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2025) AS y25
  FROM guests WHERE NOT is_test
),
months AS (
  SELECT count(*) FILTER (WHERE month(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 11) AS november, count(*) FILTER (WHERE month(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 12) AS december
  FROM sessions WHERE year(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2025
)
SELECT y25 > 1.1 * y24 AND december > november AS ok, 'growth 5 % of the start a month; December 126 against November 106' AS planted,
       format('registered 2024 {}, 2025 {}; visits Nov {}, Dec {}', y24, y25, november, december) AS found
FROM years CROSS JOIN months
