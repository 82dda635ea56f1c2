-- ja: アプリのイベントは、利用・表示・トークの記録と合う
-- en: App events agree with sessions, impressions and talks
-- planted ja: 2025年12月1日に書き出しを始めた。それから始まった利用は全部ある
-- planted en: the export was switched on on 2025-12-01; every session that has begun since is in it
-- found ja: 利用 {}、キャストの画面 {}、トーク {}。合わない行 {}
-- found en: {} sessions, {} pages of casts, {} talks; {} rows that don't agree
WITH told AS (
  SELECT event_name, guest_id, platform, make_timestamp(event_timestamp) AS at_utc,
         list_extract([p.value.int_value for p in event_params if p.key = 'ga_session_id'], 1) AS session_id,
         list_extract([p.value.string_value for p in event_params if p.key = 'page_title'], 1) AS page,
         list_extract([p.value.int_value for p in event_params if p.key = 'cast_id'], 1) AS cast_id,
         list_extract([p.value.int_value for p in event_params if p.key = 'position'], 1) AS position,
         list_extract([p.value.int_value for p in event_params if p.key = 'talk_id'], 1) AS talk_id
  FROM app_events
),
since AS (SELECT * FROM sessions WHERE started_at_utc >= TIMESTAMP '2025-11-30 20:00:00'),
begun AS (SELECT session_id, guest_id, platform, started_at_utc AS at_utc FROM since),
clicked AS (  -- of the last days not everything may have arrived in the log of impressions
  SELECT DISTINCT i.event_id, i.session_id, i.guest_id, i.cast_id, i.position FROM list_impressions AS i JOIN since USING (session_id)
  WHERE i.is_clicked AND i.shown_at_utc < TIMESTAMP '2025-12-25 20:00:00'
),
opened AS (
  SELECT t.talk_id, t.guest_id, t.cast_id, t.opened_at_utc AS at_utc FROM talks AS t
  WHERE EXISTS (SELECT 1 FROM told WHERE told.talk_id = t.talk_id)
     OR EXISTS (SELECT 1 FROM clicked AS c JOIN since USING (session_id)
                WHERE c.guest_id = t.guest_id AND c.cast_id = t.cast_id AND t.opened_at_utc BETWEEN started_at_utc AND started_at_utc + INTERVAL 4 MINUTE)
),
apart AS (
  (FROM begun EXCEPT ALL SELECT session_id, guest_id, platform, at_utc FROM told WHERE event_name = 'session_start')
  UNION ALL (SELECT session_id, guest_id, platform, at_utc FROM told WHERE event_name = 'session_start' EXCEPT ALL FROM begun)
  UNION ALL (SELECT session_id, guest_id, CAST(cast_id AS VARCHAR) || '/' || position, NULL FROM clicked
             EXCEPT ALL SELECT session_id, guest_id, CAST(cast_id AS VARCHAR) || '/' || position, NULL FROM told WHERE page = 'cast')
  UNION ALL (SELECT talk_id, guest_id, CAST(cast_id AS VARCHAR), at_utc FROM opened
             EXCEPT ALL SELECT talk_id, guest_id, CAST(cast_id AS VARCHAR), at_utc FROM told WHERE event_name = 'talk_open')
  UNION ALL (SELECT talk_id, guest_id, CAST(cast_id AS VARCHAR), at_utc FROM told WHERE event_name = 'talk_open'
             EXCEPT ALL SELECT talk_id, guest_id, CAST(cast_id AS VARCHAR), opened_at_utc FROM talks)
  UNION ALL (SELECT session_id, guest_id, platform, at_utc FROM told ANTI JOIN since USING (session_id, guest_id, platform))
)
SELECT wrong = 0 AND sessions > 0 AND pages > 0 AND opened > 0 AS ok, sessions, pages, opened, wrong
FROM (SELECT count(*) FILTER (event_name = 'session_start') AS sessions, count(*) FILTER (page = 'cast') AS pages, count(talk_id) AS opened FROM told),
     (SELECT count(*) AS wrong FROM apart)
