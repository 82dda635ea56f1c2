SELECT 'b' AS precision_, 'a' AS recall_, 'c' AS bothered
