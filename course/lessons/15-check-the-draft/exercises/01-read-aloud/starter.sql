SELECT '___' AS verdict, '___' AS mistake, ___ AS witness
