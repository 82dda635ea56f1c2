SELECT 'b' AS click_rate, 'a' AS breakthrough, 'c' AS sales
