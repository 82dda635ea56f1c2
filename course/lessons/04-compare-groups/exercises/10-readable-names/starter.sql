SELECT cast_id AS c,
       SUM(CASE WHEN is_clicked THEN 1 ELSE 0 END) AS cnt2,
       AVG(CASE WHEN is_clicked THEN 1.0 ELSE 0 END) AS rate_x
FROM list_impressions
WHERE screen = 'list'
GROUP BY cast_id
ORDER BY rate_x DESC, c
LIMIT 10
