SELECT 'a' AS reason, 'a' AS headline
