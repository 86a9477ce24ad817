-- A database as the hub made it before its revisions were counted, with two events of an invented station.
CREATE TABLE announced_page (
    station VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (station, seq, position)
);
CREATE INDEX announced_page_by_sha256 ON announced_page (station, sha256);
CREATE TABLE counter (
    series VARCHAR NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (series)
);
CREATE TABLE dossier (
    dossier_id VARCHAR NOT NULL,
    station VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (dossier_id)
);
CREATE TABLE event (
    station VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    content TEXT NOT NULL,
    dossier_id VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    version INTEGER,
    kept_at VARCHAR NOT NULL,
    reason_code VARCHAR,
    reason_message VARCHAR,
    hub_number VARCHAR,
    receipt TEXT,
    PRIMARY KEY (station, seq),
    UNIQUE (hub_number)
);
CREATE TABLE invitation (
    secret_sha256 VARCHAR NOT NULL,
    station VARCHAR NOT NULL,
    made_at VARCHAR NOT NULL,
    expires_at VARCHAR NOT NULL,
    used_at VARCHAR,
    used_by VARCHAR,
    PRIMARY KEY (secret_sha256)
);
CREATE TABLE page (
    station VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    received_at VARCHAR NOT NULL,
    PRIMARY KEY (station, sha256)
);
CREATE TABLE roster (
    station VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    digest VARCHAR NOT NULL,
    expires_at VARCHAR NOT NULL,
    issued_at VARCHAR NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (station, version)
);
CREATE TABLE trail_alarm (
    id INTEGER NOT NULL,
    station VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    seq INTEGER,
    text VARCHAR NOT NULL,
    raised_at VARCHAR NOT NULL,
    settled_at VARCHAR,
    settled_by VARCHAR,
    note VARCHAR,
    PRIMARY KEY (id)
);
CREATE INDEX trail_alarm_by_station ON trail_alarm (station, kind);
CREATE TABLE trail_head (
    station VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    hash VARCHAR NOT NULL,
    at VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    received_at VARCHAR NOT NULL,
    PRIMARY KEY (station, seq, hash)
);
INSERT INTO event VALUES ('T01', 1, '0000000000000000000000000000000000000000000000000000000000000000', '{}', 'd-1', 'T01-1', 'accepted', 1, '2026-11-20T08:00:00+07:00', NULL, NULL, 'H00.00.00-261120-0001', '{"hub_number": "H00.00.00-261120-0001"}');
INSERT INTO event VALUES ('T01', 2, '1111111111111111111111111111111111111111111111111111111111111111', '{}', 'd-2', 'T01-2', 'need_pages', 1, '2026-11-20T08:00:01+07:00', NULL, NULL, NULL, NULL);
INSERT INTO announced_page VALUES ('T01', 1, 0, 'abababababababababababababababababababababababababababababababab');
INSERT INTO page VALUES ('T01', 'abababababababababababababababababababababababababababababababab', 7, '2026-11-20T08:00:00+07:00');
PRAGMA user_version = 2;
