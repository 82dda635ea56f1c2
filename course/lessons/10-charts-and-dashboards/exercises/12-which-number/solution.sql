SELECT 'c' AS believe, 'a' AS click_rate, 'b' AS say
