-- For pages of all executions of a project, and of all with one status, newest first.
CREATE INDEX ix_execution_project ON execution (project_id, id DESC);
CREATE INDEX ix_execution_status ON execution (status, id DESC);
