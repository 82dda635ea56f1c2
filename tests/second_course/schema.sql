CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY,
  branch_name VARCHAR NOT NULL,
  opened_on DATE NOT NULL
);
CREATE TABLE members (
  member_id INTEGER PRIMARY KEY,
  branch_id INTEGER NOT NULL REFERENCES branches (branch_id),
  plan VARCHAR NOT NULL CHECK (plan IN ('basic', 'premium')),
  joined_at TIMESTAMP NOT NULL,
  left_at TIMESTAMP
);
CREATE TABLE items (
  item_id INTEGER PRIMARY KEY,
  item_name VARCHAR NOT NULL,
  category VARCHAR NOT NULL CHECK (category IN ('tool', 'camera', 'tent')),
  price INTEGER NOT NULL CHECK (price BETWEEN 100 AND 5000)
);
CREATE TABLE loans (
  loan_id INTEGER PRIMARY KEY,
  member_id INTEGER NOT NULL REFERENCES members (member_id),
  item_id INTEGER NOT NULL REFERENCES items (item_id),
  lent_at TIMESTAMP NOT NULL,
  returned_at TIMESTAMP
);
COMMENT ON TABLE branches IS '店舗';
COMMENT ON TABLE members IS '会員';
COMMENT ON TABLE items IS '貸し出す品物';
COMMENT ON TABLE loans IS '貸出（1行 = 1回の貸出）';
COMMENT ON COLUMN loans.lent_at IS '貸し出した日時';
COMMENT ON COLUMN loans.returned_at IS '返却された日時。返却前はNULL';
COMMENT ON COLUMN items.price IS '1日の料金（円）';
