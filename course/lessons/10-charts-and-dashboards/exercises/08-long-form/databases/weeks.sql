-- Purchases at the ends of weeks and of the period, a refund in a week without a purchase, a failure, blank channels, a test guest, two in a week.
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, channel, TIMESTAMP '2024-09-01 12:00:00', NULL, NULL, id = 3
FROM (VALUES (2, 'sns_ad'), (1, 'organic'), (3, 'organic'), (4, NULL), (5, 'search_ad'), (6, 'affiliate')) AS people(id, channel);
INSERT INTO payments
SELECT id, guest_id, kind, CASE WHEN kind = 'refund' THEN -3000 ELSE 3000 END, CASE WHEN kind = 'refund' THEN -3000 ELSE 3000 END, 'bank', NULL, status, original, paid, paid
FROM (VALUES
  (9, 1, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-06 04:59:59'), (2, 1, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-06 05:00:00'),
  (3, 1, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-08 12:00:00'), (4, 2, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-13 04:30:00'),
  (5, 2, 'refund', 'succeeded', 4, TIMESTAMP '2025-10-22 12:00:00'), (6, 3, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-08 13:00:00'),
  (7, 4, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-11-05 12:00:00'), (8, 4, 'purchase', 'failed', NULL, TIMESTAMP '2025-11-12 12:00:00'),
  (10, 5, 'purchase', 'charged_back', NULL, TIMESTAMP '2025-11-13 12:00:00'), (11, 6, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-11-18 12:00:00'),
  (12, 5, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-12-29 04:59:59'), (13, 1, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-12-29 05:00:00'),
  (14, 2, 'purchase', 'succeeded', NULL, TIMESTAMP '2025-10-02 12:00:00')
) AS paid(id, guest_id, kind, status, original, paid);
