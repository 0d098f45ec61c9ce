-- A database of version 2 with rows, as `sqlite3 FILE .dump` prints it, and its version. Never edited.
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
, work_ms INTEGER) STRICT;
INSERT INTO resource VALUES(1,'','','recipe','arn:aws:personalize:::recipe/aws-user-personalization','aws-user-personalization','','{"name":"aws-user-personalization"}',1559779200000,'1559779200000 1559779200000 0;n ACTIVE','ACTIVE',NULL,'',NULL,NULL);
INSERT INTO resource VALUES(2,'111111111111','us-east-1','batchInferenceJob','arn:aws:personalize:us-east-1:111111111111:batch-inference-job/nightly','nightly','arn:aws:personalize:us-east-1:111111111111:solution/s/1','{"jobName":"nightly","note":"it''s"}',1700000000000,'1700000000000 1700000000000 0;d1000 PENDING;n CREATE FAILED!one\ntwo','CREATE FAILED',1700000001000,'',NULL,NULL);
INSERT INTO resource VALUES(3,'111111111111','us-east-1','datasetImportJob','arn:aws:personalize:us-east-1:111111111111:dataset-import-job/at-work','at-work','','{"jobName":"at-work"}',1700000000000,'1700000000000 1700000000000 0;d1000 CREATE PENDING;wd2000 CREATE IN_PROGRESS;n ACTIVE','CREATE IN_PROGRESS',1700000001000,'',NULL,1700000001000);
INSERT INTO resource VALUES(4,'111111111111','us-east-1','campaign','arn:aws:personalize:us-east-1:111111111111:campaign/twice','twice','','{"name":"twice"}',1700000000000,'1700000000000 1700000000000 0;wl2=1700000000400,3,4096,12,1@1700000000500,work CREATE IN_PROGRESS;c@1700000000600,call ACTIVE;d0 UPDATE IN_PROGRESS;c@1700000000700,command UPDATE FAILED"no model";n CREATE FAILED!by hand','CREATE FAILED',NULL,'',NULL,NULL);
CREATE TABLE resource_count (
    kind TEXT NOT NULL,
    account TEXT NOT NULL,
    rest_status TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (kind, account, rest_status)
) STRICT, WITHOUT ROWID;
INSERT INTO resource_count VALUES('batchInferenceJob','111111111111','CREATE FAILED',1);
INSERT INTO resource_count VALUES('campaign','111111111111','CREATE FAILED',1);
INSERT INTO resource_count VALUES('datasetImportJob','111111111111','CREATE IN_PROGRESS',1);
INSERT INTO resource_count VALUES('recipe','','ACTIVE',1);
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
CREATE TABLE tag (
    arn TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (arn, key)
) STRICT, WITHOUT ROWID;
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-inference-job/nightly','team','search');
CREATE UNIQUE INDEX resource_by_arn ON resource (arn);
CREATE INDEX resource_by_kind ON resource (kind, created_ms);
CREATE INDEX resource_by_owner ON resource (kind, account, region, created_ms);
CREATE INDEX resource_by_parent ON resource (parent, kind, created_ms);
CREATE INDEX resource_by_rest ON resource (account, rest_ms) WHERE rest_ms IS NOT NULL;
CREATE INDEX resource_by_due ON resource (account, due_ms) WHERE due_ms IS NOT NULL;
CREATE INDEX resource_reference_by_arn ON resource_reference (arn, assumed);
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
CREATE INDEX resource_by_work ON resource (account, work_ms) WHERE work_ms IS NOT NULL;
COMMIT;
PRAGMA user_version=2;
