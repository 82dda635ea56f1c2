SELECT t.source, COUNT(*) AS appointments
FROM talks AS t
JOIN appointments AS a ON a.talk_id = t.talk_id
GROUP BY t.source
ORDER BY appointments DESC, t.source
