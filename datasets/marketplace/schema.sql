-- One column a line and one table constraint a line: schema.py leaves the constraint lines out for the large file.

CREATE TABLE areas (
  area_code VARCHAR NOT NULL,
  name_ja VARCHAR NOT NULL,
  name_en VARCHAR NOT NULL,
  region_ja VARCHAR NOT NULL,
  PRIMARY KEY (area_code)
);
COMMENT ON TABLE areas IS 'エリアマスタ / Master of service areas';
COMMENT ON COLUMN areas.area_code IS 'エリアコード(例 SHIBUYA) / Area code, e.g. SHIBUYA';
COMMENT ON COLUMN areas.name_ja IS 'エリア名(日本語) / Area name in Japanese';
COMMENT ON COLUMN areas.name_en IS 'エリア名(英語) / Area name in English';
COMMENT ON COLUMN areas.region_ja IS '地方名(首都圏など) / Region in Japanese, e.g. 首都圏 (greater Tokyo)';

CREATE TABLE calendar (
  business_date DATE NOT NULL,
  dow_iso TINYINT NOT NULL,
  is_weekend BOOLEAN NOT NULL,
  holiday_name_ja VARCHAR,
  is_day_before_off BOOLEAN NOT NULL,
  week_start DATE NOT NULL,
  month_start DATE NOT NULL,
  payday_flag BOOLEAN NOT NULL,
  is_closed BOOLEAN NOT NULL,
  PRIMARY KEY (business_date),
  CHECK (dow_iso BETWEEN 1 AND 7)
);
COMMENT ON TABLE calendar IS '営業日カレンダー。営業日は当日05:00〜翌05:00(日本時間) / Business days, each from 05:00 to 05:00 of the next day, Japan time';
COMMENT ON COLUMN calendar.business_date IS '営業日 / Business day';
COMMENT ON COLUMN calendar.dow_iso IS '曜日(1=月曜〜7=日曜) / Day of the week, 1 = Monday to 7 = Sunday';
COMMENT ON COLUMN calendar.is_weekend IS '土日 / Saturday or Sunday';
COMMENT ON COLUMN calendar.holiday_name_ja IS '祝日名。NULL=祝日ではない / Name of the public holiday; NULL = not a holiday';
COMMENT ON COLUMN calendar.is_day_before_off IS '休前日(翌日が土日か祝日) / The next day is a weekend day or a holiday';
COMMENT ON COLUMN calendar.week_start IS 'その週の月曜日 / Monday of the week';
COMMENT ON COLUMN calendar.month_start IS 'その月の1日 / First day of the month';
COMMENT ON COLUMN calendar.payday_flag IS '給料日(25日。休日なら直前の平日) / Payday: the 25th, or the last working day before it';
COMMENT ON COLUMN calendar.is_closed IS '休業日(サービスを止めた日) / Closed day: the service stood still';

CREATE TABLE casts (
  cast_id INTEGER NOT NULL,
  display_name VARCHAR NOT NULL,
  area_code VARCHAR NOT NULL,
  grade VARCHAR NOT NULL,
  main_tag VARCHAR NOT NULL,
  points_per_hour INTEGER NOT NULL,
  joined_at_utc TIMESTAMP NOT NULL,
  retired_at_utc TIMESTAMP,
  is_test BOOLEAN NOT NULL,
  PRIMARY KEY (cast_id),
  FOREIGN KEY (area_code) REFERENCES areas (area_code),
  CHECK (grade IN ('standard', 'silver', 'gold', 'vip')),
  CHECK (main_tag IN ('gourmet', 'music', 'travel', 'golf', 'language', 'games')),
  CHECK (points_per_hour > 0),
  CHECK (retired_at_utc >= joined_at_utc)
);
COMMENT ON TABLE casts IS 'キャスト(食事会・イベント等に参加するホスト) / Casts: hosts whom guests invite to dinners, events and talks';
COMMENT ON COLUMN casts.cast_id IS 'キャストID / Cast id';
COMMENT ON COLUMN casts.display_name IS '表示名。同名あり / Display name; not unique';
COMMENT ON COLUMN casts.area_code IS '活動エリア / Area in which the cast works';
COMMENT ON COLUMN casts.grade IS 'グレード standard/silver/gold/vip / Grade: standard, silver, gold or vip';
COMMENT ON COLUMN casts.main_tag IS '主な得意分野 gourmet=グルメ/music=音楽/travel=旅行/golf=ゴルフ/language=語学/games=ゲーム / Main topic: gourmet, music, travel, golf, language or games';
COMMENT ON COLUMN casts.points_per_hour IS '1時間あたりのポイント / Points per hour';
COMMENT ON COLUMN casts.joined_at_utc IS '登録日時(UTC) / Joined at (UTC)';
COMMENT ON COLUMN casts.retired_at_utc IS '引退日時(UTC)。NULL=稼働中 / Retired at (UTC); NULL = still active';
COMMENT ON COLUMN casts.is_test IS '社内テスト用。KPIから除外 / Internal test account; exclude from KPIs';

CREATE TABLE recommender_releases (
  algo VARCHAR NOT NULL,
  released_at_utc TIMESTAMP NOT NULL,
  retired_at_utc TIMESTAMP,
  note_ja VARCHAR,
  note_en VARCHAR,
  PRIMARY KEY (algo),
  CHECK (retired_at_utc > released_at_utc)
);
COMMENT ON TABLE recommender_releases IS '一覧の並び順(おすすめロジック)の版の履歴 / Releases of the logic that orders the list';
COMMENT ON COLUMN recommender_releases.algo IS '版の名前 / Name of the version';
COMMENT ON COLUMN recommender_releases.released_at_utc IS '使い始め(UTC) / In use from (UTC)';
COMMENT ON COLUMN recommender_releases.retired_at_utc IS '使い終わり(UTC、この時刻を含まない)。NULL=使用中 / In use until, exclusive (UTC); NULL = in use now';
COMMENT ON COLUMN recommender_releases.note_ja IS '説明(日本語) / Note in Japanese';
COMMENT ON COLUMN recommender_releases.note_en IS '説明(英語) / Note in English';

CREATE TABLE experiments (
  experiment_id INTEGER NOT NULL,
  code VARCHAR NOT NULL,
  title_ja VARCHAR NOT NULL,
  title_en VARCHAR NOT NULL,
  unit VARCHAR NOT NULL,
  primary_metric VARCHAR NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE,
  area_code VARCHAR,
  PRIMARY KEY (experiment_id),
  UNIQUE (code),
  FOREIGN KEY (area_code) REFERENCES areas (area_code),
  CHECK (unit IN ('guest', 'area')),
  CHECK (primary_metric IN ('talk_14d', 'appointment_14d', 'request_per_talk')),
  CHECK (ends_on >= starts_on),
  CHECK ((unit = 'area') = (area_code IS NOT NULL)),
  CHECK ((unit = 'area') = (primary_metric = 'request_per_talk'))
);
COMMENT ON TABLE experiments IS '施策マスタ(ゲストを2群に分けるA/Bテストと、1エリアだけで行う施策) / Measures: A/B tests on guests, and measures in one area alone';
COMMENT ON COLUMN experiments.experiment_id IS '施策ID / Experiment id';
COMMENT ON COLUMN experiments.code IS '施策コード / Experiment code';
COMMENT ON COLUMN experiments.title_ja IS '施策名(日本語) / Title in Japanese';
COMMENT ON COLUMN experiments.title_en IS '施策名(英語) / Title in English';
COMMENT ON COLUMN experiments.unit IS '分け方の単位 guest=ゲストごと/area=1エリアの全員 / What is split: guest by guest, or everybody in one area';
COMMENT ON COLUMN experiments.primary_metric IS '主要指標 talk_14d=割付後14日以内にトーク、appointment_14d=同じくアポ依頼、request_per_talk=トーク1件あたりのアポ依頼 / Main metric: a talk (talk_14d) or an appointment request (appointment_14d) within 14 days of assignment, or requests per talk (request_per_talk)';
COMMENT ON COLUMN experiments.starts_on IS '開始営業日 / First business day';
COMMENT ON COLUMN experiments.ends_on IS '終了営業日(この日を含む)。NULL=実施中 / Last business day, inclusive; NULL = still running';
COMMENT ON COLUMN experiments.area_code IS '行ったエリア。NULL=全エリア / Area it ran in; NULL = all areas';

CREATE TABLE campaigns (
  campaign_id INTEGER NOT NULL,
  name_ja VARCHAR NOT NULL,
  name_en VARCHAR NOT NULL,
  aim VARCHAR NOT NULL,
  channel VARCHAR,
  cost_yen INTEGER NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  PRIMARY KEY (campaign_id),
  CHECK (aim IN ('registration', 'purchase')),
  CHECK ((aim = 'registration') = (channel IS NOT NULL)),
  CHECK (channel IN ('organic', 'search_ad', 'sns_ad', 'referral', 'affiliate')),
  CHECK (cost_yen >= 0),
  CHECK (ends_on >= starts_on)
);
COMMENT ON TABLE campaigns IS 'キャンペーン(集客と、ポイント購入の促進) / Campaigns: to bring guests, or to sell points';
COMMENT ON COLUMN campaigns.campaign_id IS 'キャンペーンID / Campaign id';
COMMENT ON COLUMN campaigns.name_ja IS 'キャンペーン名(日本語) / Name in Japanese';
COMMENT ON COLUMN campaigns.name_en IS 'キャンペーン名(英語) / Name in English';
COMMENT ON COLUMN campaigns.aim IS '目的 registration=集客/purchase=ポイント購入 / Aim: to bring guests (registration) or to sell points (purchase)';
COMMENT ON COLUMN campaigns.channel IS '対象の流入経路。guests.acquisition_channelと同じ値。NULL=集客ではない / Channel, with the values of guests.acquisition_channel; NULL = not to bring guests';
COMMENT ON COLUMN campaigns.cost_yen IS '費用(税込円) / Cost in yen, tax included';
COMMENT ON COLUMN campaigns.starts_on IS '開始営業日 / First business day';
COMMENT ON COLUMN campaigns.ends_on IS '終了営業日(この日を含む) / Last business day, inclusive';

CREATE TABLE guests (
  guest_id INTEGER NOT NULL,
  nickname VARCHAR NOT NULL,
  email VARCHAR,
  prefecture VARCHAR,
  birth_year SMALLINT,
  gender VARCHAR,
  interest_tag VARCHAR,
  acquisition_channel VARCHAR,
  registered_at_utc TIMESTAMP NOT NULL,
  verified_at_utc TIMESTAMP,
  deleted_at_utc TIMESTAMP,
  is_test BOOLEAN NOT NULL,
  PRIMARY KEY (guest_id),
  CHECK (gender IN ('female', 'male', 'other')),
  CHECK (interest_tag IN ('gourmet', 'music', 'travel', 'golf', 'language', 'games')),
  CHECK (acquisition_channel IN ('organic', 'search_ad', 'sns_ad', 'referral', 'affiliate')),
  CHECK ((email IS NULL) = (deleted_at_utc IS NOT NULL)),
  CHECK (verified_at_utc >= registered_at_utc),
  CHECK (deleted_at_utc >= registered_at_utc)
);
COMMENT ON TABLE guests IS 'ゲスト(会員) / Guests: registered members';
COMMENT ON COLUMN guests.guest_id IS 'ゲストID(登録順) / Guest id, in order of registration';
COMMENT ON COLUMN guests.nickname IS 'ニックネーム。同名あり / Nickname; not unique';
COMMENT ON COLUMN guests.email IS 'メール(example.jp等の予約ドメイン)。退会後はNULL / E-mail at a reserved example domain; NULL after deletion';
COMMENT ON COLUMN guests.prefecture IS '都道府県(例 東京都)。NULL=未回答 / Prefecture, e.g. Tokyo; NULL = not answered';
COMMENT ON COLUMN guests.birth_year IS '生まれ年。NULL=未回答 / Year of birth; NULL = not answered';
COMMENT ON COLUMN guests.gender IS '性別 female/male/other。NULL=未回答 / Gender; NULL = not answered';
COMMENT ON COLUMN guests.interest_tag IS '興味タグ(値はcasts.main_tagと同じ)。NULL=未回答 / Interest, with the values of casts.main_tag; NULL = not answered, which is not "no interest"';
COMMENT ON COLUMN guests.acquisition_channel IS '流入経路 organic/search_ad/sns_ad/referral/affiliate。NULL=計測不能 / Channel of acquisition; NULL = not tracked';
COMMENT ON COLUMN guests.registered_at_utc IS '登録日時(UTC) / Registered at (UTC)';
COMMENT ON COLUMN guests.verified_at_utc IS '本人確認日時(UTC)。NULL=未確認 / Identity verified at (UTC); NULL = not verified';
COMMENT ON COLUMN guests.deleted_at_utc IS '退会(論理削除)日時(UTC)。NULL=在籍中 / Left (soft-deleted) at (UTC); NULL = still a member';
COMMENT ON COLUMN guests.is_test IS '社内テスト用。KPIから除外 / Internal test account; exclude from KPIs';

CREATE TABLE guest_devices (
  guest_id INTEGER NOT NULL,
  device_fp VARCHAR NOT NULL,
  os VARCHAR NOT NULL,
  first_seen_at_utc TIMESTAMP NOT NULL,
  last_seen_at_utc TIMESTAMP NOT NULL,
  PRIMARY KEY (guest_id, device_fp, first_seen_at_utc),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (os IN ('ios', 'android', 'web')),
  CHECK (last_seen_at_utc >= first_seen_at_utc)
);
COMMENT ON TABLE guest_devices IS 'ゲスト×端末の利用期間。1台を複数ゲストが使うこともある(家族か不正) / Periods in which a guest used a device; one device may serve several guests (a family, or fraud)';
COMMENT ON COLUMN guest_devices.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN guest_devices.device_fp IS '端末の指紋 / Device fingerprint';
COMMENT ON COLUMN guest_devices.os IS 'OS ios/android/web / Operating system';
COMMENT ON COLUMN guest_devices.first_seen_at_utc IS '使い始め(UTC)。アプリを入れ直すと同じ端末で新しい行になる / First seen (UTC); a reinstalled app starts a new row for the same device';
COMMENT ON COLUMN guest_devices.last_seen_at_utc IS '最後の利用(UTC) / Last seen (UTC)';

CREATE TABLE experiment_assignments (
  experiment_id INTEGER NOT NULL,
  guest_id INTEGER NOT NULL,
  variant VARCHAR NOT NULL,
  assigned_at_utc TIMESTAMP NOT NULL,
  treatment_percent TINYINT NOT NULL,
  exposed_at_utc TIMESTAMP,
  PRIMARY KEY (experiment_id, guest_id),
  FOREIGN KEY (experiment_id) REFERENCES experiments (experiment_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (variant IN ('control', 'treatment')),
  CHECK (treatment_percent BETWEEN 1 AND 99),
  CHECK (exposed_at_utc >= assigned_at_utc)
);
COMMENT ON TABLE experiment_assignments IS '施策の割り付け。割り付けられた全員が施策の画面を見るわけではない / Assignment to a variant, which is not exposure to it';
COMMENT ON COLUMN experiment_assignments.experiment_id IS '施策ID / Experiment id';
COMMENT ON COLUMN experiment_assignments.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN experiment_assignments.variant IS '群 control=従来/treatment=施策あり / Variant: control or treatment';
COMMENT ON COLUMN experiment_assignments.assigned_at_utc IS '割付日時(UTC)。期間中の最初の利用時 / Assigned at (UTC), on the first visit in the period';
COMMENT ON COLUMN experiment_assignments.treatment_percent IS '施策ありになる予定だった確率(%) / Planned chance of treatment, in percent';
COMMENT ON COLUMN experiment_assignments.exposed_at_utc IS '施策の場所に来た日時(UTC)。両群とも記録。NULL=来なかった / When the guest reached the place of the measure (UTC), recorded in both variants; NULL = never';

CREATE TABLE sessions (
  session_id BIGINT NOT NULL,
  guest_id INTEGER NOT NULL,
  device_fp VARCHAR,
  platform VARCHAR NOT NULL,
  app_version VARCHAR,
  started_at_utc TIMESTAMP NOT NULL,
  ended_at_utc TIMESTAMP,
  PRIMARY KEY (session_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (platform IN ('ios', 'android', 'web')),
  CHECK ((app_version IS NULL) = (platform = 'web')),
  CHECK (ended_at_utc >= started_at_utc)
);
COMMENT ON TABLE sessions IS 'アプリの利用(1回の訪問) / Sessions: visits to the app';
COMMENT ON COLUMN sessions.session_id IS 'セッションID / Session id';
COMMENT ON COLUMN sessions.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN sessions.device_fp IS '端末の指紋。NULL=取得できず / Device fingerprint; NULL = not captured';
COMMENT ON COLUMN sessions.platform IS 'プラットフォーム ios/android/web / Platform';
COMMENT ON COLUMN sessions.app_version IS 'アプリの版(例 3.4.0)。NULL=web / App version, e.g. 3.4.0; NULL = web';
COMMENT ON COLUMN sessions.started_at_utc IS '開始日時(UTC) / Started at (UTC)';
COMMENT ON COLUMN sessions.ended_at_utc IS '終了日時(UTC)。NULL=終了イベントの欠落 / Ended at (UTC); NULL = the end event was lost';

CREATE TABLE list_impressions (
  event_id VARCHAR NOT NULL,
  session_id BIGINT,
  guest_id INTEGER NOT NULL,
  cast_id INTEGER NOT NULL,
  screen VARCHAR NOT NULL,
  position SMALLINT NOT NULL,
  algo VARCHAR NOT NULL,
  is_clicked BOOLEAN NOT NULL,
  shown_at_utc TIMESTAMP NOT NULL,
  ingested_at_utc TIMESTAMP NOT NULL,
  FOREIGN KEY (session_id) REFERENCES sessions (session_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  FOREIGN KEY (cast_id) REFERENCES casts (cast_id),
  FOREIGN KEY (algo) REFERENCES recommender_releases (algo),
  CHECK (screen IN ('list', 'search')),
  CHECK (position >= 1),
  CHECK (ingested_at_utc >= shown_at_utc)
);
COMMENT ON TABLE list_impressions IS '一覧・検索の表示ログ。再送による重複(同じevent_id)と遅れて届いた行を含む / Log of casts shown in the list or in search; holds resent rows (same event_id) and late rows';
COMMENT ON COLUMN list_impressions.event_id IS 'イベントID。再送された行は同じ値になる / Event id; a resent row repeats it';
COMMENT ON COLUMN list_impressions.session_id IS 'セッションID。NULL=旧アプリ / Session id; NULL = old app';
COMMENT ON COLUMN list_impressions.guest_id IS '見たゲスト / Guest who saw it';
COMMENT ON COLUMN list_impressions.cast_id IS '表示されたキャスト / Cast shown';
COMMENT ON COLUMN list_impressions.screen IS '画面 list=一覧/search=検索結果 / Screen: list or search';
COMMENT ON COLUMN list_impressions.position IS '表示順位(1=先頭) / Position, 1 = top';
COMMENT ON COLUMN list_impressions.algo IS '並び順の版 / Version of the ordering logic';
COMMENT ON COLUMN list_impressions.is_clicked IS 'クリックされたか / Clicked or not';
COMMENT ON COLUMN list_impressions.shown_at_utc IS '表示日時(UTC) / Shown at (UTC)';
COMMENT ON COLUMN list_impressions.ingested_at_utc IS '取り込み日時(UTC)。発生から1日以上遅れることもある / Ingested at (UTC); may be days after the event';

CREATE TABLE app_events (
  event_date VARCHAR NOT NULL,
  event_timestamp BIGINT NOT NULL,
  event_name VARCHAR NOT NULL,
  event_params STRUCT("key" VARCHAR, "value" STRUCT(string_value VARCHAR, int_value BIGINT, float_value DOUBLE, double_value DOUBLE))[] NOT NULL,
  guest_id INTEGER NOT NULL,
  platform VARCHAR NOT NULL,
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (event_name IN ('session_start', 'page_view', 'talk_open')),
  CHECK (platform IN ('ios', 'android', 'web')),
  CHECK (event_timestamp >= 1764532800000000),
  CHECK (event_date = strftime(make_timestamp(event_timestamp) + INTERVAL 4 HOUR, '%Y%m%d'))
);
COMMENT ON TABLE app_events IS 'アプリのイベント(アクセス解析の出力と同じ形)。項目は繰り返し列の中 / App events in the shape of an analytics export; parameters are repeated inside the row';
COMMENT ON COLUMN app_events.event_date IS '営業日。8桁の文字(例 20251201) / Business day as a text of eight digits, e.g. 20251201';
COMMENT ON COLUMN app_events.event_timestamp IS '発生日時(UTC)。1970年からのマイクロ秒 / Moment (UTC) in microseconds since 1970';
COMMENT ON COLUMN app_events.event_name IS '種類 session_start/page_view/talk_open / Kind of event';
COMMENT ON COLUMN app_events.event_params IS '項目名(key)と値(value)の組のリスト。値は型ごとに別の場所 / List of keys and values; a value stands in the part for its type';
COMMENT ON COLUMN app_events.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN app_events.platform IS 'プラットフォーム ios/android/web / Platform';

CREATE TABLE talks (
  talk_id BIGINT NOT NULL,
  guest_id INTEGER NOT NULL,
  cast_id INTEGER NOT NULL,
  source VARCHAR,
  opened_at_utc TIMESTAMP NOT NULL,
  closed_at_utc TIMESTAMP,
  PRIMARY KEY (talk_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  FOREIGN KEY (cast_id) REFERENCES casts (cast_id),
  CHECK (source IN ('list', 'favorite', 'push')),
  CHECK (closed_at_utc >= opened_at_utc)
);
COMMENT ON TABLE talks IS 'トーク(ゲストとキャストのチャットルーム) / Talks: chat rooms of one guest and one cast';
COMMENT ON COLUMN talks.talk_id IS 'トークID / Talk id';
COMMENT ON COLUMN talks.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN talks.cast_id IS 'キャストID / Cast id';
COMMENT ON COLUMN talks.source IS '起点 list/favorite/push。NULL=旧アプリ / Where it began; NULL = old app';
COMMENT ON COLUMN talks.opened_at_utc IS '開始日時(UTC) / Opened at (UTC)';
COMMENT ON COLUMN talks.closed_at_utc IS '終了日時(UTC)。NULL=続いている / Closed at (UTC); NULL = still open';

CREATE TABLE messages (
  message_id BIGINT NOT NULL,
  talk_id BIGINT NOT NULL,
  sender VARCHAR NOT NULL,
  body_kind VARCHAR NOT NULL,
  body VARCHAR,
  char_count SMALLINT NOT NULL,
  sent_at_utc TIMESTAMP NOT NULL,
  read_at_utc TIMESTAMP,
  deleted_at_utc TIMESTAMP,
  PRIMARY KEY (message_id),
  FOREIGN KEY (talk_id) REFERENCES talks (talk_id),
  CHECK (sender IN ('guest', 'cast')),
  CHECK (body_kind IN ('greeting', 'chat', 'proposal', 'thanks', 'stamp')),
  CHECK (char_count >= 0),
  CHECK ((char_count = 0) = (body_kind = 'stamp')),
  CHECK ((body IS NULL) = (body_kind = 'stamp' OR deleted_at_utc IS NOT NULL)),
  CHECK (read_at_utc >= sent_at_utc),
  CHECK (deleted_at_utc >= sent_at_utc)
);
COMMENT ON TABLE messages IS 'メッセージ / Chat messages';
COMMENT ON COLUMN messages.message_id IS 'メッセージID / Message id';
COMMENT ON COLUMN messages.talk_id IS 'トークID / Talk id';
COMMENT ON COLUMN messages.sender IS '送り手 guest/cast / Sender: guest or cast';
COMMENT ON COLUMN messages.body_kind IS '種類 greeting/chat/proposal/thanks/stamp / Kind of message';
COMMENT ON COLUMN messages.body IS '本文。NULL=スタンプか削除済み / Text; NULL = a stamp, or deleted';
COMMENT ON COLUMN messages.char_count IS '送信時の文字数。スタンプは0 / Characters when sent; 0 for a stamp';
COMMENT ON COLUMN messages.sent_at_utc IS '送信日時(UTC) / Sent at (UTC)';
COMMENT ON COLUMN messages.read_at_utc IS '既読日時(UTC)。NULL=未読 / Read at (UTC); NULL = unread';
COMMENT ON COLUMN messages.deleted_at_utc IS '削除日時(UTC)。NULL=削除されていない / Deleted at (UTC); NULL = not deleted';

CREATE TABLE cast_shifts (
  cast_id INTEGER NOT NULL,
  business_date DATE NOT NULL,
  starts_at_jst TIMESTAMP NOT NULL,
  ends_at_jst TIMESTAMP NOT NULL,
  PRIMARY KEY (cast_id, starts_at_jst),
  FOREIGN KEY (cast_id) REFERENCES casts (cast_id),
  FOREIGN KEY (business_date) REFERENCES calendar (business_date),
  CHECK (ends_at_jst > starts_at_jst)
);
COMMENT ON TABLE cast_shifts IS 'キャストの受付時間帯。隣り合う枠や重なる枠がある / Slots in which a cast is available; slots may touch or overlap';
COMMENT ON COLUMN cast_shifts.cast_id IS 'キャストID / Cast id';
COMMENT ON COLUMN cast_shifts.business_date IS '営業日 / Business day';
COMMENT ON COLUMN cast_shifts.starts_at_jst IS '開始日時(日本時間) / Starts at (Japan time)';
COMMENT ON COLUMN cast_shifts.ends_at_jst IS '終了日時(日本時間) / Ends at (Japan time)';

CREATE TABLE appointments (
  appointment_id BIGINT NOT NULL,
  talk_id BIGINT,
  guest_id INTEGER NOT NULL,
  cast_id INTEGER NOT NULL,
  event_type VARCHAR NOT NULL,
  area_code VARCHAR NOT NULL,
  requested_at_utc TIMESTAMP NOT NULL,
  scheduled_start_jst TIMESTAMP NOT NULL,
  hours DECIMAL(3,1) NOT NULL,
  points INTEGER NOT NULL,
  status VARCHAR NOT NULL,
  cancel_reason VARCHAR,
  guest_rating TINYINT,
  PRIMARY KEY (appointment_id),
  FOREIGN KEY (talk_id) REFERENCES talks (talk_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  FOREIGN KEY (cast_id) REFERENCES casts (cast_id),
  FOREIGN KEY (area_code) REFERENCES areas (area_code),
  CHECK (event_type IN ('dinner', 'bar', 'party', 'golf', 'sightseeing', 'online')),
  CHECK (status IN ('requested', 'accepted', 'declined', 'cancelled', 'completed')),
  CHECK (cancel_reason IN ('guest_schedule', 'cast_schedule', 'no_reply', 'illness', 'other')),
  CHECK (guest_rating BETWEEN 1 AND 5),
  CHECK (hours > 0),
  CHECK (points > 0),
  CHECK (cancel_reason IS NULL OR status = 'cancelled'),
  CHECK (guest_rating IS NULL OR status = 'completed')
);
COMMENT ON TABLE appointments IS 'アポ(食事会やイベントに同席する約束) / Appointments: a guest books a cast for an event';
COMMENT ON COLUMN appointments.appointment_id IS 'アポID / Appointment id';
COMMENT ON COLUMN appointments.talk_id IS '元のトーク。NULL=旧アプリ / Talk it came from; NULL = old app';
COMMENT ON COLUMN appointments.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN appointments.cast_id IS 'キャストID / Cast id';
COMMENT ON COLUMN appointments.event_type IS '種類 dinner/bar/party/golf/sightseeing/online / Kind of event';
COMMENT ON COLUMN appointments.area_code IS '開催エリア / Area of the event';
COMMENT ON COLUMN appointments.requested_at_utc IS '依頼日時(UTC) / Requested at (UTC)';
COMMENT ON COLUMN appointments.scheduled_start_jst IS '開始予定(日本時間) / Scheduled start (Japan time)';
COMMENT ON COLUMN appointments.hours IS '時間数 / Length in hours';
COMMENT ON COLUMN appointments.points IS '料金(ポイント) / Price in points';
COMMENT ON COLUMN appointments.status IS '最新の状態 requested/accepted/declined/cancelled/completed / Latest status';
COMMENT ON COLUMN appointments.cancel_reason IS 'キャンセル理由。NULL=キャンセルではないか、理由なし / Reason of cancellation; NULL = not cancelled, or none given';
COMMENT ON COLUMN appointments.guest_rating IS 'ゲストの評価1〜5。NULL=未評価(0ではない) / Rating by the guest, 1 to 5; NULL = not rated, which is not 0';

CREATE TABLE appointment_status_log (
  appointment_id BIGINT NOT NULL,
  seq SMALLINT NOT NULL,
  status VARCHAR NOT NULL,
  changed_at_utc TIMESTAMP NOT NULL,
  changed_by VARCHAR NOT NULL,
  PRIMARY KEY (appointment_id, seq),
  FOREIGN KEY (appointment_id) REFERENCES appointments (appointment_id),
  CHECK (seq >= 1),
  CHECK (status IN ('requested', 'accepted', 'declined', 'cancelled', 'completed')),
  CHECK (changed_by IN ('guest', 'cast', 'system')),
  CHECK ((seq = 1) = (status = 'requested'))
);
COMMENT ON TABLE appointment_status_log IS 'アポの状態の履歴。JOINすると行が増える / Status history of appointments; joining it multiplies rows';
COMMENT ON COLUMN appointment_status_log.appointment_id IS 'アポID / Appointment id';
COMMENT ON COLUMN appointment_status_log.seq IS 'アポごとの連番(1=依頼) / Number within the appointment, 1 = the request';
COMMENT ON COLUMN appointment_status_log.status IS '変更後の状態 / Status after the change';
COMMENT ON COLUMN appointment_status_log.changed_at_utc IS '変更日時(UTC) / Changed at (UTC)';
COMMENT ON COLUMN appointment_status_log.changed_by IS '変更者 guest/cast/system / Changed by';

CREATE TABLE payments (
  payment_id BIGINT NOT NULL,
  guest_id INTEGER NOT NULL,
  kind VARCHAR NOT NULL,
  amount_yen INTEGER NOT NULL,
  points INTEGER NOT NULL,
  method VARCHAR NOT NULL,
  card_fp VARCHAR,
  status VARCHAR NOT NULL,
  original_payment_id BIGINT,
  paid_at_jst TIMESTAMP NOT NULL,
  updated_at_jst TIMESTAMP NOT NULL,
  PRIMARY KEY (payment_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (kind IN ('purchase', 'refund')),
  CHECK (method IN ('card', 'carrier', 'bank', 'convenience')),
  CHECK (status IN ('succeeded', 'failed', 'charged_back')),
  CHECK ((kind = 'refund') = (original_payment_id IS NOT NULL)),
  CHECK ((method = 'card') = (card_fp IS NOT NULL)),
  CHECK ((kind = 'refund') = (amount_yen < 0)),
  CHECK ((kind = 'refund') = (points < 0)),
  CHECK (amount_yen <> 0 AND points <> 0),
  CHECK (original_payment_id <> payment_id),
  CHECK (updated_at_jst >= paid_at_jst)
);
COMMENT ON TABLE payments IS 'ポイント購入の決済。時刻は日本時間(アプリのログはUTC) / Point purchases; times are Japan time, unlike the app logs';
COMMENT ON COLUMN payments.payment_id IS '決済ID / Payment id';
COMMENT ON COLUMN payments.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN payments.kind IS '種別 purchase=購入/refund=返金 / Kind: purchase or refund';
COMMENT ON COLUMN payments.amount_yen IS '税込円。返金は負の値 / Yen, tax included; negative for a refund';
COMMENT ON COLUMN payments.points IS 'ポイント。返金は負の値 / Points; negative for a refund';
COMMENT ON COLUMN payments.method IS '方法 card/carrier/bank/convenience / Method of payment';
COMMENT ON COLUMN payments.card_fp IS 'カードの指紋。NULL=カード以外 / Card fingerprint; NULL = not a card';
COMMENT ON COLUMN payments.status IS '状態 succeeded=成功/failed=失敗/charged_back=不正利用で取消。売上はsucceededの合計 / Status; sales are the sum over succeeded';
COMMENT ON COLUMN payments.original_payment_id IS '返金元の決済ID。NULL=購入 / The payment refunded; NULL for a purchase';
COMMENT ON COLUMN payments.paid_at_jst IS '決済日時(日本時間) / Paid at (Japan time)';
COMMENT ON COLUMN payments.updated_at_jst IS '状態の更新日時(日本時間) / Status last changed at (Japan time)';

CREATE TABLE point_ledger (
  entry_id BIGINT NOT NULL,
  guest_id INTEGER NOT NULL,
  entry_kind VARCHAR NOT NULL,
  points INTEGER NOT NULL,
  payment_id BIGINT,
  appointment_id BIGINT,
  expires_on DATE,
  booked_at_jst TIMESTAMP NOT NULL,
  PRIMARY KEY (entry_id),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  FOREIGN KEY (payment_id) REFERENCES payments (payment_id),
  FOREIGN KEY (appointment_id) REFERENCES appointments (appointment_id),
  CHECK (entry_kind IN ('purchase', 'spend', 'return', 'refund', 'chargeback', 'bonus', 'expire')),
  CHECK (points <> 0 AND (points > 0) = (entry_kind IN ('purchase', 'return', 'bonus'))),
  CHECK ((payment_id IS NOT NULL) = (entry_kind IN ('purchase', 'refund', 'chargeback'))),
  CHECK ((appointment_id IS NOT NULL) = (entry_kind IN ('spend', 'return')))
);
COMMENT ON TABLE point_ledger IS 'ポイント台帳(増減)。累計が残高 / Signed point movements; the running sum is the balance';
COMMENT ON COLUMN point_ledger.entry_id IS '明細ID / Entry id';
COMMENT ON COLUMN point_ledger.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN point_ledger.entry_kind IS '種別 purchase/spend/return/refund/chargeback/bonus/expire / Kind of movement';
COMMENT ON COLUMN point_ledger.points IS '増減ポイント(減少は負) / Signed points';
COMMENT ON COLUMN point_ledger.payment_id IS '関係する決済。NULL=決済以外の増減 / Payment behind it; NULL = not a payment';
COMMENT ON COLUMN point_ledger.appointment_id IS '関係するアポ。NULL=アポ以外の増減 / Appointment behind it; NULL = not an appointment';
COMMENT ON COLUMN point_ledger.expires_on IS '有効期限の日。NULL=期限なし / Expiry date; NULL = never expires';
COMMENT ON COLUMN point_ledger.booked_at_jst IS '記帳日時(日本時間) / Booked at (Japan time)';

CREATE TABLE fraud_scores (
  guest_id INTEGER NOT NULL,
  scored_on DATE NOT NULL,
  score SMALLINT,
  model_version VARCHAR NOT NULL,
  reviewed_label VARCHAR,
  PRIMARY KEY (guest_id, scored_on),
  FOREIGN KEY (guest_id) REFERENCES guests (guest_id),
  CHECK (score BETWEEN 0 AND 1000),
  CHECK (reviewed_label IN ('fraud', 'ok'))
);
COMMENT ON TABLE fraud_scores IS '不正スコア(0〜1000)と審査結果 / Fraud scores, 0 to 1000, and the outcome of reviews';
COMMENT ON COLUMN fraud_scores.guest_id IS 'ゲストID / Guest id';
COMMENT ON COLUMN fraud_scores.scored_on IS '採点した営業日 / Business day of scoring';
COMMENT ON COLUMN fraud_scores.score IS 'スコア0〜1000。NULL=採点不能(データ不足) / Score, 0 to 1000; NULL = not enough data';
COMMENT ON COLUMN fraud_scores.model_version IS 'モデルの版 / Model version';
COMMENT ON COLUMN fraud_scores.reviewed_label IS '審査結果 fraud/ok。NULL=未審査 / Outcome of the review: fraud or ok; NULL = not reviewed';
