SELECT talk_id, sent_at_utc
FROM messages
ORDER BY sent_at_utc, talk_id
LIMIT 5
