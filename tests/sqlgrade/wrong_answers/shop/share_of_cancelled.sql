--- title: Share of cancelled orders by month, in percent with one decimal
--- solution
SELECT date_trunc('month', ordered_at) AS month,
  round(100.0 * COUNT(*) FILTER (WHERE status = 'cancelled') / COUNT(*), 1) AS share
FROM orders GROUP BY 1 ORDER BY 1
--- alternative: CASE
SELECT date_trunc('month', o.ordered_at) AS m,
  round(SUM(CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) * 100.0 / COUNT(o.id), 1) AS pct
FROM orders o GROUP BY date_trunc('month', o.ordered_at) ORDER BY m
--- alternative: average of a flag
WITH flags AS (SELECT date_trunc('month', ordered_at) AS m, CASE WHEN status = 'cancelled' THEN 100.0 ELSE 0 END AS flag FROM orders)
SELECT m, round(AVG(flag), 1) FROM flags GROUP BY m ORDER BY m
--- wrong: SELECT / E33 / ELSE missing under AVG
WITH flags AS (SELECT date_trunc('month', ordered_at) AS m, CASE WHEN status = 'cancelled' THEN 100.0 END AS flag FROM orders)
SELECT m, round(AVG(flag), 1) FROM flags GROUP BY m ORDER BY m
--- wrong: SELECT / E32 / a fraction instead of percent
SELECT date_trunc('month', o.ordered_at) AS m, round(SUM(CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) * 1.0 / COUNT(o.id), 1)
FROM orders o GROUP BY date_trunc('month', o.ordered_at) ORDER BY m
--- wrong: SELECT / E34 / integer division
SELECT date_trunc('month', o.ordered_at) AS m, round(SUM(CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) * 100 // COUNT(o.id), 1)
FROM orders o GROUP BY date_trunc('month', o.ordered_at) ORDER BY m
--- wrong: WHERE / E32 / open orders left out of the denominator
SELECT date_trunc('month', o.ordered_at) AS m, round(SUM(CASE WHEN o.status = 'cancelled' THEN 1 ELSE 0 END) * 100.0 / COUNT(o.id), 1)
FROM orders o WHERE o.status <> 'open' GROUP BY date_trunc('month', o.ordered_at) ORDER BY m
--- wrong: SELECT GROUP BY / E42 / by year
WITH flags AS (SELECT date_trunc('year', ordered_at) AS m, CASE WHEN status = 'cancelled' THEN 100.0 ELSE 0 END AS flag FROM orders)
SELECT m, round(AVG(flag), 1) FROM flags GROUP BY m ORDER BY m
--- wrong: SELECT / E48 / rounded to whole percent
WITH flags AS (SELECT date_trunc('month', ordered_at) AS m, CASE WHEN status = 'cancelled' THEN 100.0 ELSE 0 END AS flag FROM orders)
SELECT m, round(AVG(flag)) FROM flags GROUP BY m ORDER BY m
--- wrong: SELECT / E22 / the paid ones
WITH flags AS (SELECT date_trunc('month', ordered_at) AS m, CASE WHEN status = 'paid' THEN 100.0 ELSE 0 END AS flag FROM orders)
SELECT m, round(AVG(flag), 1) FROM flags GROUP BY m ORDER BY m
