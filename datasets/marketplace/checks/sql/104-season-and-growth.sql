-- ja: 登録は年ごとに増え、利用は11月より12月が多い
-- en: Registrations grow from year to year; December is busier than November
-- planted ja: 毎月、初月の5%ずつ増加。12月は126、11月は106
-- planted en: growth 5 % of the start a month; December 126 against November 106
-- found ja: 登録 2024年 {}、2025年 {}。訪問 11月 {}、12月 {}
-- found en: registered 2024 {}, 2025 {}; visits Nov {}, Dec {}
WITH years AS (
  SELECT count(*) FILTER (WHERE year(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2024) AS y24, count(*) FILTER (WHERE year(registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2025) AS y25
  FROM guests WHERE NOT is_test
),
months AS (
  SELECT count(*) FILTER (WHERE month(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 11) AS november, count(*) FILTER (WHERE month(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 12) AS december
  FROM sessions WHERE year(started_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) = 2025
)
SELECT y25 > 1.1 * y24 AND december > november AS ok,
       y24, y25, november, december
FROM years CROSS JOIN months
