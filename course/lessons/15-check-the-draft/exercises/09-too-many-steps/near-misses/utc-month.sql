SELECT 'a' AS verdict, 'a' AS mistake, 4 AS guests, 3 AS verified
