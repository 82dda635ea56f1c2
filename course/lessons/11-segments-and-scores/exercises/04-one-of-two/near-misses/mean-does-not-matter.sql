SELECT 3 AS a_clicks, 22 AS a_imps, 'B' AS higher, 'B' AS higher_at_14, 0.1 AS c_score
