--- title: Each customer's first order
--- solution
SELECT customer_id, id, ordered_at FROM orders
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at, id) = 1
--- alternative: numbered in a sub-query
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, row_number() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.id) AS rn FROM orders o
) t WHERE t.rn = 1
--- alternative: none before
SELECT a.customer_id, a.id, a.ordered_at FROM orders a
WHERE NOT EXISTS (SELECT 1 FROM orders b WHERE b.customer_id = a.customer_id
  AND (b.ordered_at < a.ordered_at OR (b.ordered_at = a.ordered_at AND b.id < a.id)))
--- alternative: DISTINCT ON
SELECT DISTINCT ON (customer_id) customer_id, id, ordered_at FROM orders ORDER BY customer_id, ordered_at, id
--- wrong: WINDOW / E37 / the last order
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, row_number() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at DESC, o.id) AS rn FROM orders o
) t WHERE t.rn = 1
--- wrong: WINDOW / E37 / the first order of all
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, row_number() OVER (ORDER BY o.ordered_at, o.id) AS rn FROM orders o
) t WHERE t.rn = 1
--- wrong: WINDOW / E38 / ties kept
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, rank() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at) AS rn FROM orders o
) t WHERE t.rn = 1
--- wrong: WHERE / E22 / the first two
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, row_number() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.id) AS rn FROM orders o
) t WHERE t.rn <= 2
--- wrong: WHERE / E20 / of all customers together
SELECT a.customer_id, a.id, a.ordered_at FROM orders a
WHERE NOT EXISTS (SELECT 1 FROM orders b WHERE b.ordered_at < a.ordered_at OR (b.ordered_at = a.ordered_at AND b.id < a.id))
--- wrong: WHERE / E20 / paid orders only
SELECT t.customer_id, t.id, t.ordered_at FROM (
  SELECT o.*, row_number() OVER (PARTITION BY o.customer_id ORDER BY o.ordered_at, o.id) AS rn FROM orders o
  WHERE o.status = 'paid'
) t WHERE t.rn = 1
