SELECT 'a' AS guests, 'b' AS talks
