SELECT 'b' AS guests, 'b' AS talks, 'a' AS messages, 'c' AS appointments
