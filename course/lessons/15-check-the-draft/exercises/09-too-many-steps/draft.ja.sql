-- テスト用アカウントを除いたゲストを用意します
WITH base AS (
  SELECT guest_id, registered_at_utc, verified_at_utc
  FROM guests
  WHERE is_test = FALSE
),
-- 12月（営業日）に登録したゲストに絞り、本人確認の有無を判定します
december AS (
  SELECT guest_id, CASE WHEN verified_at_utc IS NOT NULL THEN 1 ELSE 0 END AS is_verified
  FROM base
  WHERE registered_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND registered_at_utc < TIMESTAMP '2025-12-31 20:00'
)
-- 人数を集計します
SELECT
  COUNT(guest_id) AS guests,
  COUNT(CASE WHEN is_verified = 1 THEN guest_id END) AS verified
FROM december
