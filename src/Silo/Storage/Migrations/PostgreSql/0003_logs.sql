-- Logs of attempts, as chunks addressed by the position of their first byte among all bytes the attempt wrote.
-- Ids of executions only grow, so a partition of 100 000 of them is a stretch of time: retention drops whole partitions
-- (log_chunk_<id / 100000>) once their last execution is old enough. Writers make the partitions they need.
CREATE TABLE log_chunk (
    execution_id bigint NOT NULL,
    node integer NOT NULL,
    attempt integer NOT NULL,
    position bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (execution_id, node, attempt, position)
) PARTITION BY RANGE (execution_id);

-- Only for logs that have passed their cap: bytes from head_end up to tail_start are gone.
CREATE TABLE log_gap (
    execution_id bigint NOT NULL,
    node integer NOT NULL,
    attempt integer NOT NULL,
    head_end bigint NOT NULL,
    tail_start bigint NOT NULL,
    PRIMARY KEY (execution_id, node, attempt)
);
