SELECT 'c' AS columns_needed, 'b' AS other_use, 'c' AS pasted, 'b' AS rough_table
