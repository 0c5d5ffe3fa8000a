-- Instants are milliseconds since 1970 UTC.

CREATE TABLE user_account (
    name          text    PRIMARY KEY,
    password_hash text    NOT NULL,
    is_disabled   boolean NOT NULL,
    created_at    bigint  NOT NULL
);

CREATE TABLE user_group (
    name text PRIMARY KEY
);

CREATE TABLE role (
    name        text    PRIMARY KEY,
    permissions integer NOT NULL
);

-- 0x8000000: administrator of everything.
INSERT INTO role (name, permissions) VALUES ('admin', 134217728);

CREATE TABLE user_role (
    user_name text NOT NULL REFERENCES user_account,
    role_name text NOT NULL REFERENCES role,
    PRIMARY KEY (user_name, role_name)
);

CREATE TABLE group_role (
    group_name text NOT NULL REFERENCES user_group,
    role_name  text NOT NULL REFERENCES role,
    PRIMARY KEY (group_name, role_name)
);

CREATE TABLE group_member (
    user_name  text NOT NULL REFERENCES user_account,
    group_name text NOT NULL REFERENCES user_group,
    PRIMARY KEY (user_name, group_name)
);

-- Whom a user may name as proxy user of a project.
CREATE TABLE user_proxy (
    user_name  text NOT NULL REFERENCES user_account,
    proxy_name text NOT NULL,
    PRIMARY KEY (user_name, proxy_name)
);

CREATE TABLE user_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor    text   NOT NULL,
    at       bigint NOT NULL,
    message  text   NOT NULL
);

CREATE TABLE user_session (
    -- SHA-256 of the session id, lower-case hex.
    id_hash        text   PRIMARY KEY,
    user_name      text   NOT NULL REFERENCES user_account,
    remote_address text   NOT NULL,
    opened_at      bigint NOT NULL,
    expires_at     bigint NOT NULL
);

CREATE INDEX user_session_of_user ON user_session (user_name, expires_at);
CREATE INDEX user_session_expiry ON user_session (expires_at);
