SELECT talk_id, opened_at_utc
FROM talks
ORDER BY opened_at_utc
LIMIT 5
