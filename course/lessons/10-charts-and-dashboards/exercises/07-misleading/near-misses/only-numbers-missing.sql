SELECT 'd' AS figure_1, 'd' AS figure_2, 'd' AS figure_3
