WITH placed AS (
  SELECT area_code, cast_id, talks,
         ROW_NUMBER() OVER (PARTITION BY area_code ORDER BY talks, cast_id) AS place
  FROM lesson.talks_by_cast
)
SELECT area_code, place, cast_id, talks
FROM placed
WHERE place <= 3
ORDER BY area_code, place
