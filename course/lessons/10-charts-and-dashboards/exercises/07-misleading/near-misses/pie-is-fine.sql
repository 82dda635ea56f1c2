SELECT 'b' AS figure_1, 'd' AS figure_2, 'a' AS figure_3
