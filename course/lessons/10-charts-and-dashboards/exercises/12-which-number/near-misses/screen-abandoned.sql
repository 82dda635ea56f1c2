SELECT 'c' AS believe, 'c' AS click_rate, 'b' AS say
