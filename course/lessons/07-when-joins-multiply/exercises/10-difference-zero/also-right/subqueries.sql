SELECT channels_yen, total_yen, channels_yen - total_yen AS diff_yen
FROM (SELECT (SELECT SUM(sales)
              FROM (SELECT SUM(p.amount_yen) AS sales
                    FROM payments AS p JOIN guests AS g USING (guest_id)
                    WHERE NOT g.is_test AND p.status = 'succeeded'
                    GROUP BY g.acquisition_channel) AS per_channel) AS channels_yen,
             (SELECT SUM(p.amount_yen)
              FROM payments AS p JOIN guests AS g USING (guest_id)
              WHERE NOT g.is_test AND p.status = 'succeeded') AS total_yen) AS both_sides
