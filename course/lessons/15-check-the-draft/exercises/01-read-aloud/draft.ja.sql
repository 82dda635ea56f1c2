-- 12月1日の営業日のトークに絞り込みます（05:00〜翌05:00、テスト用アカウントは除外）
WITH daily_talks AS (
  SELECT t.talk_id
  FROM talks AS t
  JOIN guests AS g ON g.guest_id = t.guest_id
  WHERE NOT g.is_test
    AND t.closed_at_utc >= TIMESTAMP '2025-11-30 20:00'
    AND t.closed_at_utc < TIMESTAMP '2025-12-01 20:00'
)
-- 件数を数えます
SELECT COUNT(*) AS talks
FROM daily_talks
