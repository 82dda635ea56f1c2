SELECT guest_id, COUNT(*) AS talk_count
FROM talks
GROUP BY guest_id
HAVING COUNT(*) >= 3
ORDER BY talk_count DESC, guest_id
