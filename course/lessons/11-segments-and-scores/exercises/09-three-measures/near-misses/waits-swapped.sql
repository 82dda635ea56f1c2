SELECT 'a' AS click_rate, 'c' AS breakthrough, 'b' AS sales
