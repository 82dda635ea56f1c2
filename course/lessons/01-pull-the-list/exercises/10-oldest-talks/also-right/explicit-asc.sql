SELECT t.talk_id, t.opened_at_utc
FROM talks AS t
ORDER BY t.opened_at_utc ASC, t.talk_id ASC
LIMIT 5
