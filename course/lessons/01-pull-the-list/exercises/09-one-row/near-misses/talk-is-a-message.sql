SELECT 'b' AS guests, 'a' AS talks, 'a' AS messages, 'c' AS appointments
