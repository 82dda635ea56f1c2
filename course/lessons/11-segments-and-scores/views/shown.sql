SELECT CASE WHEN g.prefecture IS NULL THEN 'unknown'
            WHEN g.prefecture = '東京都' THEN 'tokyo'
            ELSE 'other' END AS segment,
       i.cast_id,
       CASE WHEN i.is_clicked THEN 1 ELSE 0 END AS clicked
FROM list_impressions AS i
JOIN guests AS g ON g.guest_id = i.guest_id
JOIN casts AS c ON c.cast_id = i.cast_id
WHERE i.screen = 'list'
  AND NOT g.is_test
  AND NOT c.is_test
  AND c.retired_at_utc IS NULL
  AND i.shown_at_utc >= TIMESTAMP '2025-09-30 20:00'
  AND i.shown_at_utc < TIMESTAMP '2025-12-31 20:00'
