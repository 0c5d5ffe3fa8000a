-- Instants are milliseconds since 1970 UTC.

CREATE TABLE user_account (
    name          TEXT    PRIMARY KEY,
    password_hash TEXT    NOT NULL,
    is_disabled   INTEGER NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_group (
    name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
    name        TEXT    PRIMARY KEY,
    permissions INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- 0x8000000: administrator of everything.
INSERT INTO role (name, permissions) VALUES ('admin', 134217728);

CREATE TABLE user_role (
    user_name TEXT NOT NULL REFERENCES user_account,
    role_name TEXT NOT NULL REFERENCES role,
    PRIMARY KEY (user_name, role_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_role (
    group_name TEXT NOT NULL REFERENCES user_group,
    role_name  TEXT NOT NULL REFERENCES role,
    PRIMARY KEY (group_name, role_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE group_member (
    user_name  TEXT NOT NULL REFERENCES user_account,
    group_name TEXT NOT NULL REFERENCES user_group,
    PRIMARY KEY (user_name, group_name)
) STRICT, WITHOUT ROWID;

-- Whom a user may name as proxy user of a project.
CREATE TABLE user_proxy (
    user_name  TEXT NOT NULL REFERENCES user_account,
    proxy_name TEXT NOT NULL,
    PRIMARY KEY (user_name, proxy_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_event (
    event_id INTEGER PRIMARY KEY AUTOINCREMENT,
    actor    TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    message  TEXT    NOT NULL
) STRICT;

CREATE TABLE user_session (
    -- SHA-256 of the session id, lower-case hex.
    id_hash        TEXT    PRIMARY KEY,
    user_name      TEXT    NOT NULL REFERENCES user_account,
    remote_address TEXT    NOT NULL,
    opened_at      INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX user_session_of_user ON user_session (user_name, expires_at);
CREATE INDEX user_session_expiry ON user_session (expires_at);
