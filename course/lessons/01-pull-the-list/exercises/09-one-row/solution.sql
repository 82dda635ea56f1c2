SELECT 'b' AS guests, 'd' AS talks, 'a' AS messages, 'c' AS appointments
