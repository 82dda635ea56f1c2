SELECT guest_id, COUNT(*) AS talk_count
FROM talks
WHERE source = 'favorite'
GROUP BY guest_id, cast_id
HAVING COUNT(*) >= 3
ORDER BY talk_count DESC, guest_id
