SELECT ___ AS avg_score, ___ AS sum_per_row, '___' AS reason
