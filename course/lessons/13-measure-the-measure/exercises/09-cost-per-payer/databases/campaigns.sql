-- Campaigns with several, one and no payer, and one through which nobody registered; both ends of a period and of the 30 days; two purchases; two campaigns of one channel.
INSERT INTO campaigns VALUES
  (3, '春', 'Spring', 'registration', 'search_ad', 300000, DATE '2025-04-01', DATE '2025-04-30'),
  (1, '夏', 'Summer', 'registration', 'search_ad', 500000, DATE '2025-07-01', DATE '2025-07-31'),
  (2, '紹介', 'Friends', 'registration', 'referral', 70000, DATE '2025-04-10', DATE '2025-04-20'),
  (4, '空', 'Empty', 'registration', 'affiliate', 20000, DATE '2025-05-01', DATE '2025-05-31'),
  (5, 'まとめ買い', 'Stock up', 'purchase', NULL, 90000, DATE '2025-04-07', DATE '2025-04-13'),
  (6, '動画', 'Videos', 'registration', 'sns_ad', 40000, DATE '2025-04-01', DATE '2025-04-30');
INSERT INTO guests
SELECT id, 'ゲスト' || id, CASE WHEN id <> 4 THEN 'g' || id || '@example.jp' END, '東京都', 1990, NULL, NULL, channel, moment, NULL, CASE WHEN id = 4 THEN moment + INTERVAL 90 DAY END, id = 9
FROM (VALUES
  (1, 'search_ad', TIMESTAMP '2025-03-31 20:00:00'), (2, 'search_ad', TIMESTAMP '2025-04-30 19:59:59'), (3, 'search_ad', TIMESTAMP '2025-04-30 20:00:00'),
  (4, 'search_ad', TIMESTAMP '2025-04-15 12:00:00'), (5, 'search_ad', TIMESTAMP '2025-03-31 19:59:59'), (6, 'search_ad', TIMESTAMP '2025-07-10 12:00:00'),
  (7, 'referral', TIMESTAMP '2025-04-12 12:00:00'), (8, 'referral', TIMESTAMP '2025-04-13 12:00:00'), (9, 'search_ad', TIMESTAMP '2025-04-16 12:00:00'),
  (10, 'sns_ad', TIMESTAMP '2025-04-17 12:00:00'), (11, NULL, TIMESTAMP '2025-04-18 12:00:00'), (12, 'organic', TIMESTAMP '2025-04-18 13:00:00'),
  (13, 'search_ad', TIMESTAMP '2025-04-20 12:00:00'), (14, 'search_ad', TIMESTAMP '2025-04-21 16:00:00'), (15, 'search_ad', TIMESTAMP '2025-07-31 17:00:00'),
  (16, 'referral', TIMESTAMP '2025-04-09 21:00:00'), (17, 'search_ad', TIMESTAMP '2025-06-30 17:00:00'), (18, 'search_ad', TIMESTAMP '2025-07-20 12:00:00')
) AS people(id, channel, moment);
INSERT INTO payments
SELECT id, p.guest_id, 'purchase', amount, amount, 'card', 'c' || p.guest_id, status, NULL, g.registered_at_utc + INTERVAL 9 HOUR + to_seconds(after_s), g.registered_at_utc + INTERVAL 9 HOUR + to_seconds(after_s)
FROM (VALUES
  (1, 1, 5000, 'succeeded', 3600), (2, 1, 5000, 'succeeded', 7200), (3, 2, 3000, 'succeeded', 2591999), (4, 3, 3000, 'succeeded', 60),
  (5, 4, 8000, 'succeeded', 2592000), (6, 5, 8000, 'failed', 100), (7, 6, 4000, 'succeeded', 9000), (8, 7, 4000, 'failed', 100),
  (9, 8, 6000, 'charged_back', 100), (10, 9, 6000, 'succeeded', 100), (11, 11, 6000, 'succeeded', 100), (12, 12, 9000, 'succeeded', 100),
  (13, 13, 9000, 'succeeded', 2570000), (14, 14, 2000, 'succeeded', 5000000), (15, 16, 2000, 'succeeded', 50), (16, 16, 7000, 'succeeded', 5000000),
  (17, 17, 7000, 'succeeded', 500), (18, 15, 7000, 'succeeded', 500), (19, 10, 1500, 'failed', 500), (20, 10, 1500, 'succeeded', 2700000),
  (21, 18, 2500, 'succeeded', 2640000)
) AS p(id, guest_id, amount, status, after_s)
JOIN guests AS g ON g.guest_id = p.guest_id;
INSERT INTO payments
SELECT 100, 16, 'refund', -2000, -2000, 'card', 'c16', 'succeeded', 15, TIMESTAMP '2025-04-15 12:00:00', TIMESTAMP '2025-04-15 12:00:00'
UNION ALL
SELECT 101, 8, 'refund', -6000, -6000, 'card', 'c8', 'succeeded', 9, TIMESTAMP '2025-04-20 12:00:00', TIMESTAMP '2025-04-20 12:00:00';
