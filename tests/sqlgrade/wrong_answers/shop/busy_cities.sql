--- title: Cities with at least two customers, by number of customers and name
--- solution
SELECT city, COUNT(*) AS customers FROM customers WHERE city IS NOT NULL
GROUP BY city HAVING COUNT(*) >= 2 ORDER BY customers DESC, city
--- alternative: filtered outside
SELECT x.city, x.n FROM (SELECT city, COUNT(id) AS n FROM customers WHERE NOT city IS NULL GROUP BY city) x
WHERE x.n > 1 ORDER BY x.n DESC, x.city
--- alternative: in a CTE
WITH per_city AS (SELECT city, COUNT(*) AS n FROM customers GROUP BY city)
SELECT city, n FROM per_city WHERE n >= 2 AND city IS NOT NULL ORDER BY 2 DESC, 1
--- wrong: WHERE / E22 / more than two
SELECT x.city, x.n FROM (SELECT city, COUNT(id) AS n FROM customers WHERE NOT city IS NULL GROUP BY city) x
WHERE x.n > 2 ORDER BY x.n DESC, x.city
--- wrong: WHERE / E10 / unknown city counted as one
WITH per_city AS (SELECT city, COUNT(*) AS n FROM customers GROUP BY city)
SELECT city, n FROM per_city WHERE n >= 2 ORDER BY 2 DESC, 1
--- wrong: ORDER BY / E23 / sorted by name first
SELECT x.city, x.n FROM (SELECT city, COUNT(id) AS n FROM customers WHERE NOT city IS NULL GROUP BY city) x
WHERE x.n > 1 ORDER BY x.city, x.n DESC
--- wrong: SELECT / E24 / names counted instead of customers
SELECT x.city, x.n FROM (SELECT city, COUNT(DISTINCT name) AS n FROM customers WHERE NOT city IS NULL GROUP BY city) x
WHERE x.n > 1 ORDER BY x.n DESC, x.city
--- wrong: HAVING / E20 / every city
SELECT city, COUNT(*) AS n FROM customers WHERE city IS NOT NULL GROUP BY city ORDER BY n DESC, city
--- wrong: GROUP BY / E26 / per city and referrer
SELECT city, COUNT(*) AS n FROM customers WHERE city IS NOT NULL GROUP BY city, referred_by HAVING COUNT(*) > 1 ORDER BY n DESC, city
