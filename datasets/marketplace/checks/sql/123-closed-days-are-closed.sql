-- ja: 休業日には、利用も連絡も申し込みも決済もない
-- en: On closed days nobody visits, writes, asks or pays
-- planted ja: 2024-11-12 と 2025-06-10(calendar.is_closed)。始まっていたことは翌日に回る。ポイントの失効・採点・ログの到着だけは機械が行う
-- planted en: 2024-11-12 and 2025-06-10 (calendar.is_closed); what had begun goes on a day later; only machines expire points, score, and take in logs
-- found ja: 該当 {} 行、アポの予定 {} 件(休業日 {} 日)
-- found en: {} rows and {} scheduled meetings on {} days
WITH moments AS (
  SELECT started_at_utc AS t FROM sessions
  UNION ALL SELECT ended_at_utc FROM sessions
  UNION ALL SELECT registered_at_utc FROM guests
  UNION ALL SELECT verified_at_utc FROM guests
  UNION ALL SELECT deleted_at_utc FROM guests
  UNION ALL SELECT shown_at_utc FROM list_impressions
  UNION ALL SELECT opened_at_utc FROM talks
  UNION ALL SELECT closed_at_utc FROM talks
  UNION ALL SELECT sent_at_utc FROM messages
  UNION ALL SELECT read_at_utc FROM messages
  UNION ALL SELECT deleted_at_utc FROM messages
  UNION ALL SELECT requested_at_utc FROM appointments
  UNION ALL SELECT changed_at_utc FROM appointment_status_log
  UNION ALL SELECT paid_at_jst - INTERVAL 9 HOUR FROM payments
  UNION ALL SELECT updated_at_jst - INTERVAL 9 HOUR FROM payments
  UNION ALL SELECT booked_at_jst - INTERVAL 9 HOUR FROM point_ledger WHERE entry_kind <> 'expire'
),
closed AS (SELECT business_date FROM calendar WHERE is_closed),
counts AS (
  SELECT (SELECT count(*) FROM moments WHERE (t + INTERVAL 4 HOUR)::DATE IN (FROM closed)) AS n, (SELECT count(*) FROM closed) AS days,
         (SELECT count(*) FROM appointments WHERE (scheduled_start_jst - INTERVAL 5 HOUR)::DATE IN (FROM closed)) AS meetings
)
SELECT n = 0 AND meetings = 0 AND days = 2 AS ok, n, meetings, days FROM counts
