-- Instants are milliseconds since 1970 UTC. Names sort by their bytes, as in SQLite.

-- The keys that protect what follows, as ASP.NET Core Data Protection writes them. Whoever loses them loses every secret.
CREATE TABLE protection_key (
    name TEXT PRIMARY KEY,
    xml  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
    name            TEXT PRIMARY KEY,
    protected_value BLOB NOT NULL,
    modified_by     TEXT NOT NULL,
    modified_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Which projects may use it.
CREATE TABLE secret_grant (
    name       TEXT NOT NULL REFERENCES secret,
    project_id INTEGER NOT NULL REFERENCES project,
    PRIMARY KEY (name, project_id)
) STRICT, WITHOUT ROWID;
