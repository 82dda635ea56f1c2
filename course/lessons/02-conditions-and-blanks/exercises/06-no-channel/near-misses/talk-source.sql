SELECT guest_id, opened_at_utc
FROM talks
WHERE source IS NULL
ORDER BY opened_at_utc DESC, guest_id
LIMIT 20
