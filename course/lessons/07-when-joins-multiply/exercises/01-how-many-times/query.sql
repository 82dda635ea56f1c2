WITH talks_mini AS (
  SELECT * FROM (VALUES (1, 7), (2, 7)) AS t(talk_id, guest_id)
),
payments_mini AS (
  SELECT * FROM (VALUES (91, 7, 1000), (92, 7, 2000), (93, 7, 3000)) AS p(payment_id, guest_id, amount_yen)
)
SELECT COUNT(*) AS n_rows,
       SUM(p.amount_yen) / (SELECT SUM(amount_yen) FROM payments_mini) AS times
FROM talks_mini AS t
JOIN payments_mini AS p ON p.guest_id = t.guest_id
