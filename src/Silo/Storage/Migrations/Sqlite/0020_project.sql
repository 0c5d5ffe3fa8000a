-- Instants are milliseconds since 1970 UTC.

CREATE TABLE project (
    project_id     INTEGER PRIMARY KEY AUTOINCREMENT,
    name           TEXT    NOT NULL,
    -- The name in lower case while the project is active, null once it is deleted: the index frees deleted names.
    active_name    TEXT    UNIQUE,
    description    TEXT    NOT NULL,
    created_by     TEXT    NOT NULL,
    created_at     INTEGER NOT NULL,
    modified_by    TEXT    NOT NULL,
    modified_at    INTEGER NOT NULL,
    latest_version INTEGER
) STRICT;

CREATE TABLE project_grant (
    project_id  INTEGER NOT NULL REFERENCES project,
    name        TEXT    NOT NULL,
    is_group    INTEGER NOT NULL,
    permissions INTEGER NOT NULL,
    PRIMARY KEY (project_id, is_group, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_proxy_user (
    project_id INTEGER NOT NULL REFERENCES project,
    name       TEXT    NOT NULL,
    PRIMARY KEY (project_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_event (
    event_id   INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project,
    user_name  TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    message    TEXT    NOT NULL
) STRICT;

CREATE INDEX project_event_newest ON project_event (project_id, event_id);

CREATE TABLE package_version (
    project_id        INTEGER NOT NULL REFERENCES project,
    number            INTEGER NOT NULL,
    file_name         TEXT    NOT NULL,
    sha256            TEXT    NOT NULL,
    length            INTEGER NOT NULL,
    -- Addresses in the content store of what the reader made of the archive.
    definition_sha256 TEXT    NOT NULL,
    manifest_sha256   TEXT    NOT NULL,
    -- The build that read it; another one reads the same bytes anew.
    reader            TEXT    NOT NULL,
    uploaded_by       TEXT    NOT NULL,
    uploaded_at       INTEGER NOT NULL,
    PRIMARY KEY (project_id, number)
) STRICT, WITHOUT ROWID;
