select talk_id, opened_at_utc from talks order by 2, 1 limit 5
