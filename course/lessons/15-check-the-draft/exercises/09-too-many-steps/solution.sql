SELECT 'a' AS verdict, 'a' AS mistake, 3 AS guests, 2 AS verified
