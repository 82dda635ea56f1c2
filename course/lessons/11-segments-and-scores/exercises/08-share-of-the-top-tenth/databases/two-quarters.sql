-- Two quarters with twelve and eleven casts, so that the top tenth has two; other casts are shown most in each; a test guest, searches, edges of the period.
INSERT INTO casts
SELECT c, 'キャスト' || c, CASE WHEN c % 2 = 0 THEN 'SHIBUYA' ELSE 'OSAKA' END, 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00',
       NULL, FALSE
FROM (VALUES (7), (2), (11), (4), (1), (9), (3), (12), (6), (10), (5), (8)) AS n(c);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', prefecture, 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, id = 4
FROM (VALUES (3, NULL), (1, '東京都'), (5, '東京都'), (2, '大阪府'), (4, '東京都')) AS people(id, prefecture);
INSERT INTO list_impressions
SELECT 'S' || cast_id || '-' || guest_id || '-' || i, NULL, CASE WHEN guest_id = 1 AND i % 3 = 1 THEN 5 ELSE guest_id END, cast_id,
       'list', 1 + i % 9, 'popular_v1', i < clicks, TIMESTAMP '2025-07-05 12:00:00' + to_minutes(i * 700 + cast_id), TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES
  (1, 1, 20, 1), (2, 1, 3, 1), (3, 1, 9, 1), (4, 1, 9, 1), (5, 1, 2, 1), (6, 1, 5, 1), (7, 1, 1, 1), (8, 1, 6, 1),
  (9, 1, 4, 1), (10, 1, 3, 1), (11, 1, 2, 1), (12, 1, 7, 1)
) AS shown(cast_id, guest_id, imps, clicks), range(0, 20) AS number(i)
WHERE i < imps;
INSERT INTO list_impressions
SELECT 'A' || cast_id || '-' || guest_id || '-' || i, NULL, CASE WHEN guest_id = 1 AND i % 3 = 1 THEN 5 ELSE guest_id END, cast_id,
       'list', 1 + i % 9, 'taste_v2', i < clicks, TIMESTAMP '2025-10-05 12:00:00' + to_minutes(i * 700 + cast_id), TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES
  (1, 2, 4, 0), (2, 2, 16, 0), (3, 2, 6, 0), (4, 2, 5, 0), (5, 2, 12, 0), (6, 2, 2, 0), (7, 2, 3, 0), (8, 2, 1, 0),
  (9, 2, 2, 0), (10, 2, 1, 0), (11, 2, 8, 0), (12, 4, 14, 3)
) AS shown(cast_id, guest_id, imps, clicks), range(0, 16) AS number(i)
WHERE i < imps;
INSERT INTO list_impressions VALUES
  ('E1', NULL, 1, 9, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-09-30 19:59:59', TIMESTAMP '2025-09-30 20:01:00'),
  ('E2', NULL, 2, 9, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-09-30 20:00:00', TIMESTAMP '2025-09-30 20:01:00'),
  ('E3', NULL, 1, 9, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 19:59:59', TIMESTAMP '2025-12-31 20:00:00'),
  ('E4', NULL, 1, 9, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 20:00:00', TIMESTAMP '2025-12-31 20:00:30'),
  ('E5', NULL, 3, 9, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-05 12:00:00', TIMESTAMP '2025-11-05 12:01:00'),
  ('E6', NULL, 3, 9, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-06 12:00:00', TIMESTAMP '2025-11-06 12:01:00');
INSERT INTO list_impressions VALUES
  ('F1', NULL, 1, 9, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-06-30 19:59:59', TIMESTAMP '2025-06-30 20:01:00'),
  ('F2', NULL, 1, 9, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-06-30 20:00:00', TIMESTAMP '2025-06-30 20:01:00');
