SELECT talk_id, opened_at_utc
FROM talks
ORDER BY talk_id
LIMIT 5
