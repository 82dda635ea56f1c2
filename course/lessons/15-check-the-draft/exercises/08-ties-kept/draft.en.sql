-- Step 1: exclude test accounts
WITH active_casts AS (
  SELECT cast_id, points_per_hour
  FROM casts
  WHERE NOT is_test
),
-- Step 2: rank by points per hour
ranked AS (
  SELECT
    cast_id,
    points_per_hour,
    RANK() OVER (ORDER BY points_per_hour DESC) AS place
  FROM active_casts
)
-- Step 3: keep the casts in first place
SELECT cast_id, points_per_hour
FROM ranked
WHERE place = 1
