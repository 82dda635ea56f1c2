SELECT 1 AS a_clicks, 22 AS a_imps, 'B' AS higher, 'B' AS higher_at_14, 0 AS c_score
