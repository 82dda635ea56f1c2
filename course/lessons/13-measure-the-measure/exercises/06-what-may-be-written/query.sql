WITH arms AS (
  SELECT name, p_t - p_c AS diff, 1.96 * sqrt(p_c * (1 - p_c) / n + p_t * (1 - p_t) / n) AS half_width
  FROM (VALUES ('first', 500, 0.14, 0.16), ('second', 2000, 0.36, 0.40), ('third', 60000, 0.14, 0.141)) AS measures(name, n, p_c, p_t)
),
said AS (
  SELECT name,
         CASE WHEN diff - half_width >= 0.02 THEN 'e' WHEN diff - half_width > 0 THEN 'a'
              WHEN diff + half_width < 0.02 THEN 'd' ELSE 'c' END AS letter
  FROM arms
)
SELECT (SELECT letter FROM said WHERE name = 'first') AS first,
       (SELECT letter FROM said WHERE name = 'second') AS second,
       (SELECT letter FROM said WHERE name = 'third') AS third
