SELECT 'a' AS verdict, 'a' AS mistake, 4 AS witness
