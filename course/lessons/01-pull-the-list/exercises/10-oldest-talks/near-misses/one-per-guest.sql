SELECT MIN(talk_id), MIN(opened_at_utc)
FROM talks
GROUP BY guest_id
ORDER BY 2, 1
LIMIT 5
