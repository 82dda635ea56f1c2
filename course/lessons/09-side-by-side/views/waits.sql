SELECT g.talk_id, g.opened_at_utc, date_diff('minute', g.opened_at_utc, MIN(m.sent_at_utc)) AS wait_min
FROM lesson.guest_talks AS g
LEFT JOIN messages AS m ON m.talk_id = g.talk_id AND m.sender = 'cast'
GROUP BY g.talk_id, g.opened_at_utc
