-- Casts shown the day before December begins, at its first moment, and later.
INSERT INTO casts VALUES
  (2, 'れん', 'GINZA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO list_impressions
SELECT 'e' || n, NULL, 1, cast_id, 'list', n, 'popular_v1', clicked, shown, shown
FROM (VALUES
  (1, 1, TRUE, TIMESTAMP '2025-11-30 12:00:00'), (2, 2, FALSE, TIMESTAMP '2025-11-30 20:00:00'), (3, 1, FALSE, TIMESTAMP '2025-12-10 12:00:00')
) AS rows_shown(n, cast_id, clicked, shown);
