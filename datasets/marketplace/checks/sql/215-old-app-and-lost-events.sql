-- ja: 旧アプリの行(session_id・source・talk_idがNULL)と、終了イベントの欠落がある
-- en: Rows of the old app (session_id, source, talk_id NULL) and lost end events
-- planted ja: それぞれある
-- planted en: some of each
-- found ja: 表示 {}、トーク {}、アポ {}、終了 {}、端末 {}
-- found en: {} impressions, {} talks, {} appointments, {} ends, {} devices
WITH counts AS (
  SELECT (SELECT count(*) FROM list_impressions WHERE session_id IS NULL) AS impressions,
         (SELECT count(*) FROM talks WHERE source IS NULL) AS talks, (SELECT count(*) FROM appointments WHERE talk_id IS NULL) AS appointments,
         (SELECT count(*) FROM sessions WHERE ended_at_utc IS NULL) AS ends, (SELECT count(*) FROM sessions WHERE device_fp IS NULL) AS devices
)
SELECT least(impressions, talks, appointments, ends, devices) > 0 AS ok,
       impressions, talks, appointments, ends, devices
FROM counts
