-- A trigger on INSERT, and a foreign key, make SQLite keep a journal for each statement that inserts, and look for what
-- belongs to the new row. So what inserts a resource counts it, and a trigger removes the references of one that goes.

DROP TRIGGER resource_inserted;
DROP TRIGGER resource_inserted_hidden;
DROP TRIGGER resource_deleted;
DROP INDEX resource_reference_by_arn;

ALTER TABLE resource_reference RENAME TO old_reference;

-- What a resource names. The named one need not be there: assumed is 1 where it was not.
CREATE TABLE resource_reference (
    resource INTEGER NOT NULL,
    arn TEXT NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (resource, arn)
) STRICT, WITHOUT ROWID;

INSERT INTO resource_reference (resource, arn, assumed) SELECT resource, arn, assumed FROM old_reference;

DROP TABLE old_reference;

CREATE INDEX resource_reference_by_arn ON resource_reference (arn, assumed);

CREATE TRIGGER resource_deleted AFTER DELETE ON resource
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE layer = old.layer AND kind = old.kind AND account = old.account AND rest_status = old.rest_status;
    DELETE FROM resource_reference WHERE resource = old.id;
END;
