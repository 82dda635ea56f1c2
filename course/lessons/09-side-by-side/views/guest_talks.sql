WITH numbered AS (
  SELECT talk_id, sender,
         ROW_NUMBER() OVER (PARTITION BY talk_id ORDER BY sent_at_utc, message_id) AS n
  FROM messages
)
SELECT t.talk_id, t.cast_id, t.opened_at_utc
FROM talks AS t
JOIN numbered AS f ON f.talk_id = t.talk_id AND f.n = 1 AND f.sender = 'guest'
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
  AND t.opened_at_utc >= TIMESTAMP '2024-12-31 20:00'
  AND t.opened_at_utc < TIMESTAMP '2025-12-30 20:00'
