SELECT 1 AS a_clicks, 2 AS a_imps, 'A' AS higher, 'A' AS higher_at_14, 0 AS c_score
