WITH gap AS (
  SELECT -- shibuya_change, others_change, diff_in_diff, half_width
  FROM lesson.area_rates
)
SELECT ROUND(shibuya_change, 4) AS shibuya_change,
       ROUND(others_change, 4) AS others_change,
       ROUND(diff_in_diff, 4) AS diff_in_diff,
       ROUND(diff_in_diff - half_width, 4) AS ci_low,
       ROUND(diff_in_diff + half_width, 4) AS ci_high
FROM gap
