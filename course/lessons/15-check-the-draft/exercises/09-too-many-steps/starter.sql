SELECT '___' AS verdict, '___' AS mistake, ___ AS guests, ___ AS verified
