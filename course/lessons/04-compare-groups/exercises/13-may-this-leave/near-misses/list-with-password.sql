SELECT 'a' AS columns_needed, 'b' AS other_use, 'b' AS pasted, 'b' AS rough_table
