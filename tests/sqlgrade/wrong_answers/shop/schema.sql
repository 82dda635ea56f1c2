CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name VARCHAR NOT NULL,
  city VARCHAR,
  signed_up DATE NOT NULL,
  referred_by INTEGER REFERENCES customers (id)
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  title VARCHAR NOT NULL,
  category VARCHAR NOT NULL,
  list_price INTEGER NOT NULL CHECK (list_price > 0),
  cost INTEGER
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  status VARCHAR NOT NULL CHECK (status IN ('paid', 'open', 'cancelled')),
  ordered_at TIMESTAMP NOT NULL,
  shipped_on DATE,
  coupon VARCHAR
);
CREATE TABLE order_lines (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  line_no INTEGER NOT NULL,
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price INTEGER NOT NULL CHECK (unit_price >= 0),
  PRIMARY KEY (order_id, line_no)
);
