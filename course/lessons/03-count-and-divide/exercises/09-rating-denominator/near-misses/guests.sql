SELECT 'd' AS answer
