SELECT 'a' AS precision_, 'b' AS recall_, 'c' AS bothered
