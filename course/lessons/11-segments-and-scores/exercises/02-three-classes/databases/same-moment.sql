-- Two buyers who last paid at one moment, on either side of a third; in one third, more purchases and higher sales fall to different buyers.
INSERT INTO guests
SELECT id, 'ゲスト' || id, 'g' || id || '@example.jp', '東京都', 1990, NULL, NULL, 'organic', TIMESTAMP '2025-01-10 12:00:00', NULL, NULL, FALSE
FROM (VALUES (3), (1), (6), (2), (5), (4)) AS people(id);
INSERT INTO payments
SELECT row_number() OVER (ORDER BY moment, guest_id), guest_id, 'purchase', yen, yen, 'card', 'c' || guest_id, 'succeeded', NULL, moment, moment
FROM (VALUES
  (1, TIMESTAMP '2025-03-01 12:00:00', 30000), (2, TIMESTAMP '2025-04-01 12:00:00', 3000), (2, TIMESTAMP '2025-04-02 12:00:00', 3000),
  (3, TIMESTAMP '2025-05-01 12:00:00', 3000), (4, TIMESTAMP '2025-06-01 12:00:00', 30000), (5, TIMESTAMP '2025-06-01 12:00:00', 3000),
  (6, TIMESTAMP '2025-07-01 12:00:00', 3000)
) AS paid(guest_id, moment, yen);
