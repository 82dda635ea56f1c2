SELECT 'a' AS reason, 'c' AS headline
