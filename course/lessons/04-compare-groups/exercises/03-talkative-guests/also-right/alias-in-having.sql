SELECT guest_id, COUNT(talk_id) AS talk_count
FROM talks
WHERE source = 'favorite'
GROUP BY guest_id
HAVING talk_count >= 3
ORDER BY talk_count DESC, guest_id
