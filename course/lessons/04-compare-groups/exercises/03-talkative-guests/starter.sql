HAVING COUNT(*) > 3
GROUP BY guest_id
ORDER BY talk_count DESC, guest_id
WHERE source = 'favorite'
WHERE COUNT(*) >= 3
FROM talks
GROUP BY guest_id, cast_id
SELECT guest_id, COUNT(*) AS talk_count
HAVING COUNT(*) >= 3
