SELECT 'c' AS answer
