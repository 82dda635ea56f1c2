-- Nagoya after midnight and on both sides of 05:00; days without a talk.
INSERT INTO casts VALUES (1, 'あおい', 'NAGOYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES (1, 'たろう', 'g1@example.jp', '愛知県', 1985, 'male', 'gourmet', 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE);
INSERT INTO talks VALUES
  (2, 1, 1, 'list', TIMESTAMP '2025-06-03 16:30:00', NULL), (1, 1, 1, 'list', TIMESTAMP '2025-06-11 19:59:59', NULL), (3, 1, 1, 'list', TIMESTAMP '2025-06-20 20:00:00', NULL);
