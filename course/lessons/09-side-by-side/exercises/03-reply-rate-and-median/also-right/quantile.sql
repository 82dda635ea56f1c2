WITH first_reply AS (
  SELECT a.talk_id, a.cast_id, a.opened_at_utc, MIN(m.sent_at_utc) AS replied_at_utc
  FROM lesson.guest_talks AS a
  LEFT JOIN messages AS m ON m.talk_id = a.talk_id AND m.sender = 'cast'
  WHERE a.opened_at_utc >= TIMESTAMP '2025-09-30 20:00'
  GROUP BY a.talk_id, a.cast_id, a.opened_at_utc
)
SELECT cast_id,
       COUNT(*) AS talks,
       ROUND(AVG(CASE WHEN replied_at_utc < opened_at_utc + INTERVAL 24 HOUR THEN 1 ELSE 0.0 END), 3) AS reply_rate_24h,
       quantile_cont(date_diff('minute', opened_at_utc, replied_at_utc), 0.5) AS median_reply_min
FROM first_reply
GROUP BY cast_id
HAVING COUNT(*) >= 8
ORDER BY reply_rate_24h, cast_id
