SELECT 'a' AS believe, 'a' AS click_rate, 'a' AS say
