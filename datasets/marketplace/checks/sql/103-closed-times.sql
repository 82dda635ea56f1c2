-- ja: 休業日と毎日9時台(日本時間)には利用・登録・トークがない
-- en: On closed days and from 9 to 10 o'clock Japan time nobody visits, registers or opens a talk
-- planted ja: 2024-11-12、2025-06-10 と毎日9時台は空
-- planted en: 2024-11-12, 2025-06-10 and 09:00-10:00 are empty
-- found ja: 該当 {} 行
-- found en: {} rows there
WITH moments AS (
  SELECT started_at_utc AS t FROM sessions
  UNION ALL SELECT registered_at_utc FROM guests
  UNION ALL SELECT opened_at_utc FROM talks
  UNION ALL SELECT shown_at_utc FROM list_impressions
)
SELECT count(*) = 0 AS ok, count(*)
FROM moments
WHERE (t + INTERVAL 9 HOUR - INTERVAL 5 HOUR)::DATE IN ('2024-11-12', '2025-06-10') OR hour(t + INTERVAL 9 HOUR) = 9
