WITH p AS (SELECT guest_id, SUM(amount_yen) AS sales FROM payments WHERE status = 'succeeded' GROUP BY guest_id),
c AS (SELECT g.acquisition_channel, SUM(p.sales) AS sales FROM guests AS g LEFT JOIN p ON p.guest_id = g.guest_id WHERE NOT g.is_test GROUP BY g.acquisition_channel),
total AS (SELECT SUM(amount_yen) AS sales FROM payments WHERE status = 'succeeded' AND guest_id IN (SELECT guest_id FROM guests WHERE NOT is_test))
SELECT (SELECT SUM(sales) FROM c) AS channels_yen, sales AS total_yen, (SELECT SUM(sales) FROM c) - sales AS diff_yen
FROM total
