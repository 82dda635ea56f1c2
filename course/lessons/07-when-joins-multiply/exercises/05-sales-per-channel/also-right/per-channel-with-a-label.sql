WITH who AS (SELECT guest_id, COALESCE(acquisition_channel, '-') AS channel FROM guests WHERE NOT is_test),
     a AS (SELECT channel, COUNT(*) AS n FROM who GROUP BY channel),
     b AS (SELECT channel, COUNT(*) AS n FROM who JOIN talks USING (guest_id) GROUP BY channel),
     c AS (SELECT channel, SUM(amount_yen) AS s FROM who JOIN payments USING (guest_id) WHERE status = 'succeeded' GROUP BY channel)
SELECT NULLIF(a.channel, '-') AS channel, a.n AS guests, COALESCE(b.n, 0) AS talks, COALESCE(c.s, 0) AS sales_yen
FROM a LEFT JOIN b USING (channel) LEFT JOIN c USING (channel)
