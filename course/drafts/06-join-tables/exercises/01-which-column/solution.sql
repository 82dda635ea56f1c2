SELECT 'b' AS answer
