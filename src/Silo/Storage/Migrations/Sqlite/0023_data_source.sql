-- Instants are milliseconds since 1970 UTC. Names sort by their bytes, as in SQLite.

CREATE TABLE data_source (
    name               TEXT PRIMARY KEY,
    kind               TEXT NOT NULL,
    -- A JSON object of texts; never holds a secret.
    options            TEXT NOT NULL,
    -- Null when it has none.
    protected_password BLOB,
    modified_by        TEXT NOT NULL,
    modified_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which projects may use it.
CREATE TABLE data_source_grant (
    name       TEXT NOT NULL REFERENCES data_source,
    project_id INTEGER NOT NULL REFERENCES project,
    PRIMARY KEY (name, project_id)
) STRICT, WITHOUT ROWID;
