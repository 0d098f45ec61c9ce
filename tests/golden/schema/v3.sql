-- A database of version 3 with rows, as `sqlite3 FILE .dump` prints it, and its version. Never edited.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
, work_ms INTEGER, place INTEGER NOT NULL DEFAULT 0, layer INTEGER NOT NULL DEFAULT 0, hidden_by INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO resource VALUES(1,'','','recipe','arn:aws:personalize:::recipe/aws-user-personalization','aws-user-personalization','','{"name":"aws-user-personalization"}',1559779200000,'1559779200000 1559779200000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,1,1,0);
INSERT INTO resource VALUES(2,'111111111111','us-east-1','batchInferenceJob','arn:aws:personalize:us-east-1:111111111111:batch-inference-job/nightly','nightly','arn:aws:personalize:us-east-1:111111111111:solution/s/1','{"jobName":"nightly","note":"it''s"}',1700000000000,'1700000000000 1700000000000 0;d1000 PENDING;n CREATE FAILED!one\ntwo','CREATE FAILED',1700000001000,'',NULL,NULL,2,2,0);
INSERT INTO resource VALUES(3,'111111111111','us-east-1','datasetImportJob','arn:aws:personalize:us-east-1:111111111111:dataset-import-job/at-work','at-work','','{"jobName":"at-work"}',1700000000000,'1700000000000 1700000000000 0;d1000 CREATE PENDING;wd2000 CREATE IN_PROGRESS;n ACTIVE','CREATE IN_PROGRESS',1700000001000,'',NULL,1700000001000,3,2,0);
INSERT INTO resource VALUES(4,'111111111111','us-east-1','campaign','arn:aws:personalize:us-east-1:111111111111:campaign/twice','twice','','{"name":"twice"}',1700000000000,'1700000000000 1700000000000 0;wl2=1700000000400,3,4096,12,1@1700000000500,work CREATE IN_PROGRESS;c@1700000000600,call ACTIVE;d0 UPDATE IN_PROGRESS;c@1700000000700,command UPDATE FAILED"no model";n CREATE FAILED!by hand','CREATE FAILED',NULL,'',NULL,NULL,4,2,0);
INSERT INTO resource VALUES(5,'111111111111','us-east-1','batchSegmentJob','arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed','changed','','{"jobName":"changed","roleArn":"new"}',1700000000000,'1700000000000 1700000000000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,5,2,0);
INSERT INTO resource VALUES(6,'111111111111','us-east-1','batchSegmentJob','arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed','changed','','{"jobName":"changed"}',1700000000000,'1700000000000 1700000000000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,5,-1,2);
INSERT INTO resource VALUES(7,'111111111111','us-east-1','batchSegmentJob','arn:aws:personalize:us-east-1:111111111111:batch-segment-job/removed','removed','','{"jobName":"removed"}',1700000000000,'1700000000000 1700000000000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,7,-1,2);
INSERT INTO resource VALUES(8,'111111111111','us-east-1','batchSegmentJob','arn:aws:personalize:us-east-1:111111111111:batch-segment-job/unfinished','unfinished','','{"jobName":"unfinished"}',1700000000000,'1700000000000 1700000000000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,8,9,0);
CREATE TABLE resource_reference (
    resource INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
    arn TEXT NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (resource, arn)
) STRICT, WITHOUT ROWID;
INSERT INTO resource_reference VALUES(2,'arn:aws:personalize:us-east-1:111111111111:solution/s/1',1);
CREATE TABLE setting (
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('111111111111','clock','{"mode":"real"}');
CREATE TABLE layer (
    id INTEGER PRIMARY KEY NOT NULL,
    account TEXT NOT NULL
) STRICT;
INSERT INTO layer VALUES(-1,'111111111111');
INSERT INTO layer VALUES(1,'');
INSERT INTO layer VALUES(2,'111111111111');
INSERT INTO layer VALUES(9,'111111111111');
CREATE TABLE live_layer (
    id INTEGER PRIMARY KEY NOT NULL
) STRICT;
INSERT INTO live_layer VALUES(-1);
INSERT INTO live_layer VALUES(1);
INSERT INTO live_layer VALUES(2);
CREATE TABLE resource_count (
    layer INTEGER NOT NULL,
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    rest_status TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (layer, kind, account, rest_status)
) STRICT, WITHOUT ROWID;
INSERT INTO resource_count VALUES(-1,'batchSegmentJob','111111111111','ACTIVE',2);
INSERT INTO resource_count VALUES(1,'recipe','','ACTIVE',1);
INSERT INTO resource_count VALUES(2,'batchSegmentJob','111111111111','ACTIVE',-1);
INSERT INTO resource_count VALUES(2,'batchInferenceJob','111111111111','CREATE FAILED',1);
INSERT INTO resource_count VALUES(2,'campaign','111111111111','CREATE FAILED',1);
INSERT INTO resource_count VALUES(2,'datasetImportJob','111111111111','CREATE IN_PROGRESS',1);
INSERT INTO resource_count VALUES(9,'batchSegmentJob','111111111111','ACTIVE',1);
CREATE TABLE tag (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    hidden_by INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (arn, layer, key)
) STRICT, WITHOUT ROWID;
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed',-1,'team','old',2);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed',2,'team','new',0);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-inference-job/nightly',2,'team','search',0);
CREATE INDEX resource_reference_by_arn ON resource_reference (arn, assumed);
CREATE INDEX layer_by_account ON layer (account);
CREATE UNIQUE INDEX resource_by_arn ON resource (arn, layer);
CREATE INDEX resource_by_kind ON resource (kind, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_owner ON resource (kind, account, region, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_parent ON resource (parent, kind, created_ms, place, layer, hidden_by);
CREATE INDEX resource_by_rest ON resource (account, rest_ms, layer, hidden_by) WHERE rest_ms IS NOT NULL;
CREATE INDEX resource_by_due ON resource (account, due_ms, place, layer, hidden_by) WHERE due_ms IS NOT NULL;
CREATE INDEX resource_by_work ON resource (account, work_ms, layer, hidden_by) WHERE work_ms IS NOT NULL;
CREATE INDEX resource_by_layer ON resource (layer);
CREATE INDEX resource_by_hiding_layer ON resource (hidden_by) WHERE hidden_by <> 0;
CREATE VIEW visible_resource AS
    SELECT * FROM resource
    WHERE +layer IN (SELECT id FROM live_layer) AND +hidden_by NOT IN (SELECT id FROM live_layer);
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
CREATE INDEX tag_by_layer ON tag (layer);
CREATE INDEX tag_by_hiding_layer ON tag (hidden_by) WHERE hidden_by <> 0;
CREATE VIEW visible_tag AS
    SELECT * FROM tag
    WHERE +layer IN (SELECT id FROM live_layer) AND +hidden_by NOT IN (SELECT id FROM live_layer);
COMMIT;
PRAGMA user_version=3;
