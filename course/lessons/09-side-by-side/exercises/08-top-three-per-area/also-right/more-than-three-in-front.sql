SELECT a.area_code, COUNT(b.cast_id) + 1 AS place, a.cast_id, a.talks
FROM lesson.talks_by_cast AS a
LEFT JOIN lesson.talks_by_cast AS b
       ON b.area_code = a.area_code
      AND (b.talks > a.talks OR (b.talks = a.talks AND b.cast_id < a.cast_id))
GROUP BY a.area_code, a.cast_id, a.talks
HAVING COUNT(b.cast_id) < 3
ORDER BY a.area_code, place
