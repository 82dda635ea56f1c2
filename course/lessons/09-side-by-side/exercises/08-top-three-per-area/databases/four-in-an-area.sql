-- An area with four casts and a tie at the cut, one with two, one that has only a test cast; edges of the month; a test guest.
INSERT INTO casts VALUES
  (4, 'そら', 'SHIBUYA', 'silver', 'music', 4000, TIMESTAMP '2024-02-03 10:00:00', NULL, FALSE),
  (2, 'れん', 'SHIBUYA', 'vip', 'golf', 9000, TIMESTAMP '2024-03-01 10:00:00', NULL, FALSE),
  (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE),
  (3, 'ひなた', 'SHIBUYA', 'gold', 'golf', 6000, TIMESTAMP '2024-02-02 10:00:00', NULL, FALSE),
  (6, 'みお', 'GINZA', 'standard', 'games', 3000, TIMESTAMP '2024-06-01 10:00:00', NULL, FALSE),
  (5, 'はる', 'GINZA', 'gold', 'language', 6000, TIMESTAMP '2024-07-01 10:00:00', NULL, FALSE),
  (7, 'テスト', 'NAGOYA', 'gold', 'music', 6000, TIMESTAMP '2024-01-01 10:00:00', NULL, TRUE);
INSERT INTO guests VALUES
  (2, 'はなこ', 'g2@example.jp', '東京都', 1990, 'female', 'music', 'search_ad', TIMESTAMP '2025-01-20 12:00:00', NULL, NULL, FALSE),
  (1, 'たろう', 'g1@example.jp', '東京都', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE),
  (3, '社内1', 'g3@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-02-03 12:00:00', NULL, NULL, TRUE);
INSERT INTO talks
SELECT row_number() OVER (ORDER BY cast_id, guest_id, begun, copy), guest_id, cast_id, 'list', begun, NULL
FROM (VALUES
  (2, 1, TIMESTAMP '2025-12-05 12:00:00', 4), (1, 3, TIMESTAMP '2025-12-06 12:00:00', 3), (1, 2, TIMESTAMP '2025-12-07 12:00:00', 2),
  (2, 4, TIMESTAMP '2025-12-08 12:00:00', 2), (1, 6, TIMESTAMP '2025-12-09 12:00:00', 2), (2, 5, TIMESTAMP '2025-12-10 12:00:00', 1),
  (1, 7, TIMESTAMP '2025-12-11 12:00:00', 5), (3, 4, TIMESTAMP '2025-12-12 12:00:00', 3),
  (1, 4, TIMESTAMP '2025-11-30 19:59:59', 1), (2, 2, TIMESTAMP '2025-12-31 20:00:00', 1), (1, 3, TIMESTAMP '2025-12-31 19:59:59', 1), (1, 1, TIMESTAMP '2025-11-30 20:00:00', 1)
) AS rooms(guest_id, cast_id, begun, n), range(n) AS copies(copy);
