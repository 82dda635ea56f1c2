-- A test account is the newest of Tokyo; one prefecture is empty; two registrations share a moment.
INSERT INTO guests VALUES
  (1, TIMESTAMP '2025-02-01 12:00:00', '東京都', FALSE),
  (2, TIMESTAMP '2025-02-01 12:00:00', '東京都', FALSE),
  (3, TIMESTAMP '2025-02-03 22:30:00', '東京都', TRUE),
  (4, TIMESTAMP '2025-02-02 01:15:00', NULL, FALSE),
  (5, TIMESTAMP '2025-01-15 18:00:00', '大阪府', FALSE),
  (6, TIMESTAMP '2025-01-10 18:00:00', '東京都', FALSE);
INSERT INTO casts VALUES
  (1, '渋谷', 'gold', TRUE), (2, '渋谷', 'bronze', TRUE), (3, '新宿', 'gold', TRUE),
  (4, '新宿', 'silver', TRUE), (5, '渋谷', 'gold', FALSE), (6, '銀座', 'gold', TRUE);
INSERT INTO talks VALUES
  (1, 1, 1, TIMESTAMP '2025-02-01 13:00:00'), (2, 1, 1, TIMESTAMP '2025-02-02 14:00:00'),
  (3, 1, 3, TIMESTAMP '2025-02-03 15:00:00'), (4, 2, 1, TIMESTAMP '2025-02-03 15:30:00'),
  (5, 2, 2, TIMESTAMP '2025-02-04 19:00:00'), (6, 2, 1, TIMESTAMP '2025-02-05 20:00:00'),
  (7, 2, 1, TIMESTAMP '2025-02-06 20:00:00'), (8, 4, 6, TIMESTAMP '2025-02-06 16:00:00');
