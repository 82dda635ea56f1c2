-- ja: 05:00:00ちょうどと04:59:59の登録がある
-- en: Guests register at exactly 05:00:00 and at 04:59:59 Japan time
-- planted ja: 8件ずつ
-- planted en: 8 each
-- found ja: {} 件と {} 件
-- found en: {} and {}
WITH clock AS (SELECT (registered_at_utc + INTERVAL 9 HOUR)::TIME AS t FROM guests)
SELECT count(*) FILTER (WHERE t = '05:00:00') >= 8 AND count(*) FILTER (WHERE t = '04:59:59') >= 8 AS ok,
       count(*) FILTER (WHERE t = '05:00:00'), count(*) FILTER (WHERE t = '04:59:59')
FROM clock
