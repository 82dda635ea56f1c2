-- ja: 毎月の初日と末日の5〜9時(日本時間)に、登録と初トークがある
-- en: On the first and last day of each month guests register and begin their first talk between 05:00 and 09:00 Japan time
-- planted ja: 初日24日、末日24日
-- planted en: 24 first and 24 last days
-- found ja: 登録 {} 日と {} 日、初トーク {} 日と {} 日(初日と末日)
-- found en: registrations {} and {}, first talks {} and {} (first and last days)
WITH moments AS (
  SELECT 'registration' AS kind, registered_at_utc AS t FROM guests WHERE NOT is_test
  UNION ALL
  SELECT 'first talk', min(t.opened_at_utc) FROM talks AS t JOIN guests AS g USING (guest_id) WHERE NOT g.is_test GROUP BY t.guest_id
),
mornings AS (SELECT DISTINCT kind, (t + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE AS d FROM moments WHERE hour(t + INTERVAL 9 HOUR) BETWEEN 5 AND 8),
counts AS (
  SELECT kind, count(*) FILTER (WHERE day(d) = 1) AS firsts, count(*) FILTER (WHERE d = last_day(d)) AS lasts FROM mornings GROUP BY 1
)
SELECT min(firsts) = 24 AND min(lasts) = 24 AND count(*) = 2 AS ok,
       max(firsts) FILTER (WHERE kind = 'registration'), max(lasts) FILTER (WHERE kind = 'registration'), max(firsts) FILTER (WHERE kind = 'first talk'), max(lasts) FILTER (WHERE kind = 'first talk')
FROM counts
