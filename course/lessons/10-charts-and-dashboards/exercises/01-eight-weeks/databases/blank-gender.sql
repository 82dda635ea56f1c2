-- Registrations of guests who left everything blank.
INSERT INTO guests VALUES
  (2, 'けん', 'g2@example.jp', NULL, NULL, NULL, NULL, NULL, TIMESTAMP '2025-11-10 12:00:00', NULL, NULL, FALSE),
  (1, 'ゆき', 'g1@example.jp', '東京都', 1990, 'female', 'music', 'organic', TIMESTAMP '2025-11-11 12:00:00', NULL, NULL, FALSE);
