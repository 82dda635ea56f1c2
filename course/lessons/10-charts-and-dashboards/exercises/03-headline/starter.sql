SELECT '___' AS reason, '___' AS headline
