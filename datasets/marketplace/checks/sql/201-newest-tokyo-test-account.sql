-- ja: 東京都の新しい登録10件に、テスト用アカウントが含まれる
-- en: A test account is among the ten newest registrations of Tokyo
-- planted ja: 10件中1件以上
-- planted en: at least one of ten
-- found ja: {1} 件中 {0} 件
-- found en: {} of {}
WITH newest AS (SELECT is_test FROM guests WHERE prefecture IN ('東京都', 'Tokyo') ORDER BY registered_at_utc DESC, guest_id LIMIT 10)
SELECT count(*) FILTER (WHERE is_test) > 0 AND count(*) FILTER (WHERE NOT is_test) > 0 AS ok,
       count(*) FILTER (WHERE is_test), count(*)
FROM newest
