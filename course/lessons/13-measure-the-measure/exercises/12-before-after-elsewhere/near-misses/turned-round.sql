WITH gap AS (
  SELECT s_during - s_before AS shibuya_change,
         o_during - o_before AS others_change,
         (o_during - o_before) - (s_during - s_before) AS diff_in_diff,
         1.96 * sqrt(s_before * (1 - s_before) / n_s_before + s_during * (1 - s_during) / n_s_during + o_before * (1 - o_before) / n_o_before + o_during * (1 - o_during) / n_o_during) AS half_width
  FROM lesson.area_rates
)
SELECT ROUND(shibuya_change, 4) AS shibuya_change,
       ROUND(others_change, 4) AS others_change,
       ROUND(diff_in_diff, 4) AS diff_in_diff,
       ROUND(diff_in_diff - half_width, 4) AS ci_low,
       ROUND(diff_in_diff + half_width, 4) AS ci_high
FROM gap
