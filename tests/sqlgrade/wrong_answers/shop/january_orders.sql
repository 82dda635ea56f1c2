--- title: Orders of January 2024 with the customer's name, in the order they came in
--- solution
SELECT o.id, c.name, o.ordered_at
FROM orders o JOIN customers c ON c.id = o.customer_id
WHERE o.ordered_at >= TIMESTAMP '2024-01-01' AND o.ordered_at < TIMESTAMP '2024-02-01'
ORDER BY o.ordered_at, o.id
--- alternative: truncated to the month
SELECT orders.id, name, ordered_at FROM customers JOIN orders ON customers.id = customer_id
WHERE date_trunc('month', ordered_at) = DATE '2024-01-01' ORDER BY ordered_at, orders.id
--- alternative: year and month
SELECT o.id, (SELECT name FROM customers WHERE id = o.customer_id) AS customer, o.ordered_at FROM orders o
WHERE year(o.ordered_at) = 2024 AND month(o.ordered_at) = 1 ORDER BY 3, 1
--- alternative: range in a CTE
WITH january AS (SELECT * FROM orders WHERE CAST(ordered_at AS DATE) BETWEEN DATE '2024-01-01' AND DATE '2024-01-31')
SELECT j.id, c.name, j.ordered_at FROM january j JOIN customers c ON j.customer_id = c.id ORDER BY j.ordered_at, j.id
--- wrong: WHERE / E36 / the last day is lost
SELECT o.id, c.name, o.ordered_at FROM customers c, orders o
WHERE c.id = o.customer_id AND o.ordered_at BETWEEN '2024-01-01' AND '2024-01-31' ORDER BY o.ordered_at, o.id
--- wrong: WHERE / E20 / January of every year
SELECT o.id, (SELECT name FROM customers WHERE id = o.customer_id), o.ordered_at FROM orders o
WHERE month(o.ordered_at) = 1 ORDER BY 3, 1
--- wrong: ORDER BY / E23 / by number only
WITH january AS (SELECT * FROM orders WHERE CAST(ordered_at AS DATE) BETWEEN DATE '2024-01-01' AND DATE '2024-01-31')
SELECT j.id, c.name, j.ordered_at FROM january j JOIN customers c ON j.customer_id = c.id ORDER BY j.id
--- wrong: WHERE / E42 / the whole year
SELECT orders.id, name, ordered_at FROM customers JOIN orders ON customers.id = customer_id
WHERE date_trunc('year', ordered_at) = DATE '2024-01-01' ORDER BY ordered_at, orders.id
--- wrong: FROM / E28 / joined on the number of the order
SELECT orders.id, name, ordered_at FROM customers JOIN orders ON customers.id = orders.id
WHERE date_trunc('month', ordered_at) = DATE '2024-01-01' ORDER BY ordered_at, orders.id
