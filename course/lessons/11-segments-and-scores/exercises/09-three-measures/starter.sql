SELECT '___' AS click_rate, '___' AS breakthrough, '___' AS sales
