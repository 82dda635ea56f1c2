SELECT 'b' AS marketing, 'b' AS product, 'b' AS cast_ops
