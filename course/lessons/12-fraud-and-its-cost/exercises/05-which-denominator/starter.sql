SELECT '___' AS precision_, '___' AS recall_, '___' AS bothered
