-- Twelve casts: one always clicked in three impressions, equal clicks, equal rates, an equal score with more clicks and a larger number, many clicks at a low rate; a retired cast, a test cast, a test guest, a guest whose channel is not tracked, searches, edges of the period.
INSERT INTO casts
SELECT c, 'キャスト' || c, CASE WHEN c % 2 = 0 THEN 'SHIBUYA' ELSE 'OSAKA' END, 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00',
       CASE WHEN c = 14 THEN TIMESTAMP '2025-12-01 12:00:00' END, c = 15
FROM (VALUES (7), (2), (14), (11), (4), (1), (9), (15), (3), (12), (6), (10), (5), (8)) AS n(c);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', prefecture, 1990, NULL, NULL, CASE WHEN id <> 3 THEN 'organic' END, TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, id = 4
FROM (VALUES (3, NULL), (1, '東京都'), (5, '東京都'), (2, '大阪府'), (4, '東京都')) AS people(id, prefecture);
INSERT INTO sessions VALUES
  (1, 1, 'd1', 'ios', '3.6.0', TIMESTAMP '2025-10-06 12:00:00', NULL), (2, 1, 'd1', 'ios', '3.6.0', TIMESTAMP '2025-10-07 12:00:00', NULL),
  (3, 2, 'd2', 'android', '3.6.0', TIMESTAMP '2025-10-08 12:00:00', NULL), (4, 2, 'd2', 'android', '3.6.0', TIMESTAMP '2025-10-09 12:00:00', NULL);
INSERT INTO list_impressions
SELECT 'A' || cast_id || '-' || guest_id || '-' || i, NULL, CASE WHEN guest_id = 1 AND i % 3 = 1 THEN 5 ELSE guest_id END, cast_id,
       'list', 1 + i % 9, 'taste_v2', i < clicks, TIMESTAMP '2025-10-05 12:00:00' + to_minutes(i * 700 + cast_id), TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES
  (1, 1, 60, 9), (2, 1, 40, 8), (3, 2, 3, 3), (4, 2, 25, 6), (5, 1, 30, 6), (6, 2, 12, 4), (7, 1, 12, 4), (8, 1, 9, 0),
  (9, 2, 8, 2), (10, 1, 5, 2), (11, 3, 39, 9), (12, 3, 20, 1), (14, 1, 15, 15), (15, 2, 15, 15), (11, 4, 12, 12)
) AS shown(cast_id, guest_id, imps, clicks), range(0, 60) AS number(i)
WHERE i < imps;
INSERT INTO list_impressions VALUES
  ('E1', NULL, 1, 12, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-09-30 19:59:59', TIMESTAMP '2025-09-30 20:01:00'),
  ('E2', NULL, 2, 12, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-09-30 20:00:00', TIMESTAMP '2025-09-30 20:01:00'),
  ('E3', NULL, 1, 12, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 19:59:59', TIMESTAMP '2025-12-31 20:00:00'),
  ('E4', NULL, 1, 12, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 20:00:00', TIMESTAMP '2025-12-31 20:00:30'),
  ('E5', NULL, 3, 12, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-05 12:00:00', TIMESTAMP '2025-11-05 12:01:00'),
  ('E6', NULL, 3, 12, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-06 12:00:00', TIMESTAMP '2025-11-06 12:01:00');
