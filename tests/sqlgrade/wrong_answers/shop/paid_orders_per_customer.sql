--- title: Customers with the number of their paid orders, 0 included
--- solution
SELECT c.id, c.name, COUNT(o.id) AS paid_orders
FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'
GROUP BY c.id, c.name
--- alternative: counted in a CTE
WITH paid AS (SELECT customer_id, COUNT(*) AS n FROM orders WHERE status = 'paid' GROUP BY customer_id)
SELECT customers.id, customers.name, COALESCE(paid.n, 0)
FROM customers LEFT JOIN paid ON paid.customer_id = customers.id
--- alternative: correlated sub-query
SELECT k.id, k.name, (SELECT COUNT(*) FROM orders x WHERE x.customer_id = k.id AND x.status = 'paid') AS n
FROM customers k
--- alternative: conditional count
SELECT c.id, MIN(c.name) AS name, COUNT(*) FILTER (WHERE o.status = 'paid') AS n
FROM customers AS c LEFT JOIN orders AS o ON c.id = o.customer_id GROUP BY c.id
--- wrong: FROM WHERE / E29 / the condition in WHERE drops those without a paid order
SELECT c.id, c.name, COUNT(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
WHERE o.status = 'paid' GROUP BY c.id, c.name
--- wrong: SELECT / E30 / rows counted instead of orders
SELECT c.id, c.name, COUNT(*) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'
GROUP BY c.id, c.name
--- wrong: FROM / E27 / inner join
SELECT c.id, c.name, COUNT(o.id) FROM customers c JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'
GROUP BY c.id, c.name
--- wrong: WHERE FROM / E20 / cancelled and open orders counted too, in a CTE
WITH p AS (SELECT customer_id, COUNT(*) AS n FROM orders GROUP BY customer_id)
SELECT k.id, k.name, COALESCE(p.n, 0) FROM customers k LEFT JOIN p ON p.customer_id = k.id
--- wrong: SELECT / E33 / NULL instead of 0
WITH p AS (SELECT customer_id, COUNT(*) AS n FROM orders WHERE status = 'paid' GROUP BY customer_id)
SELECT k.id, k.name, p.n FROM customers k LEFT JOIN p ON p.customer_id = k.id
--- wrong: WHERE / E22 / everything but cancelled, correlated
SELECT k.id, k.name, (SELECT COUNT(*) FROM orders x WHERE x.customer_id = k.id AND x.status <> 'cancelled')
FROM customers k
--- wrong: GROUP BY / E26 / one row per order
SELECT c.id, c.name, COUNT(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'
GROUP BY c.id, c.name, o.id
