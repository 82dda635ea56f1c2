SELECT 'b' AS verdict, 'c' AS mistake, 3 AS witness
