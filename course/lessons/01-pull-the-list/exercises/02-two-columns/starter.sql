-- guest_id, registered_at_utc

ORDER BY guest_id
LIMIT 5
