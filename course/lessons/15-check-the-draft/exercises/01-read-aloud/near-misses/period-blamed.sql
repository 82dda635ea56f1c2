SELECT 'b' AS verdict, 'd' AS mistake, 3 AS witness
