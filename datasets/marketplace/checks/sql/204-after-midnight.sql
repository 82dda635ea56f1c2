-- ja: 毎月末日の深夜0〜5時(日本時間)に登録がある
-- en: Guests register between 00:00 and 05:00 Japan time on each month's last business day
-- planted ja: 24か月の末日
-- planted en: the last day of 24 months
-- found ja: 登録 {} 件、末日 {} 日
-- found en: {} registrations; {} last days
WITH nights AS (SELECT (registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE AS d FROM guests WHERE NOT is_test AND hour(registered_at_utc + INTERVAL 9 HOUR) < 5)
SELECT count(DISTINCT d) FILTER (WHERE d = last_day(d)) = 24 AS ok,
       count(*), count(DISTINCT d) FILTER (WHERE d = last_day(d))
FROM nights
