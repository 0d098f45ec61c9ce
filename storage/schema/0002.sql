-- A timeline may hold work and failure reasons of single steps, which version 1 cannot read: see storage/timeline.cpp.
-- work_ms is the moment when the next work of a resource begins or began, where it is open and the clock can tell.

ALTER TABLE resource ADD COLUMN work_ms INTEGER;

CREATE INDEX resource_by_work ON resource (account, work_ms) WHERE work_ms IS NOT NULL;
