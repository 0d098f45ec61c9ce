-- Resources and tags lie in layers. A layer belongs to one account and is visible or invisible as a whole, so what is
-- loaded can be stored piece by piece before all of it appears at once, and what it displaces can be removed piece by
-- piece after. A row is visible if its layer is in live_layer and the layer that hides it, if any, is not. Rows of a
-- layer with a negative id never change: what changes or removes one of them hides it and stores its successor in
-- another layer, so that the row is back when that layer is dropped.

CREATE TABLE layer (
    id INTEGER PRIMARY KEY NOT NULL,
    account TEXT NOT NULL
) STRICT;

CREATE INDEX layer_by_account ON layer (account);

-- A table of its own, because a look-up by primary key is the cheapest that there is: every row that is read asks.
CREATE TABLE live_layer (
    id INTEGER PRIMARY KEY NOT NULL
) STRICT;

-- place orders resources that were created at the same time: the id of the row, or of the row that it succeeds.
ALTER TABLE resource ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resource ADD COLUMN layer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE resource ADD COLUMN hidden_by INTEGER NOT NULL DEFAULT 0;

-- The account of an ARN is its fifth part.
CREATE VIEW tag_account AS
    WITH a AS (SELECT DISTINCT arn, substr(arn, instr(arn, ':') + 1) AS tail FROM tag),
        b AS (SELECT arn, substr(tail, instr(tail, ':') + 1) AS tail FROM a),
        c AS (SELECT arn, substr(tail, instr(tail, ':') + 1) AS tail FROM b),
        d AS (SELECT arn, substr(tail, instr(tail, ':') + 1) AS tail FROM c)
    SELECT arn, substr(tail, 1, instr(tail, ':') - 1) AS account FROM d;

INSERT INTO layer (account) SELECT account FROM resource UNION SELECT account FROM tag_account;
INSERT INTO live_layer (id) SELECT id FROM layer;

DROP TRIGGER resource_inserted;
DROP TRIGGER resource_deleted;
DROP TRIGGER resource_redirected;

UPDATE resource SET place = id, layer = (SELECT layer.id FROM layer WHERE layer.account = resource.account);

DROP INDEX resource_by_arn;
DROP INDEX resource_by_kind;
DROP INDEX resource_by_owner;
DROP INDEX resource_by_parent;
DROP INDEX resource_by_rest;
DROP INDEX resource_by_due;
DROP INDEX resource_by_work;

-- Each that is walked ends with layer and hidden_by: rows that are not visible are passed over without being read.
CREATE UNIQUE INDEX resource_by_arn ON resource (arn, layer);
CREATE INDEX resource_by_kind ON resource (kind, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_owner ON resource (kind, account, region, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_parent ON resource (parent, kind, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_rest ON resource (account, rest_ms, layer, hidden_by) WHERE rest_ms IS NOT NULL;
CREATE INDEX resource_by_due ON resource (account, due_ms, place, layer, hidden_by) WHERE due_ms IS NOT NULL;
CREATE INDEX resource_by_work ON resource (account, work_ms, layer, hidden_by) WHERE work_ms IS NOT NULL;
CREATE INDEX resource_by_layer ON resource (layer);
CREATE INDEX resource_by_hiding_layer ON resource (hidden_by) WHERE hidden_by <> 0;

-- The unary plus keeps SQLite from probing an index once for each live layer.
CREATE VIEW visible_resource AS
    SELECT * FROM resource
    WHERE +layer IN (SELECT id FROM live_layer) AND +hidden_by NOT IN (SELECT id FROM live_layer);

-- How many resources there are, by the status that they come to. A layer counts its own rows, less those that it hides:
-- the sum over the live layers is what is visible, and a layer's own count may be below 0.
DROP TABLE resource_count;

CREATE TABLE resource_count (
    layer INTEGER NOT NULL,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    rest_status TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (layer, kind, account, rest_status)
) STRICT, WITHOUT ROWID;

INSERT INTO resource_count (layer, kind, account, rest_status, n)
    SELECT layer, kind, account, rest_status, COUNT(*) FROM resource GROUP BY layer, kind, account, rest_status;

CREATE VIEW visible_count AS
    SELECT kind, account, rest_status, SUM(n) AS n FROM resource_count
    WHERE layer IN (SELECT id FROM live_layer) GROUP BY kind, account, rest_status HAVING SUM(n) <> 0;

CREATE TRIGGER resource_inserted AFTER INSERT ON resource
BEGIN
    INSERT INTO resource_count (layer, kind, account, rest_status, n)
        VALUES (new.layer, new.kind, new.account, new.rest_status, 1)
        ON CONFLICT (layer, kind, account, rest_status) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER resource_inserted_hidden AFTER INSERT ON resource WHEN new.hidden_by <> 0
BEGIN
    INSERT INTO resource_count (layer, kind, account, rest_status, n)
        VALUES (new.hidden_by, new.kind, new.account, new.rest_status, -1)
        ON CONFLICT (layer, kind, account, rest_status) DO UPDATE SET n = n - 1;
END;

CREATE TRIGGER resource_hidden AFTER UPDATE OF hidden_by ON resource WHEN new.hidden_by NOT IN (0, old.hidden_by)
BEGIN
    INSERT INTO resource_count (layer, kind, account, rest_status, n)
        VALUES (new.hidden_by, new.kind, new.account, new.rest_status, -1)
        ON CONFLICT (layer, kind, account, rest_status) DO UPDATE SET n = n - 1;
END;

CREATE TRIGGER resource_deleted AFTER DELETE ON resource
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE layer = old.layer AND kind = old.kind AND account = old.account AND rest_status = old.rest_status;
END;

CREATE TRIGGER resource_redirected AFTER UPDATE OF rest_status, layer ON resource
    WHEN new.rest_status <> old.rest_status OR new.layer <> old.layer
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE layer = old.layer AND kind = old.kind AND account = old.account AND rest_status = old.rest_status;
    INSERT INTO resource_count (layer, kind, account, rest_status, n)
        VALUES (new.layer, new.kind, new.account, new.rest_status, 1)
        ON CONFLICT (layer, kind, account, rest_status) DO UPDATE SET n = n + 1;
END;

ALTER TABLE tag RENAME TO old_tag;

-- What is tagged need not be in resource: it may be assumed to exist.
CREATE TABLE tag (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    hidden_by INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (arn, layer, key)
) STRICT, WITHOUT ROWID;

INSERT INTO tag (arn, layer, key, value)
    SELECT old_tag.arn, layer.id, key, value FROM old_tag
    JOIN tag_account ON tag_account.arn = old_tag.arn JOIN layer ON layer.account = tag_account.account;

DROP VIEW tag_account;
DROP TABLE old_tag;

CREATE INDEX tag_by_layer ON tag (layer);
CREATE INDEX tag_by_hiding_layer ON tag (hidden_by) WHERE hidden_by <> 0;

CREATE VIEW visible_tag AS
    SELECT * FROM tag
    WHERE +layer IN (SELECT id FROM live_layer) AND +hidden_by NOT IN (SELECT id FROM live_layer);
