-- ja: 毎月末日の夜(18〜24時)に登録がある
-- en: Guests register on the evening (18 to 24 o'clock) of each month's last day
-- planted ja: 24か月
-- planted en: 24 months
-- found ja: {} か月
-- found en: {} months
WITH evenings AS (
  SELECT DISTINCT (registered_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE AS d FROM guests WHERE NOT is_test AND hour(registered_at_utc + INTERVAL 9 HOUR) BETWEEN 18 AND 23
)
SELECT count(*) FILTER (WHERE d = last_day(d)) = 24 AS ok, count(*) FILTER (WHERE d = last_day(d))
FROM evenings
