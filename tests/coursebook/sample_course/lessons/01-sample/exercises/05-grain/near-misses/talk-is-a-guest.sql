SELECT 'a' AS guests, 'a' AS talks
