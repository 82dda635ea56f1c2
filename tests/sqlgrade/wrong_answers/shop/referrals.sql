--- title: Customers with the name of who referred them, or a dash
--- solution
SELECT c.name, COALESCE(r.name, '-') AS referrer FROM customers c LEFT JOIN customers r ON r.id = c.referred_by
--- alternative: correlated
SELECT k.name, COALESCE((SELECT w.name FROM customers w WHERE w.id = k.referred_by), '-') FROM customers k
--- alternative: CASE
SELECT a.name, CASE WHEN b.id IS NULL THEN '-' ELSE b.name END AS by_whom FROM customers a LEFT JOIN customers b ON a.referred_by = b.id
--- wrong: FROM / E27 / inner join
SELECT a.name, CASE WHEN b.id IS NULL THEN '-' ELSE b.name END FROM customers a JOIN customers b ON a.referred_by = b.id
--- wrong: FROM / E28 / the wrong way round
SELECT a.name, CASE WHEN b.id IS NULL THEN '-' ELSE b.name END FROM customers a LEFT JOIN customers b ON b.referred_by = a.id
--- wrong: SELECT / E33 / NULL instead of a dash
SELECT a.name, b.name FROM customers a LEFT JOIN customers b ON a.referred_by = b.id
--- wrong: SELECT / E43 / the customer twice
SELECT a.name, CASE WHEN b.id IS NULL THEN '-' ELSE a.name END FROM customers a LEFT JOIN customers b ON a.referred_by = b.id
--- wrong: SELECT / E44 / DISTINCT
SELECT DISTINCT k.name, COALESCE((SELECT w.name FROM customers w WHERE w.id = k.referred_by), '-') FROM customers k
