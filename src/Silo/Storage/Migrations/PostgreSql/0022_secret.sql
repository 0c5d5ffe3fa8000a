-- Instants are milliseconds since 1970 UTC. Names sort by their bytes, as in SQLite.

-- The keys that protect what follows, as ASP.NET Core Data Protection writes them. Whoever loses them loses every secret.
CREATE TABLE protection_key (
    name text PRIMARY KEY,
    xml  text NOT NULL
);

CREATE TABLE secret (
    name            text COLLATE "C" PRIMARY KEY,
    protected_value bytea NOT NULL,
    modified_by     text NOT NULL,
    modified_at     bigint NOT NULL
);

-- Which projects may use it.
CREATE TABLE secret_grant (
    name       text COLLATE "C" NOT NULL REFERENCES secret,
    project_id integer NOT NULL REFERENCES project,
    PRIMARY KEY (name, project_id)
);
