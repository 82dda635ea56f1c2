SELECT ROUND(s_during - s_before, 4) AS shibuya_change,
       ROUND(o_during - o_before, 4) AS others_change,
       ROUND((s_during - s_before) - (o_during - o_before), 4) AS diff_in_diff,
       ROUND((s_during - s_before) - (o_during - o_before) - 1.96 * sqrt(s_before * (1 - s_before) / n_s_before + s_during * (1 - s_during) / n_s_during + o_before * (1 - o_before) / n_o_before + o_during * (1 - o_during) / n_o_during), 4) AS ci_low,
       ROUND((s_during - s_before) - (o_during - o_before) + 1.96 * sqrt(s_before * (1 - s_before) / n_s_before + s_during * (1 - s_during) / n_s_during + o_before * (1 - o_before) / n_o_before + o_during * (1 - o_during) / n_o_during), 4) AS ci_high
FROM lesson.area_rates
