SELECT ___ AS a_clicks, ___ AS a_imps, '___' AS higher, '___' AS higher_at_14, ___ AS c_score
