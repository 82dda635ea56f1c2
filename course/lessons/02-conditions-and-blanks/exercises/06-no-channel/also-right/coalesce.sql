SELECT guest_id, registered_at_utc
FROM guests
WHERE COALESCE(acquisition_channel, 'none') = 'none'
  AND is_test = FALSE
ORDER BY 2 DESC, 1
LIMIT 20
