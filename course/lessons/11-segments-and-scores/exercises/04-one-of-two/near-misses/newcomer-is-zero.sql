SELECT 3 AS a_clicks, 22 AS a_imps, 'B' AS higher, 'A' AS higher_at_14, 0 AS c_score
