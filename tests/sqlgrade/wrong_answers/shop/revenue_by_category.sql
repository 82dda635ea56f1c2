--- title: Revenue of paid orders by category, the largest first
--- solution
SELECT p.category, SUM(l.quantity * l.unit_price) AS revenue
FROM order_lines l
JOIN orders o ON o.id = l.order_id
JOIN products p ON p.id = l.product_id
WHERE o.status = 'paid'
GROUP BY p.category
ORDER BY revenue DESC
--- alternative: comma joins
SELECT category, SUM(quantity * unit_price)
FROM products, order_lines, orders
WHERE products.id = product_id AND orders.id = order_id AND status = 'paid'
GROUP BY category ORDER BY 2 DESC
--- alternative: amounts in a CTE
WITH amounts AS (
  SELECT pr.category AS cat, ol.quantity * ol.unit_price AS amount
  FROM orders od JOIN order_lines ol ON ol.order_id = od.id AND od.status = 'paid'
  JOIN products pr ON ol.product_id = pr.id
)
SELECT cat, SUM(amount) AS total FROM amounts GROUP BY cat ORDER BY total DESC
--- alternative: IN
SELECT p.category, SUM(l.unit_price * l.quantity) AS r FROM order_lines l JOIN products p ON p.id = l.product_id
WHERE l.order_id IN (SELECT id FROM orders WHERE status = 'paid') GROUP BY 1 ORDER BY r DESC
--- wrong: WHERE FROM / E20 / no condition on the status
SELECT category, SUM(quantity * unit_price) FROM products, order_lines, orders
WHERE products.id = product_id AND orders.id = order_id GROUP BY category ORDER BY 2 DESC
--- wrong: SELECT / E25 / list price instead of the price paid
SELECT category, SUM(quantity * list_price) FROM products, order_lines, orders
WHERE products.id = product_id AND orders.id = order_id AND status = 'paid' GROUP BY category ORDER BY 2 DESC
--- wrong: ORDER BY / E23 / ascending
WITH a AS (SELECT pr.category AS cat, ol.quantity * ol.unit_price AS amount
  FROM orders od JOIN order_lines ol ON ol.order_id = od.id AND od.status = 'paid' JOIN products pr ON ol.product_id = pr.id)
SELECT cat, SUM(amount) AS total FROM a GROUP BY cat ORDER BY total
--- wrong: SELECT / E25 / quantity left out
WITH a AS (SELECT pr.category AS cat, ol.unit_price AS amount
  FROM orders od JOIN order_lines ol ON ol.order_id = od.id AND od.status = 'paid' JOIN products pr ON ol.product_id = pr.id)
SELECT cat, SUM(amount) AS total FROM a GROUP BY cat ORDER BY total DESC
--- wrong: FROM WHERE / E28 / product joined on the order number
SELECT category, SUM(quantity * unit_price) FROM products, order_lines, orders
WHERE products.id = order_id AND orders.id = order_id AND status = 'paid' GROUP BY category ORDER BY 2 DESC
--- wrong: WHERE / E46 / NOT IN
SELECT p.category, SUM(l.unit_price * l.quantity) AS r FROM order_lines l JOIN products p ON p.id = l.product_id
WHERE l.order_id NOT IN (SELECT id FROM orders WHERE status = 'paid') GROUP BY 1 ORDER BY r DESC
--- wrong: SELECT / E45 / average instead of sum
SELECT p.category, AVG(l.unit_price * l.quantity) AS r FROM order_lines l JOIN products p ON p.id = l.product_id
WHERE l.order_id IN (SELECT id FROM orders WHERE status = 'paid') GROUP BY 1 ORDER BY r DESC
