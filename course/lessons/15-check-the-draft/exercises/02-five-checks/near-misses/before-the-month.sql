SELECT 'b' AS verdict, 'd' AS mistake, 1 AS witness
