SELECT 'a' AS reason, 'b' AS headline
