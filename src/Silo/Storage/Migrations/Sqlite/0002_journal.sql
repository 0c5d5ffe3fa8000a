-- Executions: a head each, and behind it the rows of its journal. Instants are milliseconds since 1970 UTC.
CREATE TABLE id_sequence (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO id_sequence (name, last) VALUES ('execution', 0);

CREATE TABLE execution (
    id INTEGER NOT NULL PRIMARY KEY,
    project_id INTEGER NOT NULL,
    workflow_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status INTEGER NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    updated_at INTEGER NOT NULL,
    owner TEXT NOT NULL,
    specification BLOB NOT NULL,
    snapshot_sequence INTEGER NOT NULL DEFAULT 0,
    snapshot BLOB NOT NULL DEFAULT x''
);

CREATE INDEX ix_execution_workflow ON execution (project_id, workflow_id, id DESC);

-- Statuses below 5 have not ended. Small whatever the history: also what recovery scans for owners that are gone.
CREATE INDEX ix_execution_active ON execution (project_id, workflow_id, id, owner) WHERE status < 5;

-- The primary key is the fence between two activations of one execution.
CREATE TABLE execution_event (
    execution_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    epoch BLOB NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (execution_id, sequence)
) WITHOUT ROWID;
