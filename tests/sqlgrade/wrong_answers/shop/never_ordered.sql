--- title: Products that were never in a paid order
--- solution
SELECT p.id, p.title FROM products p
WHERE NOT EXISTS (
  SELECT 1 FROM order_lines l JOIN orders o ON o.id = l.order_id
  WHERE l.product_id = p.id AND o.status = 'paid'
)
--- alternative: NOT IN
SELECT id, title FROM products
WHERE id NOT IN (SELECT ol.product_id FROM order_lines ol, orders od WHERE od.id = ol.order_id AND od.status = 'paid')
--- alternative: outer join
WITH sold AS (
  SELECT DISTINCT l.product_id AS pid FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.status = 'paid'
)
SELECT p.id, p.title FROM products p LEFT JOIN sold s ON s.pid = p.id WHERE s.pid IS NULL
--- alternative: EXCEPT
SELECT id, title FROM products
EXCEPT
SELECT p.id, p.title FROM products p JOIN order_lines l ON l.product_id = p.id JOIN orders o ON o.id = l.order_id
WHERE o.status = 'paid'
--- wrong: WHERE / E20 / any order
SELECT id, title FROM products WHERE id NOT IN (SELECT product_id FROM order_lines)
--- wrong: WHERE / E46 / in no unpaid order
SELECT id, title FROM products
WHERE id NOT IN (SELECT ol.product_id FROM order_lines ol, orders od WHERE od.id = ol.order_id AND od.status <> 'paid')
--- wrong: WHERE / E46 / NOT forgotten
SELECT id, title FROM products
WHERE id IN (SELECT ol.product_id FROM order_lines ol, orders od WHERE od.id = ol.order_id AND od.status = 'paid')
--- wrong: FROM WHERE / E27 / inner join, so nothing is left
WITH sold AS (SELECT DISTINCT l.product_id AS pid FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.status = 'paid')
SELECT p.id, p.title FROM products p JOIN sold s ON s.pid = p.id WHERE s.pid IS NULL
--- wrong: WHERE / E10 / = NULL
WITH sold AS (SELECT DISTINCT l.product_id AS pid FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.status = 'paid')
SELECT p.id, p.title FROM products p LEFT JOIN sold s ON s.pid = p.id WHERE s.pid = NULL
--- wrong: SELECT / E43 / category instead of title
SELECT id, category FROM products
WHERE id NOT IN (SELECT ol.product_id FROM order_lines ol, orders od WHERE od.id = ol.order_id AND od.status = 'paid')
