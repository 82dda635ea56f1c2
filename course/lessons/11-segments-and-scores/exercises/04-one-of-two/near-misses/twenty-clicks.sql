SELECT 21 AS a_clicks, 22 AS a_imps, 'A' AS higher, 'A' AS higher_at_14, 1 AS c_score
