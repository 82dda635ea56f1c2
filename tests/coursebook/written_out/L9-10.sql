WITH numbered AS (
  SELECT talk_id, sender,
         ROW_NUMBER() OVER (PARTITION BY talk_id ORDER BY sent_at_utc, message_id) AS n
  FROM messages
),
first_reply AS (
  SELECT t.talk_id, t.opened_at_utc, MIN(m.sent_at_utc) AS replied_at_utc
  FROM talks AS t
  JOIN numbered AS f ON f.talk_id = t.talk_id AND f.n = 1 AND f.sender = 'guest'
  JOIN guests AS g ON g.guest_id = t.guest_id
  LEFT JOIN messages AS m ON m.talk_id = t.talk_id AND m.sender = 'cast'
  WHERE NOT g.is_test
    AND t.opened_at_utc >= TIMESTAMP '2024-12-31 20:00'
    AND t.opened_at_utc < TIMESTAMP '2025-12-30 20:00'
  GROUP BY t.talk_id, t.opened_at_utc
),
waits AS (
  SELECT opened_at_utc, replied_at_utc, date_diff('minute', opened_at_utc, replied_at_utc) AS wait_min
  FROM first_reply
)
SELECT EXTRACT(hour FROM opened_at_utc + INTERVAL 9 HOUR - INTERVAL 5 HOUR) + 5 AS business_hour,
       COUNT(*) AS talks,
       COUNT(wait_min) AS replied,
       ROUND(MEDIAN(wait_min), 1) AS median_min,
       ROUND(quantile_cont(wait_min, 0.9), 1) AS p90_min,
       ROUND(AVG(CASE WHEN wait_min <= 60 THEN 1.0 ELSE 0 END), 3) AS rate_60
FROM waits
GROUP BY business_hour
ORDER BY business_hour
