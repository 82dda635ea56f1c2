--- title: The three products sold most often, with the number of pieces
--- solution
SELECT p.title, SUM(l.quantity) AS pieces FROM products p JOIN order_lines l ON l.product_id = p.id
GROUP BY p.id, p.title ORDER BY pieces DESC, p.id LIMIT 3
--- alternative: ranked
WITH sums AS (SELECT product_id, SUM(quantity) AS pieces FROM order_lines GROUP BY product_id),
numbered AS (SELECT *, row_number() OVER (ORDER BY pieces DESC, product_id) AS place FROM sums)
SELECT products.title, numbered.pieces FROM numbered JOIN products ON products.id = numbered.product_id
WHERE place <= 3 ORDER BY place
--- alternative: summed first
SELECT p.title, s.pieces FROM (SELECT product_id AS pid, SUM(quantity) AS pieces FROM order_lines GROUP BY 1) s, products p
WHERE p.id = s.pid ORDER BY s.pieces DESC, s.pid LIMIT 3
--- wrong: SELECT / E45 / lines counted
SELECT p.title, s.pieces FROM (SELECT product_id AS pid, COUNT(*) AS pieces FROM order_lines GROUP BY 1) s, products p
WHERE p.id = s.pid ORDER BY s.pieces DESC, s.pid LIMIT 3
--- wrong: ORDER BY / E47 / five
SELECT p.title, s.pieces FROM (SELECT product_id AS pid, SUM(quantity) AS pieces FROM order_lines GROUP BY 1) s, products p
WHERE p.id = s.pid ORDER BY s.pieces DESC, s.pid LIMIT 5
--- wrong: ORDER BY / E23 / the least sold
SELECT p.title, s.pieces FROM (SELECT product_id AS pid, SUM(quantity) AS pieces FROM order_lines GROUP BY 1) s, products p
WHERE p.id = s.pid ORDER BY s.pieces, s.pid LIMIT 3
--- wrong: WHERE WINDOW / E22 / two
WITH sums AS (SELECT product_id, SUM(quantity) AS pieces FROM order_lines GROUP BY product_id),
numbered AS (SELECT *, row_number() OVER (ORDER BY pieces DESC, product_id) AS place FROM sums)
SELECT products.title, numbered.pieces FROM numbered JOIN products ON products.id = numbered.product_id
WHERE place < 3 ORDER BY place
--- wrong: WINDOW / E37 / the least sold, numbered
WITH sums AS (SELECT product_id, SUM(quantity) AS pieces FROM order_lines GROUP BY product_id),
numbered AS (SELECT *, row_number() OVER (ORDER BY pieces, product_id) AS place FROM sums)
SELECT products.title, numbered.pieces FROM numbered JOIN products ON products.id = numbered.product_id
WHERE place <= 3 ORDER BY place
--- wrong: GROUP BY / E26 / by price too
SELECT p.title, SUM(l.quantity) AS pieces FROM products p JOIN order_lines l ON l.product_id = p.id
GROUP BY p.id, p.title, l.unit_price ORDER BY pieces DESC, p.id LIMIT 3
