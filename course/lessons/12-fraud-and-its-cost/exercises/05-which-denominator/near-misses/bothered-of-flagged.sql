SELECT 'a' AS precision_, 'b' AS recall_, 'a' AS bothered
