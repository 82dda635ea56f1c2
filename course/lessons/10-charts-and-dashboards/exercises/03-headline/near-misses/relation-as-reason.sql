SELECT 'c' AS reason, 'a' AS headline
