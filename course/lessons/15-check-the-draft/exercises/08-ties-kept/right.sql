SELECT cast_id, points_per_hour
FROM casts
WHERE NOT is_test
  AND points_per_hour = (SELECT MAX(points_per_hour) FROM casts WHERE NOT is_test)
