INSERT INTO guests (guest_id, nickname, email, registered_at_utc, is_test) VALUES
  (1, 'G1', 'guest1@example.jp', '2025-12-01 03:00', FALSE),
  (2, 'G2', 'guest2@example.jp', '2025-12-01 03:00', FALSE);
INSERT INTO payments (payment_id, guest_id, kind, amount_yen, points, method, status, paid_at_jst, updated_at_jst) VALUES
  (1, 1, 'purchase', 1000, 1000, 'bank', 'succeeded', '2025-12-10 12:00', '2025-12-10 12:00'),
  (2, 1, 'purchase', 1000, 1000, 'bank', 'succeeded', '2025-12-10 12:00', '2025-12-10 12:00'),
  (3, 2, 'purchase', 1000, 1000, 'bank', 'failed', '2025-12-10 12:00', '2025-12-10 12:00');
SELECT 1 AS puu;
