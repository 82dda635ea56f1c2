-- Buyers with one to six purchases and sales around 10,000 and 30,000 yen; equal times; refunds that take a guest below a line; someone with a refund alone, a failed payment, a test guest.
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, id = 11
FROM (VALUES (3), (1), (7), (2), (9), (5), (4), (8), (6), (10), (11), (12), (13)) AS people(id);
INSERT INTO payments
SELECT guest_id * 100 + first + i, guest_id, CASE WHEN yen < 0 THEN 'refund' ELSE 'purchase' END, yen, yen, 'card', 'c' || guest_id, status,
       CASE WHEN yen < 0 THEN guest_id * 100 END, moment + to_minutes(i), moment + to_minutes(i)
FROM (VALUES
  (1, 0, TIMESTAMP '2025-03-01 12:00:00', 3000, 1, 'succeeded'), (2, 0, TIMESTAMP '2025-12-01 12:00:00', 3000, 1, 'succeeded'), (3, 0, TIMESTAMP '2025-05-01 12:00:00', 5000, 2, 'succeeded'),
  (4, 0, TIMESTAMP '2025-11-01 12:00:00', 10000, 3, 'succeeded'), (5, 0, TIMESTAMP '2025-06-01 12:00:00', 7500, 4, 'succeeded'), (6, 0, TIMESTAMP '2025-12-20 12:00:00', 9000, 6, 'succeeded'),
  (7, 0, TIMESTAMP '2025-08-01 12:00:00', 30000, 1, 'succeeded'), (8, 0, TIMESTAMP '2025-08-01 12:00:00', 9999, 1, 'succeeded'), (9, 0, TIMESTAMP '2025-10-01 12:00:00', 12000, 1, 'succeeded'),
  (9, 50, TIMESTAMP '2025-12-28 12:00:00', -4000, 1, 'succeeded'), (10, 0, TIMESTAMP '2025-07-01 12:00:00', 2500, 1, 'succeeded'), (10, 50, TIMESTAMP '2025-12-29 12:00:00', 40000, 1, 'failed'),
  (11, 0, TIMESTAMP '2025-12-30 12:00:00', 50000, 5, 'succeeded'), (12, 0, TIMESTAMP '2025-12-10 12:00:00', 40000, 1, 'charged_back'), (13, 0, TIMESTAMP '2025-08-30 12:00:00', 3000, 1, 'charged_back'),
  (13, 50, TIMESTAMP '2025-09-01 12:00:00', -3000, 1, 'succeeded'), (6, 50, TIMESTAMP '2025-12-30 13:00:00', 9000, 1, 'charged_back')
) AS paid(guest_id, first, moment, yen, n, status), range(0, 6) AS copies(i)
WHERE i < n;
