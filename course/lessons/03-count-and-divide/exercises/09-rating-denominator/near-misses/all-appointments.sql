SELECT 'a' AS answer
