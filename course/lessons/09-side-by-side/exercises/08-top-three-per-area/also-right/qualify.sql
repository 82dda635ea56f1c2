SELECT area_code, ROW_NUMBER() OVER (PARTITION BY area_code ORDER BY talks DESC, cast_id) AS place, cast_id, talks
FROM lesson.talks_by_cast
QUALIFY place <= 3
ORDER BY area_code, place
