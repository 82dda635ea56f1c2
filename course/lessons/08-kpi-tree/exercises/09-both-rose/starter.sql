SELECT ___ AS before_pct, ___ AS after_pct, '___' AS answer
