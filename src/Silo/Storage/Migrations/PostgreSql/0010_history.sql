-- The journal in partitions of 100 000 executions. Their ids only grow, so a partition is a stretch of time, and retention drops it
-- whole once its last execution is old enough. The primary key stays the fence between two activations of one execution.
ALTER TABLE execution_event RENAME TO execution_event_0;
ALTER INDEX execution_event_pkey RENAME TO execution_event_0_pkey;

CREATE TABLE execution_event (
    execution_id bigint NOT NULL,
    sequence integer NOT NULL,
    epoch uuid NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (execution_id, sequence)
) PARTITION BY RANGE (execution_id);

-- Makes the partitions up to the one of this id, and one more; answers with the first id that has none. Partitions leave no gap. A new
-- one is attached instead of created in place: appends go on meanwhile.
CREATE FUNCTION extend_execution_event(last_id bigint) RETURNS bigint LANGUAGE plpgsql AS $function$
DECLARE
    step CONSTANT bigint := 100000;
    covered bigint;
    name text;
BEGIN
    PERFORM pg_advisory_xact_lock('execution_event'::regclass::oid::bigint);
    SELECT max((regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''(\d+)''\)'))[1]::bigint) INTO covered
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'execution_event'::regclass;

    WHILE covered <= last_id + step LOOP
        name := 'execution_event_' || covered / step;
        EXECUTE format('CREATE TABLE %I (LIKE execution_event INCLUDING ALL)', name);
        EXECUTE format(
            'ALTER TABLE execution_event ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', name, covered, covered + step);
        covered := covered + step;
    END LOOP;
    RETURN covered;
END
$function$;

-- What there was becomes the first partition, however far it reaches. The two behind it are for servers of the version before, which
-- do not know that they would have to ask for more.
DO $block$
DECLARE
    next_id bigint;
BEGIN
    SELECT (last_value / 100000 + 1) * 100000 INTO next_id FROM execution_id;
    EXECUTE format('ALTER TABLE execution_event ATTACH PARTITION execution_event_0 FOR VALUES FROM (0) TO (%s)', next_id);
    PERFORM extend_execution_event(next_id);
END
$block$;

-- For pages of all executions of a project, and of all with one status, newest first.
CREATE INDEX ix_execution_project ON execution (project_id, id DESC);
CREATE INDEX ix_execution_status ON execution (status, id DESC);
