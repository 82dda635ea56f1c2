SELECT 'b' AS verdict, 'c' AS mistake, 2 AS witness
