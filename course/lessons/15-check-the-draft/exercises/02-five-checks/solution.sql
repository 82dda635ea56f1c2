SELECT 'b' AS verdict, 'd' AS mistake, 4 AS witness
