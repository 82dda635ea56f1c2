SELECT t.cast_id, COUNT(*) AS talks,
       ROUND(AVG(CASE WHEN EXISTS (SELECT 1 FROM appointments AS a WHERE a.talk_id = t.talk_id)
                      THEN 1.0 ELSE 0 END), 3) AS request_rate
FROM talks AS t
JOIN guests AS g ON g.guest_id = t.guest_id
WHERE NOT g.is_test
GROUP BY t.cast_id
