-- ステップ1: テスト用アカウントを除外します
WITH active_casts AS (
  SELECT cast_id, points_per_hour
  FROM casts
  WHERE NOT is_test
),
-- ステップ2: ポイントの高い順に順位を付けます
ranked AS (
  SELECT
    cast_id,
    points_per_hour,
    RANK() OVER (ORDER BY points_per_hour DESC) AS place
  FROM active_casts
)
-- ステップ3: 1位のキャストを取り出します
SELECT cast_id, points_per_hour
FROM ranked
WHERE place = 1
