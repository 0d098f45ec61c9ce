-- A database that version 1.0 wrote, in the middle of jobs, as `sqlite3 FILE .dump` prints it, and its version. Never edited.
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
INSERT INTO resource VALUES(1,'000000000000','us-east-1','schema','arn:aws:personalize:us-east-1:000000000000:schema/items','items','','{"name":"items","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/items","schema":"{\"type\": \"record\", \"name\": \"Items\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"ITEM_ID\", \"type\": \"string\"}, {\"name\": \"GENRES\", \"type\": [\"null\", \"string\"], \"categorical\": true}, {\"name\": \"PRICE\", \"type\": [\"null\", \"float\"]}], \"version\": \"1.0\"}"}',1772323200000,'1772323200000 1772323200000 0 fixture','',NULL,'',NULL,NULL,1,1,0);
INSERT INTO resource VALUES(2,'000000000000','us-east-1','schema','arn:aws:personalize:us-east-1:000000000000:schema/users','users','','{"name":"users","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/users","schema":"{\"type\": \"record\", \"name\": \"Users\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"USER_ID\", \"type\": \"string\"}, {\"name\": \"AGE\", \"type\": \"int\"}], \"version\": \"1.0\"}"}',1772323200000,'1772323200000 1772323200000 0 fixture','',NULL,'',NULL,NULL,2,1,0);
INSERT INTO resource VALUES(3,'000000000000','us-east-1','schema','arn:aws:personalize:us-east-1:000000000000:schema/interactions','interactions','','{"name":"interactions","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/interactions","schema":"{\"type\": \"record\", \"name\": \"Interactions\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"USER_ID\", \"type\": \"string\"}, {\"name\": \"ITEM_ID\", \"type\": \"string\"}, {\"name\": \"EVENT_TYPE\", \"type\": \"string\"}, {\"name\": \"TIMESTAMP\", \"type\": \"long\"}, {\"name\": \"EVENT_VALUE\", \"type\": [\"null\", \"float\"]}], \"version\": \"1.0\"}"}',1772323200000,'1772323200000 1772323200000 0 fixture','',NULL,'',NULL,NULL,3,1,0);
INSERT INTO resource VALUES(4,'000000000000','us-east-1','schema','arn:aws:personalize:us-east-1:000000000000:schema/actions','actions','','{"name":"actions","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/actions","schema":"{\"type\": \"record\", \"name\": \"Actions\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"ACTION_ID\", \"type\": \"string\"}, {\"name\": \"CATEGORY\", \"type\": [\"null\", \"string\"], \"categorical\": true}], \"version\": \"1.0\"}"}',1772323200000,'1772323200000 1772323200000 0 fixture','',NULL,'',NULL,NULL,4,1,0);
INSERT INTO resource VALUES(5,'000000000000','us-east-1','schema','arn:aws:personalize:us-east-1:000000000000:schema/action-interactions','action-interactions','','{"name":"action-interactions","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/action-interactions","schema":"{\"type\": \"record\", \"name\": \"ActionInteractions\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"USER_ID\", \"type\": \"string\"}, {\"name\": \"ACTION_ID\", \"type\": \"string\"}, {\"name\": \"EVENT_TYPE\", \"type\": \"string\"}, {\"name\": \"TIMESTAMP\", \"type\": \"long\"}], \"version\": \"1.0\"}"}',1772323200000,'1772323200000 1772323200000 0 fixture','',NULL,'',NULL,NULL,5,1,0);
INSERT INTO resource VALUES(6,'000000000000','us-east-1','datasetGroup','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','films','','{"name":"films","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,6,1,0);
INSERT INTO resource VALUES(7,'000000000000','us-east-1','datasetGroup','arn:aws:personalize:us-east-1:000000000000:dataset-group/shop','shop','','{"name":"shop","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/shop","domain":"ECOMMERCE"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,7,1,0);
INSERT INTO resource VALUES(8,'000000000000','us-east-1','dataset','arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS','films/ITEMS','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"films/ITEMS","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","datasetType":"ITEMS","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/items"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,8,1,0);
INSERT INTO resource VALUES(9,'000000000000','us-east-1','dataset','arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS','films/USERS','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"films/USERS","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","datasetType":"USERS","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/users"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,9,1,0);
INSERT INTO resource VALUES(10,'000000000000','us-east-1','dataset','arn:aws:personalize:us-east-1:000000000000:dataset/films/INTERACTIONS','films/INTERACTIONS','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"films/INTERACTIONS","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/INTERACTIONS","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","datasetType":"INTERACTIONS","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/interactions"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,10,1,0);
INSERT INTO resource VALUES(11,'000000000000','us-east-1','dataset','arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTIONS','films/ACTIONS','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"films/ACTIONS","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTIONS","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","datasetType":"ACTIONS","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/actions"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,11,1,0);
INSERT INTO resource VALUES(12,'000000000000','us-east-1','dataset','arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTION_INTERACTIONS','films/ACTION_INTERACTIONS','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"films/ACTION_INTERACTIONS","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTION_INTERACTIONS","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","datasetType":"ACTION_INTERACTIONS","schemaArn":"arn:aws:personalize:us-east-1:000000000000:schema/action-interactions","trackingId":"7c1d2e3f-4444-4555-8666-210987654321"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,12,1,0);
INSERT INTO resource VALUES(13,'000000000000','us-east-1','eventTracker','arn:aws:personalize:us-east-1:000000000000:event-tracker/1a2b3c4d','clicks','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"clicks","eventTrackerArn":"arn:aws:personalize:us-east-1:000000000000:event-tracker/1a2b3c4d","trackingId":"0f8b9f0e-1111-4222-8333-123456789012","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,13,1,0);
INSERT INTO resource VALUES(14,'000000000000','us-east-1','solution','arn:aws:personalize:us-east-1:000000000000:solution/personal','personal','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"personal","solutionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal","recipeArn":"arn:aws:personalize:::recipe/aws-user-personalization","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,14,1,0);
INSERT INTO resource VALUES(15,'000000000000','us-east-1','recommender','arn:aws:personalize:us-east-1:000000000000:recommender/popular','popular','arn:aws:personalize:us-east-1:000000000000:dataset-group/shop','{"recommenderArn":"arn:aws:personalize:us-east-1:000000000000:recommender/popular","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/shop","name":"popular","recipeArn":"arn:aws:personalize:::recipe/aws-ecomm-popular-items-by-views"}',1772323200000,'1772323200000 1772323200000 0 fixture;n INACTIVE','INACTIVE',NULL,'',NULL,NULL,15,1,0);
INSERT INTO resource VALUES(16,'000000000000','us-east-1','metricAttribution','arn:aws:personalize:us-east-1:000000000000:metric-attribution/sales','sales','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"sales","metricAttributionArn":"arn:aws:personalize:us-east-1:000000000000:metric-attribution/sales","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","metrics":[{"eventType":"watch","metricName":"watched","expression":"SAMPLECOUNT()"}]}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,16,1,0);
INSERT INTO resource VALUES(17,'000000000000','us-east-1','filter','arn:aws:personalize:us-east-1:000000000000:filter/unseen','unseen','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"unseen","filterArn":"arn:aws:personalize:us-east-1:000000000000:filter/unseen","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","filterExpression":"EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN (\"watch\")"}',1772323200000,'1772323200000 1772323200000 0 fixture;c@1772334000000,call ACTIVE;d10000 DELETE PENDING;d1200000 DELETE IN_PROGRESS;n DELETED','DELETED',1772335210000,'',1772335210000,NULL,17,1,0);
INSERT INTO resource VALUES(18,'000000000000','us-east-1','filter','arn:aws:personalize:us-east-1:000000000000:filter/drama','drama','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"drama","filterArn":"arn:aws:personalize:us-east-1:000000000000:filter/drama","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","filterExpression":"INCLUDE ItemID WHERE Items.GENRES IN (\"Drama\")"}',1772323200000,'1772323200000 1772323200000 0 fixture;n CREATE FAILED!No such column','CREATE FAILED',NULL,'',NULL,NULL,18,1,0);
INSERT INTO resource VALUES(19,'000000000000','us-east-1','batchSegmentJob','arn:aws:personalize:us-east-1:000000000000:batch-segment-job/failed','failed','','{"jobName":"failed","batchSegmentJobArn":"arn:aws:personalize:us-east-1:000000000000:batch-segment-job/failed"}',1772323200000,'1772323200000 1772323200000 0 fixture;n CREATE FAILED!No such bucket','CREATE FAILED',NULL,'',NULL,NULL,19,1,0);
INSERT INTO resource VALUES(20,'000000000000','us-east-1','dataDeletionJob','arn:aws:personalize:us-east-1:000000000000:data-deletion-job/forgotten','forgotten','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"jobName":"forgotten","dataDeletionJobArn":"arn:aws:personalize:us-east-1:000000000000:data-deletion-job/forgotten","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films"}',1772323200000,'1772323200000 1772323200000 0 fixture;n COMPLETED','COMPLETED',NULL,'',NULL,NULL,20,1,0);
INSERT INTO resource VALUES(21,'000000000000','us-east-1','datasetExportJob','arn:aws:personalize:us-east-1:000000000000:dataset-export-job/backup','backup','arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS','{"jobName":"backup","datasetExportJobArn":"arn:aws:personalize:us-east-1:000000000000:dataset-export-job/backup","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS"}',1772323200000,'1772323200000 1772323200000 0 fixture;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,21,1,0);
INSERT INTO resource VALUES(22,'000000000000','us-east-1','solutionVersion','arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e','personal/9c41864e','arn:aws:personalize:us-east-1:000000000000:solution/personal','{"name":"personal/9c41864e","solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e","solutionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal","recipeArn":"arn:aws:personalize:::recipe/aws-user-personalization","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","trainingHours":3.15,"trainingMode":"FULL","trainingType":"MANUAL"}',1772323200000,'1772323200000 1772323200000 0;d10000 CREATE PENDING;wd1200000=1772323210000,0,0,0,0 CREATE IN_PROGRESS;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,22,1,0);
INSERT INTO resource VALUES(23,'000000000000','us-east-1','campaign','arn:aws:personalize:us-east-1:000000000000:campaign/evening','evening','arn:aws:personalize:us-east-1:000000000000:solution/personal','{"name":"evening","campaignArn":"arn:aws:personalize:us-east-1:000000000000:campaign/evening","solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e","minProvisionedTPS":1,"campaignConfig":{}}',1772326800000,'1772326800000 1772326800000 0;d108059 CREATE PENDING;d1200000 CREATE IN_PROGRESS;n ACTIVE','ACTIVE',1772328108059,'',NULL,NULL,23,1,0);
INSERT INTO resource VALUES(24,'000000000000','us-east-1','campaign','arn:aws:personalize:us-east-1:000000000000:campaign/changing','changing','arn:aws:personalize:us-east-1:000000000000:solution/personal','{"name":"changing","campaignArn":"arn:aws:personalize:us-east-1:000000000000:campaign/changing","solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e","minProvisionedTPS":1,"campaignConfig":{}}',1772326800000,'1772326800000 1772326800000 0;d77600 CREATE PENDING;d1200000 CREATE IN_PROGRESS;c@1772334000000,call ACTIVE;d77600 UPDATE PENDING;d1200000 UPDATE IN_PROGRESS;n ACTIVE','ACTIVE',1772335277600,'{"solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e","minProvisionedTPS":2,"campaignConfig":{}}',1772335277600,NULL,24,1,0);
INSERT INTO resource VALUES(25,'111122223333','us-east-1','datasetGroup','arn:aws:personalize:us-east-1:111122223333:dataset-group/theirs','theirs','','{"name":"theirs","datasetGroupArn":"arn:aws:personalize:us-east-1:111122223333:dataset-group/theirs"}',1798761600000,'1798761600000 1798761600000 0;d10000 CREATE PENDING;d1200000 CREATE IN_PROGRESS;n ACTIVE','ACTIVE',1798762810000,'',NULL,NULL,25,2,0);
INSERT INTO resource VALUES(26,'111122223333','us-east-1','schema','arn:aws:personalize:us-east-1:111122223333:schema/theirs','theirs','','{"name":"theirs","schemaArn":"arn:aws:personalize:us-east-1:111122223333:schema/theirs","schema":"{\"type\": \"record\", \"name\": \"Users\", \"namespace\": \"com.amazonaws.personalize.schema\", \"fields\": [{\"name\": \"USER_ID\", \"type\": \"string\"}, {\"name\": \"AGE\", \"type\": \"int\"}], \"version\": \"1.0\"}"}',1798761600000,'1798761600000 1798761600000 0','',NULL,'',NULL,NULL,26,2,0);
INSERT INTO resource VALUES(27,'000000000000','us-east-1','datasetExportJob','arn:aws:personalize:us-east-1:000000000000:dataset-export-job/done','done','arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS','{"jobName":"done","datasetExportJobArn":"arn:aws:personalize:us-east-1:000000000000:dataset-export-job/done","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS","ingestionMode":"ALL","roleArn":"arn:aws:iam::000000000000:role/films","jobOutput":{"s3DataDestination":{"path":"s3://bucket/out/"}}}',1772330400000,'1772330400000 1772330400000 0;d10000 CREATE PENDING;wd1200000=1772330410000,1,40,4,0 CREATE IN_PROGRESS;n ACTIVE','ACTIVE',NULL,'',NULL,NULL,27,1,0);
INSERT INTO resource VALUES(28,'000000000000','us-east-1','datasetImportJob','arn:aws:personalize:us-east-1:000000000000:dataset-import-job/missing','missing','arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS','{"jobName":"missing","datasetImportJobArn":"arn:aws:personalize:us-east-1:000000000000:dataset-import-job/missing","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS","dataSource":{"dataLocation":"s3://bucket/none.csv"},"roleArn":"arn:aws:iam::000000000000:role/films","importMode":"FULL"}',1772330400000,'1772330400000 1772330400000 0;d10000 CREATE PENDING;wd1200000=1772330410000,0,0,0,0 CREATE IN_PROGRESS;n CREATE FAILED!s3://bucket/none.csv: NoSuchKey. No objects found in s3 path s3://bucket/none.csv, please ensure the path is specified correctly.','CREATE FAILED',NULL,'',NULL,NULL,28,1,0);
INSERT INTO resource VALUES(29,'000000000000','us-east-1','datasetImportJob','arn:aws:personalize:us-east-1:000000000000:dataset-import-job/in-the-middle','in-the-middle','arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS','{"jobName":"in-the-middle","datasetImportJobArn":"arn:aws:personalize:us-east-1:000000000000:dataset-import-job/in-the-middle","datasetArn":"arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS","dataSource":{"dataLocation":"s3://bucket/items.csv"},"roleArn":"arn:aws:iam::000000000000:role/films","importMode":"FULL"}',1772334000000,'1772334000000 1772334000000 0;d10000 CREATE PENDING;wd1200000 CREATE IN_PROGRESS;n ACTIVE','CREATE IN_PROGRESS',1772334010000,'',NULL,1772334010000,29,1,0);
INSERT INTO resource VALUES(30,'000000000000','us-east-1','batchInferenceJob','arn:aws:personalize:us-east-1:000000000000:batch-inference-job/in-the-middle','in-the-middle','arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e','{"jobName":"in-the-middle","batchInferenceJobArn":"arn:aws:personalize:us-east-1:000000000000:batch-inference-job/in-the-middle","solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e","numResults":25,"jobInput":{"s3DataSource":{"path":"s3://bucket/users.json"}},"jobOutput":{"s3DataDestination":{"path":"s3://bucket/out/"}},"roleArn":"arn:aws:iam::000000000000:role/films","batchInferenceJobMode":"BATCH_INFERENCE"}',1772334000000,'1772334000000 1772334000000 0;d10000 CREATE PENDING;wd1200000 CREATE IN_PROGRESS;n ACTIVE','CREATE IN_PROGRESS',1772334010000,'',NULL,1772334010000,30,1,0);
INSERT INTO resource VALUES(31,'000000000000','us-east-1','filter','arn:aws:personalize:us-east-1:000000000000:filter/coming','coming','arn:aws:personalize:us-east-1:000000000000:dataset-group/films','{"name":"coming","filterArn":"arn:aws:personalize:us-east-1:000000000000:filter/coming","datasetGroupArn":"arn:aws:personalize:us-east-1:000000000000:dataset-group/films","filterExpression":"INCLUDE ItemID WHERE Items.PRICE < 3"}',1772334000000,'1772334000000 1772334000000 0;d10000 CREATE PENDING;d1200000 CREATE IN_PROGRESS;n CREATE FAILED!by lifecycle','CREATE FAILED',1772335210000,'',NULL,NULL,31,1,0);
CREATE TABLE resource_reference (
    resource INTEGER NOT NULL REFERENCES resource (id) ON DELETE CASCADE,
    arn TEXT NOT NULL,
    assumed INTEGER NOT NULL,
    PRIMARY KEY (resource, arn)
) STRICT, WITHOUT ROWID;
INSERT INTO resource_reference VALUES(15,'arn:aws:personalize:::recipe/aws-ecomm-popular-items-by-views',1);
INSERT INTO resource_reference VALUES(22,'arn:aws:personalize:::recipe/aws-user-personalization',0);
INSERT INTO resource_reference VALUES(14,'arn:aws:personalize:::recipe/aws-user-personalization',1);
INSERT INTO resource_reference VALUES(8,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(9,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(10,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(11,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(12,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(13,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(14,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(16,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(17,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(18,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(20,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(22,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(31,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',0);
INSERT INTO resource_reference VALUES(15,'arn:aws:personalize:us-east-1:000000000000:dataset-group/shop',0);
INSERT INTO resource_reference VALUES(21,'arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS',0);
INSERT INTO resource_reference VALUES(29,'arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS',0);
INSERT INTO resource_reference VALUES(27,'arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS',0);
INSERT INTO resource_reference VALUES(28,'arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS',0);
INSERT INTO resource_reference VALUES(12,'arn:aws:personalize:us-east-1:000000000000:schema/action-interactions',0);
INSERT INTO resource_reference VALUES(11,'arn:aws:personalize:us-east-1:000000000000:schema/actions',0);
INSERT INTO resource_reference VALUES(10,'arn:aws:personalize:us-east-1:000000000000:schema/interactions',0);
INSERT INTO resource_reference VALUES(8,'arn:aws:personalize:us-east-1:000000000000:schema/items',0);
INSERT INTO resource_reference VALUES(9,'arn:aws:personalize:us-east-1:000000000000:schema/users',0);
INSERT INTO resource_reference VALUES(22,'arn:aws:personalize:us-east-1:000000000000:solution/personal',0);
INSERT INTO resource_reference VALUES(23,'arn:aws:personalize:us-east-1:000000000000:solution/personal',0);
INSERT INTO resource_reference VALUES(24,'arn:aws:personalize:us-east-1:000000000000:solution/personal',0);
INSERT INTO resource_reference VALUES(23,'arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e',0);
INSERT INTO resource_reference VALUES(24,'arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e',0);
INSERT INTO resource_reference VALUES(30,'arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e',0);
CREATE TABLE setting (
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('','clock','{"mode":"frozen","now":"2026-03-01T03:00:05Z","speed":1.0,"at":"2026-11-28T03:30:30.518Z"}');
INSERT INTO setting VALUES('','lifecycle','{"default":{"pending":"10s","inProgress":"20m"},"campaign":{"pending":"1m..2m"},"filter":{"outcome":"CREATE FAILED","failureReason":"by lifecycle"}}');
INSERT INTO setting VALUES('','quotas','{"limits":{"campaigns":7}}');
INSERT INTO setting VALUES('','rules','[{"id":"failing","match":{"operation":"Create*","jobName":"lost-*"},"lifecycle":{"outcome":"CREATE FAILED","failureReason":"Lost"},"times":2,"matched":0,"fired":0},{"id":"rule-1","match":{"operation":"Describe*","region":"eu-*"},"error":{"type":"ThrottlingException","message":"Rate exceeded","status":429},"probability":0.5,"after":1,"matched":0,"fired":0},{"id":"rule-2","match":{"operation":"List*"},"delay":"1ms..2ms","times":3,"matched":1,"fired":1,"matchedBy":{"":1}},{"id":"rule-3","match":{"operation":"GetRecommendations"},"candidates":["heat",{"itemId":"alien","score":0.25}],"after":1000,"matched":0,"fired":0},{"id":"rule-4","match":{"operation":"DescribeSchema"},"merge":{"schema":{"domain":"ECOMMERCE"}},"connection":"truncate","after":1000,"matched":0,"fired":0},{"id":"rule-5","match":{"operation":"PutEvents"},"output":{},"after":1000,"matched":0,"fired":0}]');
INSERT INTO setting VALUES('000000000000','ordinal:solutionVersion:arn:aws:personalize:us-east-1:000000000000:solution/personal','1');
INSERT INTO setting VALUES('111122223333','clock','{"mode":"frozen","now":"2027-01-01T00:00:00Z","speed":1.0,"at":"2026-11-28T03:30:30.457Z"}');
INSERT INTO setting VALUES('111122223333','rules','[{"id":"111122223333-rule-1","match":{"operation":"GetPersonalizedRanking","account":"1111*"},"error":{"type":"InternalFailure","afterCommit":true},"matched":0,"fired":0}]');
CREATE TABLE layer (
    id INTEGER PRIMARY KEY NOT NULL,
    account TEXT NOT NULL
) STRICT;
INSERT INTO layer VALUES(1,'000000000000');
INSERT INTO layer VALUES(2,'111122223333');
CREATE TABLE live_layer (
    id INTEGER PRIMARY KEY NOT NULL
) STRICT;
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
INSERT INTO resource_count VALUES(1,'batchInferenceJob','000000000000','CREATE IN_PROGRESS',1);
INSERT INTO resource_count VALUES(1,'batchSegmentJob','000000000000','CREATE FAILED',1);
INSERT INTO resource_count VALUES(1,'campaign','000000000000','ACTIVE',2);
INSERT INTO resource_count VALUES(1,'dataDeletionJob','000000000000','COMPLETED',1);
INSERT INTO resource_count VALUES(1,'dataset','000000000000','ACTIVE',5);
INSERT INTO resource_count VALUES(1,'datasetExportJob','000000000000','ACTIVE',2);
INSERT INTO resource_count VALUES(1,'datasetExportJob','000000000000','CREATE IN_PROGRESS',0);
INSERT INTO resource_count VALUES(1,'datasetGroup','000000000000','ACTIVE',2);
INSERT INTO resource_count VALUES(1,'datasetImportJob','000000000000','CREATE FAILED',1);
INSERT INTO resource_count VALUES(1,'datasetImportJob','000000000000','CREATE IN_PROGRESS',1);
INSERT INTO resource_count VALUES(1,'eventTracker','000000000000','ACTIVE',1);
INSERT INTO resource_count VALUES(1,'filter','000000000000','ACTIVE',0);
INSERT INTO resource_count VALUES(1,'filter','000000000000','CREATE FAILED',2);
INSERT INTO resource_count VALUES(1,'filter','000000000000','DELETED',1);
INSERT INTO resource_count VALUES(1,'metricAttribution','000000000000','ACTIVE',1);
INSERT INTO resource_count VALUES(1,'recommender','000000000000','INACTIVE',1);
INSERT INTO resource_count VALUES(1,'schema','000000000000','',5);
INSERT INTO resource_count VALUES(1,'solution','000000000000','ACTIVE',1);
INSERT INTO resource_count VALUES(1,'solutionVersion','000000000000','ACTIVE',1);
INSERT INTO resource_count VALUES(1,'solutionVersion','000000000000','CREATE IN_PROGRESS',0);
INSERT INTO resource_count VALUES(2,'datasetGroup','111122223333','ACTIVE',1);
INSERT INTO resource_count VALUES(2,'schema','111122223333','',1);
CREATE TABLE tag (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    hidden_by INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (arn, layer, key)
) STRICT, WITHOUT ROWID;
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:000000000000:batch-inference-job/in-the-middle',1,'x','y',0);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:000000000000:metric-attribution/sales',1,'team','films',0);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e',1,'what','version',0);
INSERT INTO tag VALUES('arn:aws:personalize:us-east-1:111122223333:dataset-group/theirs',2,'a','b',0);
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
INSERT INTO row_set VALUES(1,'arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTIONS',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films','ACTIONS',NULL,NULL,NULL,1,0,0);
INSERT INTO row_set VALUES(2,'arn:aws:personalize:us-east-1:000000000000:dataset/films/ACTION_INTERACTIONS',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films','ACTION_INTERACTIONS',NULL,NULL,NULL,1,0,0);
INSERT INTO row_set VALUES(3,'arn:aws:personalize:us-east-1:000000000000:dataset/films/INTERACTIONS',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films','INTERACTIONS',NULL,NULL,NULL,9,1,0);
INSERT INTO row_set VALUES(4,'arn:aws:personalize:us-east-1:000000000000:dataset/films/ITEMS',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films','ITEMS',NULL,NULL,NULL,4,1,0);
INSERT INTO row_set VALUES(5,'arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films','USERS',NULL,NULL,NULL,4,0,0);
CREATE TABLE data_revision (
    dataset_group TEXT NOT NULL,
    layer INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (dataset_group, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO data_revision VALUES('arn:aws:personalize:us-east-1:000000000000:dataset-group/films',1,7);
CREATE TABLE row_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    row_set INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_ms INTEGER NOT NULL,
    revision INTEGER,
    until INTEGER
) STRICT;
INSERT INTO row_batch VALUES(1,1,'bulk',1772323200000,1,NULL);
INSERT INTO row_batch VALUES(2,2,'bulk',1772323200000,2,NULL);
INSERT INTO row_batch VALUES(3,3,'bulk',1772323200000,3,NULL);
INSERT INTO row_batch VALUES(4,4,'bulk',1772323200000,4,NULL);
INSERT INTO row_batch VALUES(5,5,'bulk',1772323200000,5,NULL);
INSERT INTO row_batch VALUES(6,4,'put',1772330400000,6,NULL);
INSERT INTO row_batch VALUES(7,3,'event',1772330400000,7,NULL);
CREATE TABLE data_row (
    row_set INTEGER NOT NULL,
    id TEXT NOT NULL,
    batch INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (row_set, id, batch)
) STRICT, WITHOUT ROWID;
INSERT INTO data_row VALUES(1,'join',1,'{"CATEGORY":"club"}');
INSERT INTO data_row VALUES(4,'alien',4,'{"GENRES":"Horror","PRICE":2.0}');
INSERT INTO data_row VALUES(4,'heat',4,'{"GENRES":"Crime|Drama","PRICE":3.5}');
INSERT INTO data_row VALUES(4,'put',6,'{"GENRES":"Action","PRICE":9.0}');
INSERT INTO data_row VALUES(4,'solaris',4,'{}');
INSERT INTO data_row VALUES(4,'stalker',4,'{"GENRES":"Drama","PRICE":1.0}');
INSERT INTO data_row VALUES(5,'ann',5,'{"AGE":30}');
INSERT INTO data_row VALUES(5,'bob',5,'{"AGE":31}');
INSERT INTO data_row VALUES(5,'cid',5,'{"AGE":32}');
INSERT INTO data_row VALUES(5,'dan',5,'{"AGE":33}');
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
INSERT INTO interaction VALUES(2,1767225600,2,0,'ann','join','TAKEN',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225600,3,0,'ann','heat','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225601,3,1,'ann','alien','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225602,3,2,'bob','heat','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225603,3,3,'bob','solaris','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225604,3,4,'cid','alien','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225605,3,5,'cid','solaris','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225606,3,6,'cid','heat','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225607,3,7,'dan','stalker','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1767225608,3,8,'dan','solaris','watch',NULL,NULL,NULL,'');
INSERT INTO interaction VALUES(3,1772000000,7,0,'ann','stalker','watch',2.5,'e1','s1','');
CREATE TABLE training (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    dataset_group TEXT NOT NULL,
    revision INTEGER,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (arn, layer)
) STRICT, WITHOUT ROWID;
INSERT INTO training VALUES('arn:aws:personalize:us-east-1:000000000000:solution/personal/9c41864e',1,'arn:aws:personalize:us-east-1:000000000000:dataset-group/films',5,1772323210000);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('row_set',5);
INSERT INTO sqlite_sequence VALUES('row_batch',8);
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
CREATE UNIQUE INDEX row_set_by_arn ON row_set (arn, layer) WHERE layer <> 0;
CREATE INDEX row_set_by_layer ON row_set (layer);
CREATE INDEX row_set_by_base ON row_set (base) WHERE base IS NOT NULL;
CREATE INDEX row_batch_by_set ON row_batch (row_set, made_by, until);
CREATE INDEX row_batch_by_absence ON row_batch (id) WHERE revision IS NULL;
CREATE INDEX row_batch_by_end ON row_batch (id) WHERE until IS NOT NULL;
CREATE INDEX data_row_by_batch ON data_row (batch, id);
CREATE INDEX interaction_by_batch ON interaction (batch, place);
CREATE INDEX interaction_by_user ON interaction (row_set, user_id, time_s);
CREATE INDEX interaction_by_item ON interaction (row_set, item_id, time_s);
CREATE INDEX interaction_by_event ON interaction (row_set, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX interaction_by_session ON interaction (row_set, session_id, time_s) WHERE session_id IS NOT NULL;
CREATE INDEX training_by_layer ON training (layer);
CREATE INDEX training_by_group ON training (dataset_group, revision);
COMMIT;
PRAGMA user_version=4;
