-- ja: 毎月末日の深夜0〜5時(日本時間)に登録がある
-- en: Guests register between 00:00 and 05:00 Japan time on each month's last business day
WITH nights AS (SELECT (registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE AS d FROM guests WHERE NOT is_test AND hour(registered_at_utc + INTERVAL 9 HOUR) < 5)
SELECT count(DISTINCT d) FILTER (WHERE d = last_day(d)) = 24 AS ok, 'the last day of 24 months' AS planted,
       format('{} registrations; {} last days', count(*), count(DISTINCT d) FILTER (WHERE d = last_day(d))) AS found
FROM nights
