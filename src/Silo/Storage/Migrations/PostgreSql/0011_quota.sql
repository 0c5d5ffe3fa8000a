-- How many attempts may run at one time in the whole cluster: pool/<name>, project/<name>, workflow/<project>/<name>.
CREATE TABLE quota (
    key           text    PRIMARY KEY,
    running_limit integer NOT NULL
);

-- One row for each running attempt and each quota it counts for. A permit outlives a removed quota, so that one set anew counts right.
CREATE TABLE quota_permit (
    quota_key    text    NOT NULL,
    execution_id bigint  NOT NULL,
    node         integer NOT NULL,
    attempt      integer NOT NULL,
    -- Milliseconds since 1970 UTC.
    taken_at     bigint  NOT NULL,
    PRIMARY KEY (quota_key, execution_id, node, attempt)
);

CREATE INDEX ix_quota_permit_execution ON quota_permit (execution_id, node, attempt);
