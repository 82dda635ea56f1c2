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
    AND t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND t.opened_at_utc < TIMESTAMP '2025-12-30 20:00'
  GROUP BY t.talk_id, t.opened_at_utc
),
waits AS (
  SELECT date_diff('minute', opened_at_utc, replied_at_utc) AS wait_min
  FROM first_reply
)
SELECT CASE WHEN COALESCE(wait_min, 0) < 10 THEN '1: 0-9'
            WHEN wait_min < 30 THEN '2: 10-29'
            WHEN wait_min < 60 THEN '3: 30-59'
            WHEN wait_min < 180 THEN '4: 60-179'
            WHEN wait_min < 720 THEN '5: 180-719'
            WHEN wait_min >= 720 THEN '6: 720-'
            ELSE '7: none' END AS wait_band,
       COUNT(*) AS talks
FROM waits
GROUP BY wait_band
ORDER BY wait_band
%chart bar x=wait_band y=talks
