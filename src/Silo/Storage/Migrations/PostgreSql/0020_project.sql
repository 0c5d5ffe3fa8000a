-- Instants are milliseconds since 1970 UTC. Names sort by their bytes, as in SQLite.

CREATE TABLE project (
    project_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name           text    COLLATE "C" NOT NULL,
    -- The name in lower case while the project is active, null once it is deleted: the index frees deleted names.
    active_name    text    COLLATE "C" UNIQUE,
    description    text    NOT NULL,
    created_by     text    NOT NULL,
    created_at     bigint  NOT NULL,
    modified_by    text    NOT NULL,
    modified_at    bigint  NOT NULL,
    latest_version integer
);

CREATE TABLE project_grant (
    project_id  integer NOT NULL REFERENCES project,
    name        text    COLLATE "C" NOT NULL,
    is_group    boolean NOT NULL,
    permissions integer NOT NULL,
    PRIMARY KEY (project_id, is_group, name)
);

CREATE TABLE project_proxy_user (
    project_id integer NOT NULL REFERENCES project,
    name       text    COLLATE "C" NOT NULL,
    PRIMARY KEY (project_id, name)
);

CREATE TABLE project_event (
    event_id   bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id integer NOT NULL REFERENCES project,
    user_name  text    NOT NULL,
    at         bigint  NOT NULL,
    kind       integer NOT NULL,
    message    text    NOT NULL
);

CREATE INDEX project_event_newest ON project_event (project_id, event_id);

CREATE TABLE package_version (
    project_id        integer NOT NULL REFERENCES project,
    number            integer NOT NULL,
    file_name         text    NOT NULL,
    sha256            text    NOT NULL,
    length            bigint  NOT NULL,
    -- Addresses in the content store of what the reader made of the archive.
    definition_sha256 text    NOT NULL,
    manifest_sha256   text    NOT NULL,
    -- The build that read it; another one reads the same bytes anew.
    reader            text    NOT NULL,
    uploaded_by       text    NOT NULL,
    uploaded_at       bigint  NOT NULL,
    PRIMARY KEY (project_id, number)
);
