SELECT 'b' AS figure_1, 'c' AS figure_2, 'd' AS figure_3
