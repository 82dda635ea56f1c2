WITH casts_mini AS (
  SELECT * FROM (VALUES ('gold'), ('silver'), ('gold'), ('standard'), ('silver'), ('gold')) AS c(grade)
),
with_null AS (
  SELECT grade FROM casts_mini UNION ALL VALUES (NULL), (NULL)
)
SELECT (SELECT COUNT(*) FROM (SELECT grade FROM casts_mini GROUP BY grade)) AS n_rows,
       (SELECT COUNT(*) FROM (SELECT grade FROM with_null GROUP BY grade)) AS n_rows_with_null
