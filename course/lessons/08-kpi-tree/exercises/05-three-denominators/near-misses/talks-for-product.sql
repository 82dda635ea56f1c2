SELECT 'a' AS marketing, 'c' AS product, 'b' AS cast_ops
