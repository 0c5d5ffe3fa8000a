-- Executions: a head each, and behind it the rows of its journal. Instants are milliseconds since 1970 UTC.
CREATE SEQUENCE execution_id;

-- The head is updated a few times in its life; the free space lets those versions stay on its page.
CREATE TABLE execution (
    id bigint PRIMARY KEY,
    project_id integer NOT NULL,
    workflow_id text NOT NULL,
    version integer NOT NULL,
    status smallint NOT NULL,
    submitted_by text NOT NULL,
    submitted_at bigint NOT NULL,
    started_at bigint,
    ended_at bigint,
    updated_at bigint NOT NULL,
    owner text NOT NULL,
    specification bytea NOT NULL,
    snapshot_sequence integer NOT NULL DEFAULT 0,
    snapshot bytea NOT NULL DEFAULT ''
) WITH (fillfactor = 70);

CREATE INDEX ix_execution_workflow ON execution (project_id, workflow_id, id DESC);

-- Statuses below 5 have not ended. Small whatever the history: also what recovery scans for owners that are gone.
CREATE INDEX ix_execution_active ON execution (project_id, workflow_id, id) INCLUDE (owner) WHERE status < 5;

-- The primary key is the fence between two activations of one execution.
CREATE TABLE execution_event (
    execution_id bigint NOT NULL,
    sequence integer NOT NULL,
    epoch uuid NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (execution_id, sequence)
);
