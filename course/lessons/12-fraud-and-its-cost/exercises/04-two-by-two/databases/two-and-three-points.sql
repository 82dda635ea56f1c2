-- Fraud with exactly two points and with exactly three; a guest with a burst, an unknown channel, no prefecture and two sessions.
INSERT INTO casts VALUES (1, 'あおい', 'SHIBUYA', 'gold', 'music', 6000, TIMESTAMP '2024-02-01 10:00:00', NULL, FALSE);
INSERT INTO guests VALUES
  (2, 'はなこ', 'g2@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (1, 'たろう', 'g1@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE),
  (3, 'けん', 'g3@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-05-12 12:00:00', NULL, NULL, FALSE);
INSERT INTO sessions VALUES
  (1, 2, NULL, 'web', NULL, TIMESTAMP '2025-05-12 12:01:00', NULL), (2, 2, NULL, 'web', NULL, TIMESTAMP '2025-05-13 12:01:00', NULL);
INSERT INTO talks
SELECT guest_id * 10 + copy, guest_id, 1, NULL, TIMESTAMP '2025-05-12 12:10:00' + to_hours(CAST(copy AS INTEGER)), NULL
FROM guests, range(3) AS copies(copy) WHERE guest_id <= 2;
INSERT INTO fraud_scores SELECT guest_id, DATE '2025-05-19', 300, 'rules_2', CASE WHEN guest_id <= 2 THEN 'fraud' ELSE 'ok' END FROM guests;
