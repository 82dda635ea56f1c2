SELECT talk_id, opened_at_utc
FROM talks
LIMIT 5
