SELECT 'c' AS believe, 'a' AS click_rate, 'c' AS say
