SELECT 'b' AS guests, 'd' AS talks, 'a' AS messages, 'b' AS appointments
