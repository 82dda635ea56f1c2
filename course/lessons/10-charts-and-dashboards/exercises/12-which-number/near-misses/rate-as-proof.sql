SELECT 'c' AS believe, 'b' AS click_rate, 'b' AS say
