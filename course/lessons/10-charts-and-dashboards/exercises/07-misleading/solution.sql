SELECT 'b' AS figure_1, 'c' AS figure_2, 'a' AS figure_3
