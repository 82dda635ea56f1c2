SELECT '___' AS figure_1, '___' AS figure_2, '___' AS figure_3
