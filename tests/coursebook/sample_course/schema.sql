CREATE TABLE guests (
  guest_id BIGINT PRIMARY KEY,
  registered_at TIMESTAMP NOT NULL,
  prefecture VARCHAR,
  is_test BOOLEAN NOT NULL
);
CREATE TABLE casts (
  cast_id BIGINT PRIMARY KEY,
  area VARCHAR NOT NULL,
  cast_rank VARCHAR NOT NULL CHECK (cast_rank IN ('bronze', 'silver', 'gold')),
  is_active BOOLEAN NOT NULL
);
CREATE TABLE talks (
  talk_id BIGINT PRIMARY KEY,
  guest_id BIGINT NOT NULL REFERENCES guests (guest_id),
  cast_id BIGINT NOT NULL REFERENCES casts (cast_id),
  started_at TIMESTAMP NOT NULL
);
