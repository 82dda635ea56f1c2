--- title: Each order's amount and the customer's running total
--- solution
SELECT o.customer_id, o.id, SUM(l.quantity * l.unit_price) AS amount,
  SUM(SUM(l.quantity * l.unit_price)) OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.id
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS so_far
FROM orders o JOIN order_lines l ON l.order_id = o.id
GROUP BY o.customer_id, o.id, o.ordered_at
--- alternative: amounts in a CTE
WITH amounts AS (
  SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY ALL
)
SELECT customer_id, id, amount, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_at, id ROWS UNBOUNDED PRECEDING) AS total
FROM amounts
--- alternative: self-join
WITH amounts AS (
  SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o, order_lines l WHERE l.order_id = o.id GROUP BY 1, 2, 3
)
SELECT a.customer_id, a.id, a.amount, SUM(b.amount) AS total
FROM amounts a JOIN amounts b ON b.customer_id = a.customer_id AND (b.ordered_at, b.id) <= (a.ordered_at, a.id)
GROUP BY a.customer_id, a.id, a.amount
--- wrong: WINDOW / E37 / over all customers
WITH amounts AS (SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY ALL)
SELECT customer_id, id, amount, SUM(amount) OVER (ORDER BY ordered_at, id ROWS UNBOUNDED PRECEDING) FROM amounts
--- wrong: WINDOW / E37 / no order, so the whole total
WITH amounts AS (SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY ALL)
SELECT customer_id, id, amount, SUM(amount) OVER (PARTITION BY customer_id) FROM amounts
--- wrong: FROM / E27 / orders without lines kept
WITH amounts AS (SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id GROUP BY ALL)
SELECT customer_id, id, amount, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_at, id ROWS UNBOUNDED PRECEDING) FROM amounts
--- wrong: WINDOW / E37 / the last three only
WITH amounts AS (SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY ALL)
SELECT customer_id, id, amount, SUM(amount) OVER (PARTITION BY customer_id ORDER BY ordered_at, id ROWS 2 PRECEDING) FROM amounts
--- wrong: FROM / E22 / without the order itself
WITH amounts AS (SELECT o.customer_id, o.id, o.ordered_at, SUM(l.quantity * l.unit_price) AS amount
  FROM orders o, order_lines l WHERE l.order_id = o.id GROUP BY 1, 2, 3)
SELECT a.customer_id, a.id, a.amount, SUM(b.amount) FROM amounts a
JOIN amounts b ON b.customer_id = a.customer_id AND (b.ordered_at, b.id) < (a.ordered_at, a.id) GROUP BY a.customer_id, a.id, a.amount
