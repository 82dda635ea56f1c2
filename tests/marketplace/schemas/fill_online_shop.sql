-- Fills online_shop in DuckDB with uneven data, so that there is something to profile: about 120,000 rows.
CREATE MACRO u(x, s) AS (md5_number_lower(concat(x, ':', s)) % 1000003) / 1000003.0;
INSERT INTO distribution_centers SELECT i, 'Center ' || i, 30 + i, -90 - i FROM range(1, 11) t(i);
INSERT INTO products SELECT i, round(exp(1.5 + 2.2 * u(i, 'cost')), 2), ['Jeans', 'Tops', 'Swim', 'Socks', 'Suits', 'Active'][1 + floor(6 * pow(u(i, 'cat'), 1.6))::INT], 'Product ' || i, 'Brand ' || floor(40 * pow(u(i, 'brand'), 2))::INT,
  round(exp(2.2 + 2.2 * u(i, 'cost')), 2), CASE WHEN u(i, 'dep') < 0.55 THEN 'Women' ELSE 'Men' END, md5('sku' || i), 1 + floor(10 * u(i, 'dc'))::INT FROM range(1, 1201) t(i);
INSERT INTO users SELECT i, 'First' || i, 'Last' || i, 'user' || i || '@mail.test', 12 + floor(58 * u(i, 'age'))::INT, CASE WHEN u(i, 'sex') < 0.52 THEN 'F' ELSE 'M' END, 'State ' || floor(30 * pow(u(i, 'state'), 1.8))::INT, i || ' Road', '9' || i, 'City ' || i % 300,
  ['China', 'United States', 'Brasil', 'South Korea', 'France'][1 + floor(5 * pow(u(i, 'country'), 1.5))::INT], 0, 0, ['Search', 'Organic', 'Facebook', 'Email', 'Display'][1 + floor(5 * pow(u(i, 'source'), 2.2))::INT],
  TIMESTAMP '2023-01-01' + to_seconds(floor(86400 * 700 * sqrt(u(i, 'created')))::INT) FROM range(1, 5001) t(i);
-- orders: shipped, delivered, returned in this order; the later steps are often missing
INSERT INTO orders SELECT row_number() OVER (ORDER BY moment), user_id, status, gender, moment,
  CASE WHEN status = 'Returned' THEN moment + to_seconds(ship + deliver + floor(86400 * 3 * u(i, 'r'))::INT) END, CASE WHEN status IN ('Shipped', 'Complete', 'Returned') THEN moment + to_seconds(ship) END,
  CASE WHEN status IN ('Complete', 'Returned') THEN moment + to_seconds(ship + deliver) END, 1 + floor(4 * pow(u(i, 'items'), 3))::INT FROM (
    SELECT i, user_id, gender, ['Shipped', 'Complete', 'Processing', 'Cancelled', 'Returned'][1 + floor(5 * pow(u(i, 'status'), 1.3))::INT] AS status, floor(86400 * 3 * u(i, 'ship'))::INT AS ship, floor(86400 * 5 * u(i, 'deliver'))::INT AS deliver,
      created_at + to_seconds(floor(86400 * (10 + 400 * pow(u(i, 'lag'), 2)))::INT) AS moment
    FROM (SELECT id AS user_id, gender, created_at, unnest(range(floor(0.3 + 1.1 / pow(0.05 + u(id, 'many'), 0.7))::INT)) * 100000 + id AS i FROM users));
INSERT INTO inventory_items SELECT row_number() OVER (), p.id, TIMESTAMP '2022-12-01' + to_seconds(floor(86400 * 400 * u(i, 'in'))::INT), NULL, p.cost, p.category, p.name, p.brand, p.retail_price, p.department, p.sku, p.distribution_center_id
  FROM (SELECT i, 1 + floor(1200 * pow(u(i, 'product'), 1.5))::INT AS pid FROM range(40000) t(i)) JOIN products p ON p.id = pid;
CREATE TEMP TABLE numbered AS SELECT row_number() OVER (ORDER BY o.created_at, n) AS id, o.*, n FROM orders o, unnest(range(num_of_item)) AS t(n);
INSERT INTO order_items SELECT n.id, n.order_id, n.user_id, i.product_id, i.id, n.status, n.created_at + to_seconds(floor(14400 * u(n.id, 'late'))::INT), n.shipped_at, n.delivered_at, n.returned_at, round(i.product_retail_price * 1.0, 2)
  FROM numbered n JOIN inventory_items i ON i.id = n.id * 2;
UPDATE order_items SET shipped_at = greatest(shipped_at, created_at), delivered_at = greatest(delivered_at, created_at), returned_at = greatest(returned_at, created_at);
INSERT INTO events SELECT row_number() OVER (), CASE WHEN u(i, 'anon') < 0.6 THEN o.user_id END, 1 + s, md5('session' || o.order_id), o.created_at - to_seconds((30 * (6 - s))::INT), '10.0.0.' || i % 250, 'City', 'State', '1', ['Chrome', 'Safari', 'Firefox', 'Other'][1 + floor(4 * pow(u(o.order_id, 'browser'), 2))::INT],
  ['Email', 'Adwords', 'Organic', 'YouTube'][1 + floor(4 * u(o.order_id, 'src'))::INT], '/page/' || s, ['home', 'department', 'product', 'cart', 'purchase'][1 + s] FROM (SELECT *, order_id * 10 + s AS i FROM orders, unnest(range(5)) AS t(s)) o;
-- canaries
INSERT INTO users VALUES (90001, 'CANARYFIRST', 'CANARYLAST', 'canary.person@secret.test', 119, 'CANARYSEX', 'CANARYSTATE', 'CANARYSTREET', 'CANARYZIP', 'CANARYCITY', 'CANARYLAND', 77.7777, 88.8888, 'CANARYSOURCE', TIMESTAMP '1999-09-09 09:09:09');
INSERT INTO products VALUES (90001, 987654.32, 'CANARYCATEGORY', 'CANARYNAME', 'CANARYBRAND', 876543.21, 'CANARYDEPARTMENT', 'CANARYSKU', 1);
UPDATE orders SET status = 'CANARYSTATUS', num_of_item = 8765 WHERE order_id = 500;
