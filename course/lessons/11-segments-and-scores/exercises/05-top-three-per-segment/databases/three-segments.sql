-- Three segments with other mean rates: few impressions and only clicks, equal scores at the cut, many clicks at a low rate; a retired cast, a test cast, a test guest, searches, edges of the period.
INSERT INTO casts
SELECT c, 'キャスト' || c, CASE WHEN c % 2 = 0 THEN 'SHIBUYA' ELSE 'OSAKA' END, 'gold', 'music', 6000, TIMESTAMP '2024-06-01 12:00:00',
       CASE WHEN c = 7 THEN TIMESTAMP '2025-12-01 12:00:00' END, c = 8
FROM (VALUES (7), (2), (4), (1), (8), (3), (6), (5)) AS n(c);
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', prefecture, 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, id = 4
FROM (VALUES (3, NULL), (1, '東京都'), (5, '東京都'), (2, '大阪府'), (4, '東京都')) AS people(id, prefecture);
INSERT INTO sessions VALUES
  (1, 1, 'd1', 'ios', '3.6.0', TIMESTAMP '2025-10-06 12:00:00', NULL), (2, 1, 'd1', 'ios', '3.6.0', TIMESTAMP '2025-10-07 12:00:00', NULL),
  (3, 2, 'd2', 'android', '3.6.0', TIMESTAMP '2025-10-08 12:00:00', NULL), (4, 2, 'd2', 'android', '3.6.0', TIMESTAMP '2025-10-09 12:00:00', NULL);
INSERT INTO list_impressions
SELECT 'A' || cast_id || '-' || guest_id || '-' || i, NULL, CASE WHEN guest_id = 1 AND i % 3 = 1 THEN 5 ELSE guest_id END, cast_id,
       'list', 1 + i % 9, 'taste_v2', i < clicks, TIMESTAMP '2025-10-05 12:00:00' + to_minutes(i * 700 + cast_id), TIMESTAMP '2025-12-31 12:00:00'
FROM (VALUES
  (1, 1, 40, 9), (2, 1, 3, 3), (3, 1, 12, 5), (4, 1, 30, 2), (5, 1, 20, 6), (1, 2, 30, 4), (2, 2, 24, 2), (3, 2, 2, 1),
  (4, 2, 12, 3), (5, 2, 12, 3), (6, 2, 12, 3), (1, 3, 6, 0), (2, 3, 1, 1), (4, 3, 9, 3), (5, 3, 5, 1), (6, 3, 4, 2),
  (7, 1, 9, 9), (8, 2, 9, 9), (4, 4, 9, 9)
) AS shown(cast_id, guest_id, imps, clicks), range(0, 40) AS number(i)
WHERE i < imps;
INSERT INTO list_impressions VALUES
  ('E1', NULL, 1, 6, 'list', 1, 'popular_v1', TRUE, TIMESTAMP '2025-09-30 19:59:59', TIMESTAMP '2025-09-30 20:01:00'),
  ('E2', NULL, 2, 6, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-09-30 20:00:00', TIMESTAMP '2025-09-30 20:01:00'),
  ('E3', NULL, 1, 6, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 19:59:59', TIMESTAMP '2025-12-31 20:00:00'),
  ('E4', NULL, 1, 6, 'list', 1, 'taste_v2', TRUE, TIMESTAMP '2025-12-31 20:00:00', TIMESTAMP '2025-12-31 20:00:30'),
  ('E5', NULL, 3, 6, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-05 12:00:00', TIMESTAMP '2025-11-05 12:01:00'),
  ('E6', NULL, 3, 6, 'search', 1, 'taste_v2', TRUE, TIMESTAMP '2025-11-06 12:00:00', TIMESTAMP '2025-11-06 12:01:00');
