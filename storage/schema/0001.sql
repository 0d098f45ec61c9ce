-- Times are milliseconds since 1970 UTC. Each list is a walk along one index, newest first: an index holds what the
-- list is held to, then created_ms, then, as every index does, the id. An id may come back once its row is gone; a walk
-- stays right, for no row ever changes place.

CREATE TABLE resource (
    id INTEGER PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    kind TEXT NOT NULL,
    arn TEXT NOT NULL,
    name TEXT NOT NULL,
    parent TEXT NOT NULL,
    document TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    timeline TEXT NOT NULL,
    rest_status TEXT NOT NULL,
    rest_ms INTEGER,
    latest_update TEXT NOT NULL,
    due_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX resource_by_arn ON resource (arn);
CREATE INDEX resource_by_kind ON resource (kind, created_ms);
CREATE INDEX resource_by_owner ON resource (kind, account, region, created_ms);
CREATE INDEX resource_by_parent ON resource (parent, kind, created_ms);
CREATE INDEX resource_by_rest ON resource (account, rest_ms) WHERE rest_ms IS NOT NULL;
CREATE INDEX resource_by_due ON resource (account, due_ms) WHERE due_ms IS NOT NULL;

-- What a resource names. The named one need not be there: assumed is 1 where it was not.
CREATE TABLE resource_reference (
    resource INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
    arn TEXT NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (resource, arn)
) STRICT, WITHOUT ROWID;

CREATE INDEX resource_reference_by_arn ON resource_reference (arn, assumed);

-- How many resources there are, by the status that they come to, so that nobody has to count them; never 0.
CREATE TABLE resource_count (
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    rest_status TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, account, rest_status)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER resource_inserted AFTER INSERT ON resource
BEGIN
    INSERT INTO resource_count (kind, account, rest_status, n) VALUES (new.kind, new.account, new.rest_status, 1)
        ON CONFLICT (kind, account, rest_status) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER resource_deleted AFTER DELETE ON resource
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE kind = old.kind AND account = old.account AND rest_status = old.rest_status;
    DELETE FROM resource_count
        WHERE kind = old.kind AND account = old.account AND rest_status = old.rest_status AND n = 0;
END;

CREATE TRIGGER resource_redirected AFTER UPDATE OF rest_status ON resource WHEN new.rest_status <> old.rest_status
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE kind = old.kind AND account = old.account AND rest_status = old.rest_status;
    DELETE FROM resource_count
        WHERE kind = old.kind AND account = old.account AND rest_status = old.rest_status AND n = 0;
    INSERT INTO resource_count (kind, account, rest_status, n) VALUES (new.kind, new.account, new.rest_status, 1)
        ON CONFLICT (kind, account, rest_status) DO UPDATE SET n = n + 1;
END;

-- What is tagged need not be in resource: it may be assumed to exist.
CREATE TABLE tag (
    arn TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (arn, key)
) STRICT, WITHOUT ROWID;

-- Small texts that outlive a restart; account is empty for what is common to all.
CREATE TABLE setting (
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
