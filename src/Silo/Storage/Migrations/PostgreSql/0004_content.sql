-- Contents by address, in chunks of at most 1 MiB. Chunks come first while a stream is read and its address is not known yet;
-- they become visible together with the row that names them.
CREATE SEQUENCE content_id;

CREATE TABLE content (
    sha256 bytea PRIMARY KEY,
    id bigint NOT NULL DEFAULT nextval('content_id'),
    length bigint NOT NULL
);

CREATE TABLE content_chunk (
    content_id bigint NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (content_id, number)
);

-- Archives do not shrink: no time is spent on trying.
ALTER TABLE content_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
