-- ja: 夜をまたぐアポ(24時を越えるもの、24時より後に始まるもの)が、12月にもある
-- en: Appointments run across midnight or begin after it, in December too
-- planted ja: 17時から25時に始まり、1〜4時間
-- planted en: they begin between 17 and 25 o'clock and take one to four hours
-- found ja: 24時を越える {} 件(12月 {} 件)、24時より後に始まる {} 件
-- found en: {} across midnight ({} in December), {} begin after it
WITH nights AS (
  SELECT scheduled_start_jst AS starts, scheduled_start_jst + to_minutes((hours * 60)::INT) AS ends FROM appointments
)
SELECT count(*) FILTER (WHERE starts::DATE < ends::DATE AND starts >= '2025-12-01 05:00') > 0 AND count(*) FILTER (WHERE hour(starts) < 5) > 0 AS ok,
       count(*) FILTER (WHERE starts::DATE < ends::DATE), count(*) FILTER (WHERE starts::DATE < ends::DATE AND starts >= '2025-12-01 05:00'),
       count(*) FILTER (WHERE hour(starts) < 5)
FROM nights
