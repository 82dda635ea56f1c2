SELECT cast_id, COUNT(*) AS talk_count
FROM talks
WHERE source = 'favorite'
GROUP BY cast_id
HAVING COUNT(*) >= 3
ORDER BY talk_count DESC, cast_id
