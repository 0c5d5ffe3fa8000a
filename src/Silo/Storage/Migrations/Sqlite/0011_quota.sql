-- How many attempts may run at one time in the whole cluster: pool/<name>, project/<name>, workflow/<project>/<name>.
CREATE TABLE quota (
    key           TEXT    PRIMARY KEY,
    running_limit INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for each running attempt and each quota it counts for. A permit outlives a removed quota, so that one set anew counts right.
CREATE TABLE quota_permit (
    quota_key    TEXT    NOT NULL,
    execution_id INTEGER NOT NULL,
    node         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    -- Milliseconds since 1970 UTC.
    taken_at     INTEGER NOT NULL,
    PRIMARY KEY (quota_key, execution_id, node, attempt)
) STRICT, WITHOUT ROWID;

CREATE INDEX ix_quota_permit_execution ON quota_permit (execution_id, node, attempt);
