SELECT 'b' AS reason, 'a' AS headline
