-- アポにつながらなかったトークを抽出します
SELECT t.talk_id
FROM talks AS t
WHERE t.opened_at_utc >= TIMESTAMP '2025-11-30 20:00'
  -- アポのあるトークを除外します
  AND t.talk_id NOT IN (SELECT a.talk_id FROM appointments AS a)
