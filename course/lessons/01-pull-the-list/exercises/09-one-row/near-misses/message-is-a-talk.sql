SELECT 'b' AS guests, 'd' AS talks, 'd' AS messages, 'c' AS appointments
