SELECT '___' AS believe, '___' AS click_rate, '___' AS say
