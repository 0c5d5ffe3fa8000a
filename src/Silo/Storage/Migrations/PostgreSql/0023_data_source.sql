-- Instants are milliseconds since 1970 UTC. Names sort by their bytes, as in SQLite.

CREATE TABLE data_source (
    name               text COLLATE "C" PRIMARY KEY,
    kind               text NOT NULL,
    -- A JSON object of texts; never holds a secret.
    options            text NOT NULL,
    -- Null when it has none.
    protected_password bytea,
    modified_by        text NOT NULL,
    modified_at        bigint NOT NULL
);

-- Which projects may use it.
CREATE TABLE data_source_grant (
    name       text COLLATE "C" NOT NULL REFERENCES data_source,
    project_id integer NOT NULL REFERENCES project,
    PRIMARY KEY (name, project_id)
);
