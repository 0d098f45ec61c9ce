-- A database of version 6 with rows, as `sqlite3 FILE .dump` prints it, and its version. Never edited.
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
INSERT INTO resource_count VALUES(2,'batchInferenceJob','111111111111','CREATE FAILED',1);
INSERT INTO resource_count VALUES(2,'batchSegmentJob','111111111111','ACTIVE',-1);
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
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-inference-job/nightly',2,'team','search',0);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed',-1,'team','old',2);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111111111111:batch-segment-job/changed',2,'team','new',0);
CREATE TABLE row_set (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    dataset_group TEXT NOT NULL,
    kind TEXT NOT NULL,
    base INTEGER,
    base_revision INTEGER,
    base_bulk_until INTEGER,
    bulk_rows INTEGER NOT NULL,
    put_rows INTEGER NOT NULL,
    both_rows INTEGER NOT NULL
) STRICT;
INSERT INTO row_set VALUES(1,'arn:aws:personalize:us-east-1:111111111111:dataset/movies/ITEMS',-1,'arn:aws:personalize:us-east-1:111111111111:dataset-group/movies','ITEMS',NULL,NULL,NULL,2,0,0);
INSERT INTO row_set VALUES(2,'arn:aws:personalize:us-east-1:111111111111:dataset/movies/ITEMS',2,'arn:aws:personalize:us-east-1:111111111111:dataset-group/movies','ITEMS',1,1,3,1,1,0);
INSERT INTO row_set VALUES(3,'arn:aws:personalize:us-east-1:111111111111:dataset/movies/INTERACTIONS',2,'arn:aws:personalize:us-east-1:111111111111:dataset-group/movies','INTERACTIONS',NULL,NULL,NULL,0,1,0);
CREATE TABLE data_revision (
    dataset_group TEXT NOT NULL,
    layer INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (dataset_group, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO data_revision VALUES('arn:aws:personalize:us-east-1:111111111111:dataset-group/movies',-1,1);
INSERT INTO data_revision VALUES('arn:aws:personalize:us-east-1:111111111111:dataset-group/movies',2,4);
CREATE TABLE row_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    row_set INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_ms INTEGER NOT NULL,
    revision INTEGER,
    until INTEGER
) STRICT;
INSERT INTO row_batch VALUES(1,1,'bulk',1700000000000,1,NULL);
INSERT INTO row_batch VALUES(2,2,'put',1700000000000,2,NULL);
INSERT INTO row_batch VALUES(3,2,'bulk',1700000000000,3,NULL);
INSERT INTO row_batch VALUES(4,3,'event',1700000000000,4,NULL);
INSERT INTO row_batch VALUES(5,3,'bulk',1700000000000,NULL,NULL);
CREATE TABLE data_row (
    row_set INTEGER NOT NULL,
    id TEXT NOT NULL,
    batch INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (row_set, id, batch)
) STRICT, WITHOUT ROWID;
INSERT INTO data_row VALUES(1,'both',1,'{}');
INSERT INTO data_row VALUES(1,'old',1,'{"GENRES":"Drama"}');
INSERT INTO data_row VALUES(2,'new',3,'{"GENRES":"Drama|Comedy"}');
INSERT INTO data_row VALUES(2,'put',2,'{"PRICE":1.5}');
CREATE TABLE interaction (
    row_set INTEGER NOT NULL,
    time_s INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    place INTEGER NOT NULL,
    user_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    event_type TEXT,
    event_value REAL,
    event_id TEXT,
    session_id TEXT,
    cells TEXT NOT NULL,
    PRIMARY KEY (row_set, time_s, batch, place)
) STRICT, WITHOUT ROWID;
INSERT INTO interaction VALUES(3,1700000000,4,0,'u','new','watch',0.5,'e','s','{"DEVICE":"tv"}');
INSERT INTO interaction VALUES(3,1700000001,5,0,'u','old',NULL,NULL,NULL,NULL,'');
CREATE TABLE training (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    dataset_group TEXT NOT NULL,
    revision INTEGER,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (arn, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO training VALUES('arn:aws:personalize:us-east-1:000000000000:solution/movies/1234abcd',1,'arn:aws:personalize:us-east-1:111111111111:dataset-group/movies',2,1700000000000);
CREATE TABLE resource_reference (
    resource INTEGER NOT NULL,
    arn TEXT NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (resource, arn)
) STRICT, WITHOUT ROWID;
INSERT INTO resource_reference VALUES(2,'arn:aws:personalize:us-east-1:111111111111:solution/s/1',1);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('row_set',3);
INSERT INTO sqlite_sequence VALUES('row_batch',5);
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
CREATE TRIGGER resource_hidden AFTER UPDATE OF hidden_by ON resource WHEN new.hidden_by NOT IN (0, old.hidden_by)
BEGIN
    INSERT INTO resource_count (layer, kind, account, rest_status, n)
        VALUES (new.hidden_by, new.kind, new.account, new.rest_status, -1)
        ON CONFLICT (layer, kind, account, rest_status) DO UPDATE SET n = n - 1;
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
CREATE UNIQUE INDEX row_set_by_arn ON row_set (arn, layer) WHERE layer <> 0;
CREATE INDEX row_set_by_layer ON row_set (layer);
CREATE INDEX row_set_by_base ON row_set (base) WHERE base IS NOT NULL;
CREATE INDEX row_batch_by_set ON row_batch (row_set, made_by, until);
CREATE INDEX row_batch_by_absence ON row_batch (id) WHERE revision IS NULL;
CREATE INDEX row_batch_by_end ON row_batch (id) WHERE until IS NOT NULL;
CREATE INDEX data_row_by_batch ON data_row (batch, id);
CREATE INDEX interaction_by_batch ON interaction (batch, place);
CREATE INDEX interaction_by_item ON interaction (row_set, item_id, time_s);
CREATE INDEX interaction_by_event ON interaction (row_set, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX interaction_by_session ON interaction (row_set, session_id, time_s) WHERE session_id IS NOT NULL;
CREATE INDEX training_by_layer ON training (layer);
CREATE INDEX training_by_group ON training (dataset_group, revision);
CREATE INDEX interaction_by_user
    ON interaction (row_set, user_id, time_s, batch, place, item_id, event_type, session_id);
CREATE INDEX resource_reference_by_arn ON resource_reference (arn, assumed);
CREATE TRIGGER resource_deleted AFTER DELETE ON resource
BEGIN
    UPDATE resource_count SET n = n - 1
        WHERE layer = old.layer AND kind = old.kind AND account = old.account AND rest_status = old.rest_status;
    DELETE FROM resource_reference WHERE resource = old.id;
END;
COMMIT;
PRAGMA user_version=6;
