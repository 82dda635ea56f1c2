SELECT '___' AS guests, '___' AS talks, '___' AS messages, '___' AS appointments
