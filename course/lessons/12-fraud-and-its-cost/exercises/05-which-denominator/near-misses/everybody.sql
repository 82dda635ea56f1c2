SELECT 'd' AS precision_, 'd' AS recall_, 'd' AS bothered
