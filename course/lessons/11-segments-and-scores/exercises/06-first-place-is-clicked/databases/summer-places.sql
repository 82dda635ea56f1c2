-- July to September 2025: twelve casts who stand on top or below, so that the click rate follows the place more than the cast; one always clicked in three impressions; searches, a test guest, edges of the period.
INSERT INTO casts
SELECT c, 'キャスト' || c, CASE WHEN c % 2 = 0 THEN 'SHIBUYA' ELSE 'OSAKA' END, 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00',
       NULL, FALSE
FROM (VALUES (7), (2), (11), (4), (1), (9), (3), (12), (6), (10), (5), (8)) AS n(c);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', prefecture, 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, id = 4
FROM (VALUES (3, NULL), (1, '東京都'), (5, '東京都'), (2, '大阪府'), (4, '東京都')) AS people(id, prefecture);
INSERT INTO list_impressions
SELECT 'S' || c || '-' || i, NULL, CASE WHEN i % 3 = 0 THEN 2 WHEN i % 3 = 1 THEN 5 ELSE 1 END, c, 'list', place + CASE WHEN i % 4 = 3 THEN step ELSE 0 END, 'popular_v1', i < clicks,
       TIMESTAMP '2025-07-01 12:00:00' + to_minutes(i * 900 + c), TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES (1, 1, 0, 18, 10), (2, 1, 1, 14, 5), (3, 2, 0, 9, 5), (4, 2, 2, 12, 2), (5, 1, 2, 11, 3), (6, 3, 0, 10, 4), (7, 3, 1, 8, 1), (8, 4, 0, 7, 3), (9, 4, 1, 9, 1), (10, 5, 0, 6, 3), (11, 5, 1, 5, 0), (12, 3, 2, 3, 3)) AS shown(c, place, step, imps, clicks), range(0, 18) AS number(i)
WHERE i < imps;
INSERT INTO list_impressions
SELECT 'T' || i, NULL, CASE WHEN i < 6 THEN 4 ELSE 2 END, 10, CASE WHEN i < 6 THEN 'list' ELSE 'search' END, 4, 'popular_v1', TRUE, TIMESTAMP '2025-08-01 12:00:00' + to_minutes(i), TIMESTAMP '2025-12-31 12:00:00'
FROM range(0, 12) AS number(i);
INSERT INTO list_impressions VALUES
  ('F1', NULL, 1, 9, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-06-30 19:59:59', TIMESTAMP '2025-06-30 20:01:00'),
  ('F2', NULL, 1, 9, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-06-30 20:00:00', TIMESTAMP '2025-06-30 20:01:00'),
  ('F3', NULL, 2, 8, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-09-30 19:59:59', TIMESTAMP '2025-09-30 20:00:00'),
  ('F4', NULL, 2, 8, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-09-30 20:00:00', TIMESTAMP '2025-09-30 20:00:30'),
  ('F5', NULL, 2, 8, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-10-02 12:00:00', TIMESTAMP '2025-10-02 12:00:30');
