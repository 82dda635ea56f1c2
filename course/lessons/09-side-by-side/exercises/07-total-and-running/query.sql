WITH days AS (
  SELECT id, d, n,
         SUM(n) OVER () AS total,
         SUM(n) OVER (ORDER BY d) AS by_day,
         SUM(n) OVER (ORDER BY d, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS by_row
  FROM (VALUES (1, 1, 10), (2, 2, 20), (3, 2, 30), (4, 3, 40)) AS paid(id, d, n)
)
SELECT total, by_day, by_row FROM days WHERE id = 2
