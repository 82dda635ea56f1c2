SELECT 'c' AS guests, 'c' AS talks
