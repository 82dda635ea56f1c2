SELECT 'a' AS columns_needed, 'c' AS other_use, 'c' AS pasted, 'b' AS rough_table
