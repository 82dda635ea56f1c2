-- A guest whose only purchase was reversed by the card company and refunded as well: a refund went through, no purchase did.
INSERT INTO guests VALUES
  (1, 'はる', 'g1@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-01 12:00:00', NULL, NULL, FALSE),
  (2, 'ゆい', 'g2@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-01-02 12:00:00', NULL, NULL, FALSE);
INSERT INTO payments VALUES
  (11, 1, 'purchase', 11000, 10000, 'card', 'c1', 'succeeded', NULL, TIMESTAMP '2025-02-01 12:00:00', TIMESTAMP '2025-02-01 12:00:00'),
  (12, 2, 'purchase', 22000, 20000, 'card', 'c2', 'charged_back', NULL, TIMESTAMP '2025-02-02 12:00:00', TIMESTAMP '2025-02-03 12:00:00'),
  (13, 2, 'refund', -22000, -20000, 'card', 'c2', 'succeeded', 12, TIMESTAMP '2025-02-03 12:00:00', TIMESTAMP '2025-02-03 12:00:00');
