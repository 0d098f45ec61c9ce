-- The rows of datasets. They lie in row sets, one of a dataset and a layer, and in batches, which appear and
-- disappear as a whole. A batch is seen at revision r if revision <= r and (until IS NULL OR r < until): one small
-- statement shows what was staged in slices, and one hides all that a full import replaces. Of the rows of an id,
-- the one of the newest batch that is seen counts: replacing 100,000 rows writes to none of them, and a reader meets
-- them side by side.

-- What a set shows beyond its own batches is what its base shows at base_revision, without what was imported in bulk
-- from base_bulk_until on. So a copy, or a change of what a restorable layer holds, costs as little as an empty set.
-- A set of layer 0 belongs to no dataset: it is removed once it is the base of no other. bulk_rows and put_rows are
-- the ids or interactions that are seen now, by how they came, and both_rows those of them that came both ways: so
-- nothing has to be counted.
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

CREATE UNIQUE INDEX row_set_by_arn ON row_set (arn, layer) WHERE layer <> 0;
CREATE INDEX row_set_by_layer ON row_set (layer);
CREATE INDEX row_set_by_base ON row_set (base) WHERE base IS NOT NULL;

-- The highest revision of a dataset group that a layer has given.
CREATE TABLE data_revision (
    dataset_group TEXT NOT NULL,
    layer INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (dataset_group, layer)
) STRICT, WITHOUT ROWID;

-- made_by is 'bulk', 'put' or 'event'. revision is NULL while a batch is staged, where it was given up, and once no
-- view shows it any more. No id comes back: a row that outlived its batch would be seen with the next one.
CREATE TABLE row_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    row_set INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_ms INTEGER NOT NULL,
    revision INTEGER,
    until INTEGER
) STRICT;

CREATE INDEX row_batch_by_set ON row_batch (row_set, made_by, until);
CREATE INDEX row_batch_by_absence ON row_batch (id) WHERE revision IS NULL;
CREATE INDEX row_batch_by_end ON row_batch (id) WHERE until IS NOT NULL;

-- Items, users and actions. cells is a JSON object of the columns that are not null, without the id.
CREATE TABLE data_row (
    row_set INTEGER NOT NULL,
    id TEXT NOT NULL,
    batch INTEGER NOT NULL,
    cells TEXT NOT NULL,
    PRIMARY KEY (row_set, id, batch)
) STRICT, WITHOUT ROWID;

CREATE INDEX data_row_by_batch ON data_row (batch, id);

-- Interactions with items or actions. place counts within the batch, so the key is the order of time and then
-- arrival, and both indexes end with it. cells is a JSON object of the further columns that are not null, or ''.
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

CREATE INDEX interaction_by_batch ON interaction (batch, place);
CREATE INDEX interaction_by_user ON interaction (row_set, user_id, time_s);
CREATE INDEX interaction_by_item ON interaction (row_set, item_id, time_s);
CREATE INDEX interaction_by_event ON interaction (row_set, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX interaction_by_session ON interaction (row_set, session_id, time_s) WHERE session_id IS NOT NULL;

-- What a solution version or recommender knows: the rows of its dataset group that are seen at a revision. That is NULL
-- for a training which the clock begins at at_ms: it will know the batches that bear an earlier moment.
CREATE TABLE training (
    arn TEXT NOT NULL,
    layer INTEGER NOT NULL,
    dataset_group TEXT NOT NULL,
    revision INTEGER,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (arn, layer)
) STRICT, WITHOUT ROWID;

CREATE INDEX training_by_layer ON training (layer);
CREATE INDEX training_by_group ON training (dataset_group, revision);
