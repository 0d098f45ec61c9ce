// Control calls by the operationId of their description: valid ones, and ones that are refused.
import * as filmSchemas from './film_schemas.mjs';
import { arn, filterArn, jobNamed, solutionVersionArn } from './personalize.mjs';
import { call, send, signedBy } from './wire.mjs';

export const startTime = '2026-01-31T12:00:00Z';
const earlier = '2026-01-01T00:00:00Z';
const later = '2026-02-01T00:00:00Z';

export const tenant = '111122223333';
const waiting = arn('batch-inference-job/waiting');
const done = arn('batch-inference-job/done');
const failed = arn('batch-inference-job/failed');
const without = arn('schema/films'); // its kind has no status
const missing = arn('batch-inference-job/missing');
const campaignArn = arn('campaign/evening');
const recommenderArn = arn('recommender/popular');
const itemsArn = arn('dataset/club/ITEMS');
const salesArn = arn('dataset/club/INTERACTIONS');
const withoutSchema = arn('dataset/films/INTERACTIONS');
const dataDeletionJobArn = arn('data-deletion-job/forgotten');

/** The world of the server under test: a resource of each kind, and jobs that are pending, done and failed. */
export const world = {
  algorithm: { algorithmArn: 'arn:aws:personalize:::algorithm/aws-similar-items' },
  featureTransformation: { featureTransformationArn: 'arn:aws:personalize:::feature-transformation/similar-items' },
  recipes: [
    { recipeArn: 'arn:aws:personalize:::recipe/aws-similar-items' },
    { recipeArn: 'arn:aws:personalize:::recipe/aws-ecomm-films', _local: { domain: 'ECOMMERCE' } },
  ],
  schemas: [
    { schemaArn: without },
    { schemaArn: arn('schema/items'), schema: filmSchemas.items },
    { schemaArn: arn('schema/sales'), schema: filmSchemas.sales },
  ],
  datasetGroups: [{ datasetGroupArn: arn('dataset-group/films') }],
  datasets: [
    { datasetArn: itemsArn, schemaArn: arn('schema/items'), datasetType: 'ITEMS' },
    { datasetArn: salesArn, schemaArn: arn('schema/sales'), datasetType: 'INTERACTIONS' },
    {
      datasetArn: withoutSchema,
      latestDatasetUpdate: { status: 'CREATE FAILED', failureReason: 'No such field' },
    },
  ],
  datasetImportJob: { datasetImportJobArn: arn('dataset-import-job/films'), _local: { inProgress: '1h' } },
  datasetExportJobs: [{ datasetExportJobArn: arn('dataset-export-job/backup') }],
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/1a2b3c4d'), status: 'DELETE IN_PROGRESS' }],
  metricAttribution: {
    metricAttributionArn: arn('metric-attribution/watches'),
    _local: {
      metrics: [{ eventType: 'watch', metricName: 'watches', expression: 'SAMPLECOUNT()' }],
      tags: [{ tagKey: 'team', tagValue: 'films' }],
    },
  },
  solutions: [{ solutionArn: arn('solution/films') }],
  solutionVersions: [
    { solutionVersionArn },
    { solutionVersionArn: arn('solution/films/stopped'), status: 'CREATE STOPPED' },
  ],
  recommenders: [{ recommenderArn, status: 'STOP PENDING' }],
  campaigns: [
    { campaignArn, latestCampaignUpdate: { status: 'CREATE FAILED', failureReason: 'No capacity' } },
    { campaignArn: arn('campaign/morning'), status: 'DELETE PENDING' },
  ],
  Filters: [{ filterArn }],
  batchSegmentJob: { batchSegmentJobArn: arn('batch-segment-job/audience') },
  dataDeletionJob: { dataDeletionJobArn },
  batchInferenceJobs: [
    { batchInferenceJobArn: waiting, status: 'PENDING' },
    { batchInferenceJobArn: done },
    { batchInferenceJobArn: failed, status: 'CREATE FAILED', failureReason: 'No such bucket' },
    { batchInferenceJobArn: arn('batch-inference-job/theirs', 'us-east-1', tenant), status: 'PENDING' },
  ],
};

const describe = (server, batchInferenceJobArn = done, headers = {}) =>
  call(server, 'DescribeBatchInferenceJob', { batchInferenceJobArn }, headers);

const control = (server, method, path, body) =>
  send(`${server.url}/_local/${path}`, { method, body: body === undefined ? '' : JSON.stringify(body) });

const advance = (server) => control(server, 'POST', 'clock/advance', { by: '1h' });

const everyEffect = {
  id: 'all:of_it.1-a',
  match: {
    operation: 'Create*',
    account: '*',
    region: 'us-*',
    jobName: 'lost-*',
    '/jobInput/s3DataSource/path': 's3://*',
  },
  lifecycle: { pending: '1s..2s', outcome: 'CREATE FAILED', failureReason: 'Lost' },
  error: { type: 'ThrottlingException', message: 'Rate exceeded', status: 429, afterCommit: true },
  delay: '1ms..2ms',
  connection: 'truncate',
  times: 2,
  after: 0,
  probability: 1,
};

const forOne = (operation, effects) => ({ match: { operation }, ...effects });

/** The effects that give or change the answer of one operation, and others beside them. */
const answers = [
  forOne('GetRecommendations', { output: { itemList: [{ itemId: 'a', score: 0.5 }] }, times: 1, delay: '1ms' }),
  forOne('DescribeSchema', { output: { schema: { creationDateTime: startTime } }, connection: 'close' }),
  forOne('PutEvents', { output: {} }),
  forOne('CreateCampaign', { merge: { campaignArn: null }, lifecycle: { pending: '1s' } }),
  forOne('GetRecommendations', { merge: {}, candidates: ['a', { itemId: 'b', score: 0.4 }, { itemId: 'c' }] }),
  forOne('GetPersonalizedRanking', { candidates: [] }),
  forOne('GetActionRecommendations', {
    candidates: ['a', { actionId: 'b', score: 1 }],
    error: { type: 'InternalFailure', afterCommit: true },
  }),
];

const throttle = { match: { operation: 'Describe*' }, error: { type: 'ThrottlingException' }, times: 1 };

const byKind = {
  default: { progression: 'time', pending: '250ms', inProgress: '20m..40m' },
  data: { events: '2s', rows: '20m' },
  datasetGroup: { progression: 'manual' },
  dataset: { outcome: 'UPDATE FAILED', failureReason: 'No such field' },
  datasetImportJob: {},
  datasetExportJob: { pending: '0s' },
  eventTracker: { progression: 'immediate' },
  metricAttribution: { inProgress: '1ms..2ms' },
  solution: { outcome: 'ACTIVE' },
  solutionVersion: { outcome: 'CREATE FAILED', failureReason: '' },
  recommender: { outcome: 'UPDATE FAILED' },
  campaign: { outcome: 'CREATE FAILED' },
  filter: { calls: 1 },
  batchInferenceJob: { progression: 'calls', calls: 1_000_000, outcome: 'CREATE FAILED', failureReason: 'No role' },
  batchSegmentJob: { outcome: 'COMPLETED' },
  dataDeletionJob: { outcome: 'FAILED', failureReason: 'No such file' },
};

const limits = {
  datasetGroups: 0,
  schemas: 1,
  datasetImportJobsInProgress: 2,
  solutionVersionsInProgress: 3,
  batchInferenceJobsInProgress: 4,
  batchSegmentJobsInProgress: 5,
  solutions: 6,
  campaigns: 7,
  recommenders: 8,
  filters: 9,
  filterFields: 10,
  fieldsPerFilter: 11,
  dataDeletionJobsInProgress: 9_007_199_254_740_991,
  batchInputFiles: 12,
  batchInputBytes: 13,
  incrementalImportBytes: 14,
  fullImportBytes: 15,
  dataDeletionInputBytes: 16,
  minimumInteractions: 17,
  minimumUsers: 18,
};

async function askAll(server) {
  const signed = signedBy(tenant, { region: 'eu-west-1' });
  await describe(server);
  await describe(server, missing, signed);
  await call(server, 'ListBatchInferenceJobs', '');
  await call(server, 'ListBatchInferenceJobs', 'no "JSON"\n');
  await call(server, 'MakeCoffee', {});
  await send(`${server.url}/no/such/path?really`, { method: 'POST', body: '{}' });
  await call(server, 'CreateBatchInferenceJob', jobNamed('nightly'));
  await control(server, 'POST', 'rules', throttle);
  await describe(server);
  await control(server, 'POST', 'rules', { match: { operation: 'Describe*' }, connection: 'reset', times: 1 });
  await describe(server).catch(() => {});
}

const trackingId = 'shows-tracker';
const showsGroup = arn('dataset-group/shows');
const schemaOf = (name, ...columns) =>
  JSON.stringify({ type: 'record', name, fields: columns.map(([column, type]) => ({ name: column, type })) });
const text = 'string';
const shows = {
  schemas: [
    {
      schemaArn: arn('schema/show-views'),
      schema: schemaOf('Interactions', ['USER_ID', text], ['ITEM_ID', text], ['TIMESTAMP', 'long']),
    },
  ],
  datasetGroups: [{ datasetGroupArn: showsGroup }],
  datasets: [
    {
      datasetArn: arn('dataset/shows/INTERACTIONS'),
      datasetGroupArn: showsGroup,
      datasetType: 'INTERACTIONS',
      schemaArn: arn('schema/show-views'),
    },
  ],
  eventTrackers: [{ eventTrackerArn: arn('event-tracker/5e5e5e5e'), trackingId, datasetGroupArn: showsGroup }],
};

/** Requests to Personalize Events of which all outcomes come. */
async function sendEvents(server) {
  const put = (path, body, headers = {}) =>
    send(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const event = { eventType: 'watch', itemId: 'a', sentAt: 1_700_000_000 };
  const events = { trackingId, userId: 'u', sessionId: 's', eventList: [event, event] };
  await control(server, 'POST', 'state', shows);
  await put('/events', events);
  await put('/events', { ...events, trackingId: 'none' }, signedBy(tenant));
  await put('/items', { datasetArn: arn('dataset/shows/ITEMS'), items: [{ itemId: 'a' }] });
  await put('/users', 'no JSON');
}

async function settle(server) {
  await control(server, 'PUT', 'lifecycle', byKind);
  await control(server, 'POST', 'rules', everyEffect);
  await control(server, 'PUT', `clock?account=${tenant}`, { mode: 'real', speed: 60 });
  await control(server, 'PUT', `lifecycle?account=${tenant}`, { default: { progression: 'manual' } });
  await control(server, 'PUT', 'quotas', { mode: 'aws', limits });
  await control(server, 'PUT', `quotas?account=${tenant}`, { mode: 'off' });
  await control(server, 'POST', `rules?account=${tenant}`, { ...throttle, probability: 0.5 });
  await describe(server, missing, signedBy(tenant));
  await call(server, 'CreateBatchInferenceJob', jobNamed('tagged', { tags: [{ tagKey: 'team', tagValue: 'films' }] }));
}

/** The same, with a clock for the tenant that stands still between two calls. */
async function settleAtRest(server) {
  await settle(server);
  await control(server, 'PUT', `clock?account=${tenant}`, { mode: 'frozen' });
}

/** Resolves once the server has read all earlier requests: its only thread has answered a later one. */
async function stopOnceRead(server) {
  await control(server, 'GET', 'health');
  await server.stop();
}

const stateOf = async (server) => JSON.parse((await control(server, 'GET', 'state')).body);

async function resourcesOf(server) {
  const { clock, lifecycle, quotas, rules, accounts, ...resources } = await stateOf(server);
  return resources;
}

const https = ['--tls-cert', 'auto', '--tls-port', '0'];

/**
 * Described statuses by operationId of a call in whose middle the server stops, the clock is set back or the disk is
 * full. They cannot be brought about in time from here: tests/wire and tests/unit/local/control do it.
 */
export const statusesOfStops = {
  putClock: [503],
  advanceClock: [409, 503],
  transition: [503],
  train: [503],
  explain: [503],
  reset: [503],
  getResources: [503],
  getState: [503, 507],
  putState: [503, 507],
  addState: [503, 507],
  getData: [503],
  putData: [503, 507],
  addData: [503, 507],
};

const film = { ITEM_ID: 'film-1', GENRES: 'Drama|Crime', PRICE: 2.5, CREATION_TIMESTAMP: 7 };
const sale = { USER_ID: 'ann', ITEM_ID: 'film 1', EVENT_TYPE: 'sale', TIMESTAMP: 7 };
const csv = 'text/csv';
const jsonLines = 'application/x-ndjson';
const as = (type) => ({ 'content-type': type });
const wanted = (accept) => ({ accept });

const importCalls = [
  { query: { dataset: itemsArn }, body: { rows: [film, { itemId: 'b', creationTimestamp: 1, color: 'red' }] } },
  {
    query: { dataset: itemsArn, account: '000000000000' },
    headers: as(csv),
    body: 'ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP\nb,,,1\n',
  },
  { query: { dataset: salesArn }, headers: as(jsonLines), body: `${JSON.stringify(sale)}\n` },
  { query: { dataset: salesArn }, body: { rows: [] } },
  { query: { dataset: itemsArn }, body: { rows: [{ ...film, PRICE: 'dear' }] }, status: 400 },
  { query: { dataset: itemsArn }, headers: as(csv), body: 'ITEM_ID\nb\n', status: 400 },
  { query: { dataset: itemsArn }, headers: as('text/xml'), body: '<rows/>', status: 415 },
  { query: { dataset: withoutSchema }, body: { rows: [] }, status: 409 },
  { query: { dataset: missing }, body: { rows: [] }, status: 404 },
  { query: { dataset: itemsArn, account: tenant }, body: { rows: [] }, status: 404 },
];

const fill = async (server) => {
  const films = ['a', 'b', 'ü'].map((id) => ({ ...film, ITEM_ID: id }));
  await control(server, 'PUT', `data?dataset=${itemsArn}`, { rows: films });
  await control(server, 'PUT', `data?dataset=${salesArn}`, { rows: [sale, sale, sale] });
};

/**
 * Valid calls by operationId, in the order in which they are sent to one server. Members: `first`, run before the call;
 * `query`; `params` of its path; `body`, or a function that returns it; `meanwhile`, run while the answer is awaited;
 * `status` of the answer, 200 by default; `flags` of a server that is started only for this call.
 */
export const calls = {
  listCalls: [{}, { headers: wanted('text/html') }],
  getConsoleFile: [{ params: { id: 'index.html' } }, { params: { id: 'none.js' }, status: 404 }],
  getHealth: [{}, { flags: https }],
  getCaCertificate: [{ status: 404 }, { flags: https }],
  getMetrics: [{ first: askAll }],
  getOpenApi: [{}],
  getClock: [{}, { query: { account: tenant } }],
  putClock: [
    { body: {} },
    { body: { now: earlier } },
    { body: { now: startTime } },
    { body: { mode: 'frozen', now: '2026-02-01', speed: 0.001 } },
    { body: { now: '2026-02-01t10:00:00,5+01:00' } },
    { body: { mode: 'real', speed: 1_000_000 }, query: { account: tenant } },
    { first: (server) => describe(server), body: { now: earlier }, status: 409 },
  ],
  advanceClock: [
    { body: { by: '0s' } },
    { body: { by: '90s' } },
    { body: { until: 'idle' }, query: { account: tenant } },
  ],
  getLifecycle: [{}, { first: settle }, { query: { account: tenant } }],
  putLifecycle: [
    { body: byKind },
    { body: async (server) => JSON.parse((await control(server, 'GET', 'lifecycle')).body) },
    { body: {} },
    { body: { default: {}, data: { events: '0s' } }, query: { account: tenant } },
    { body: { set: { campaign: { calls: 3 } } }, query: { account: tenant } },
  ],
  getQuotas: [{}, { first: settle }, { query: { account: tenant } }],
  putQuotas: [
    { body: { mode: 'aws', limits } },
    { body: { limits: { campaigns: 0 } } },
    { body: { mode: 'off', limits: {} }, query: { account: tenant } },
    { body: async (server) => JSON.parse((await control(server, 'GET', 'quotas')).body) },
    { body: {} },
  ],
  transition: [
    { body: { arn: waiting } },
    { body: { arn: waiting, to: 'CREATE FAILED', failureReason: 'No such bucket' } },
    { body: { arn: waiting }, status: 409 },
    { body: { arn: waiting, to: 'ACTIVE', force: false }, status: 409 },
    { body: { arn: waiting, to: 'CREATE IN_PROGRESS', force: true } },
    { body: { arn: solutionVersionArn, to: 'CREATE PENDING', force: true } },
    { body: { arn: solutionVersionArn, to: 'CREATE STOPPED' } },
    { body: { arn: recommenderArn } },
    { body: { arn: recommenderArn, to: 'INACTIVE' } },
    { body: { arn: recommenderArn, to: 'START IN_PROGRESS', force: true } },
    { body: { arn: dataDeletionJobArn, to: 'FAILED', failureReason: 'No such file', force: true } },
    { body: { arn: dataDeletionJobArn, to: 'IN_PROGRESS', force: true } },
    { body: { arn: campaignArn, to: 'UPDATE FAILED', failureReason: 'No capacity', force: true } },
    { body: { arn: campaignArn, to: 'INACTIVE', force: true }, status: 400 },
    { body: { arn: campaignArn, to: 'DELETED', force: true } },
    { body: { arn: campaignArn, to: 'DELETED', force: true }, status: 404 },
    { body: { arn: without }, status: 409 },
    { body: { arn: missing }, status: 404 },
    { body: { arn: waiting }, query: { account: tenant }, status: 404 },
  ],
  train: [
    { body: { arn: solutionVersionArn } },
    { body: { arn: solutionVersionArn }, query: { account: '000000000000' } },
    { body: { arn: campaignArn }, status: 400 },
    { body: { arn: recommenderArn }, status: 409 },
    { body: { arn: missing }, status: 404 },
    { body: { arn: solutionVersionArn }, query: { account: tenant }, status: 404 },
  ],
  explain: [
    { body: { operation: 'GetRecommendations', input: { campaignArn, userId: 'ann' }, itemIds: ['item-1', 'x'] } },
    { body: { operation: 'GetRecommendations', input: { campaignArn } }, status: 400 },
    { body: { operation: 'GetActionRecommendations', input: { campaignArn, userId: 'ann' }, actionIds: ['x'] } },
    {
      body: {
        operation: 'GetPersonalizedRanking',
        input: { campaignArn, userId: 'ann', inputList: ['a', 'b'] },
      },
      query: { account: '000000000000', region: 'us-east-1' },
    },
    {
      body: { operation: 'GetRecommendations', input: { campaignArn, userId: 'a', filterArn: arn('filter/none') } },
      status: 404,
    },
  ],
  waitForStatus: [
    { query: { arn: done } },
    { query: { arn: failed, status: 'CREATE FAILED', timeout: '1h' } },
    { query: { arn: waiting, status: 'CREATE PENDING', timeout: '0s', account: '000000000000' } },
    { query: { arn: waiting, timeout: '20ms' }, status: 408 },
    { query: { arn: failed, status: 'ACTIVE' }, status: 409 },
    { query: { arn: without }, status: 409 },
    { query: { arn: missing }, status: 404 },
    { query: { arn: waiting, account: tenant }, status: 404 },
    { query: { arn: recommenderArn, status: 'STOP PENDING' } },
    { query: { arn: recommenderArn, status: 'COMPLETED' }, status: 400 },
    { query: { arn: arn('campaign/morning'), status: 'DELETED' }, meanwhile: advance },
    { query: { arn: arn('campaign/morning'), status: 'DELETED' } },
    { query: { arn: arn('campaign/morning') }, status: 404 },
    { query: { arn: recommenderArn } },
    {
      first: (server) => control(server, 'POST', 'transition', { arn: waiting, to: 'PENDING', force: true }),
      query: { arn: waiting, status: 'ACTIVE' },
      meanwhile: advance,
    },
    {
      first: (server) => control(server, 'POST', 'transition', { arn: waiting, to: 'PENDING', force: true }),
      query: { arn: waiting },
      meanwhile: stopOnceRead,
      status: 503,
    },
  ],
  getData: [
    { query: { dataset: itemsArn } },
    { first: fill, query: { dataset: itemsArn } },
    { query: { dataset: itemsArn, limit: '2', after: 'a', account: '000000000000' } },
    { query: { dataset: itemsArn, limit: '2' }, headers: wanted(csv) },
    { query: { dataset: salesArn, limit: '1' }, headers: wanted(jsonLines) },
    { query: { dataset: salesArn, limit: '1' } },
    { query: { dataset: itemsArn, id: 'ü' } },
    { query: { dataset: salesArn, userId: 'ann', itemId: 'film 1' } },
    { query: { dataset: salesArn, actionId: 'a' }, status: 400 },
    { query: { dataset: itemsArn }, headers: wanted('text/html'), status: 406 },
    { query: { dataset: withoutSchema }, status: 409 },
    { query: { dataset: missing }, status: 404 },
    { query: { dataset: itemsArn, account: tenant }, status: 404 },
  ],
  putData: importCalls,
  addData: importCalls,
  getHistory: [
    { query: { arn: waiting } },
    { first: advance, query: { arn: waiting, account: '000000000000' } },
    {
      first: (server) => control(server, 'POST', 'transition', { arn: waiting, to: 'PENDING', force: true }),
      query: { arn: waiting },
    },
    {
      first: async (server) => {
        await control(server, 'PUT', 'rules', { rules: [{ id: 'slow', lifecycle: { inProgress: '1h' } }] });
        await call(server, 'CreateBatchInferenceJob', jobNamed('ruled'));
      },
      query: { arn: arn('batch-inference-job/ruled') },
    },
    {
      first: async (server) => {
        await control(server, 'PUT', 'rules', { rules: [] });
        await control(server, 'PUT', 'lifecycle', { default: { progression: 'calls', calls: 1 } });
        await call(server, 'CreateBatchInferenceJob', jobNamed('called'));
        await describe(server, arn('batch-inference-job/called'));
      },
      query: { arn: arn('batch-inference-job/called') },
    },
    { query: { arn: arn('solution/films/stopped') } },
    { query: { arn: campaignArn } },
    { query: { arn: recommenderArn } },
    { query: { arn: dataDeletionJobArn } },
    { query: { arn: without }, status: 409 },
    { query: { arn: missing }, status: 404 },
    { query: { arn: waiting, account: tenant }, status: 404 },
  ],
  getRules: [{}, { first: settle }, { query: { account: tenant } }],
  putRules: [
    { body: { rules: [everyEffect, throttle] } },
    { body: { rules: answers } },
    { body: async (server) => JSON.parse((await control(server, 'GET', 'rules')).body) },
    {
      first: (server) => describe(server),
      body: async (server) => JSON.parse((await control(server, 'GET', 'rules')).body),
    },
    { body: { rules: [{ ...throttle, matched: 3, fired: 1, matchedBy: { '': 1, [tenant]: 2 } }] } },
    { body: { rules: [] }, query: { account: tenant } },
  ],
  addRules: [
    { body: everyEffect },
    { body: { rules: answers } },
    { body: { rules: [throttle, { delay: '0s' }, { connection: 'close', probability: 0 }] } },
    { body: { rules: [] } },
    { body: { match: { numResults: 25, jobName: '*' }, lifecycle: {} }, query: { account: tenant } },
  ],
  deleteRules: [{ first: settle, query: { account: tenant } }, {}],
  deleteRule: [
    { first: settle, params: { id: everyEffect.id } },
    { first: (server) => control(server, 'POST', 'rules', { ...throttle, id: 'last' }), params: { id: 'last' } },
    { params: { id: `${tenant}-rule-1` }, query: { account: tenant } },
    { params: { id: 'last' }, status: 404 },
  ],
  getResources: [
    {},
    { query: { limit: '2' } },
    { first: settle, query: { kind: 'schema,batchInferenceJob', account: '000000000000', region: 'us-east-1' } },
    { query: { kind: 'recipe' } },
    { query: { parent: 'none', status: 'inProgress' } },
    { query: { status: 'failed' } },
    { query: { search: 'Is-', status: 'CREATE PENDING', after: 'batchInferenceJob' } },
    { query: { parent: arn('solution/films'), limit: '1000', account: tenant } },
    { first: (server) => control(server, 'PUT', 'state', world), query: { status: 'CREATE FAILED' } },
  ],
  getResource: [
    { query: { arn: waiting } },
    { first: advance, query: { arn: waiting, account: '000000000000' } },
    { query: { arn: failed } },
    { query: { arn: without } },
    { query: { arn: campaignArn } },
    { query: { arn: recommenderArn } },
    { query: { arn: missing }, status: 404 },
    { query: { arn: waiting, account: tenant }, status: 404 },
  ],
  getAccounts: [{}, { first: settle }, { query: { account: tenant } }],
  getStream: [
    {
      meanwhile: async (server) => {
        await askAll(server);
        await settle(server);
        await stopOnceRead(server);
      },
    },
    { flags: [], query: { account: tenant }, meanwhile: stopOnceRead },
  ],
  getJobs: [{}, { query: { account: tenant } }],
  getRequests: [
    {},
    { first: askAll },
    { query: { operation: 'DescribeBatchInferenceJob', arn: done, limit: '2' } },
    { query: { operation: 'unknown' } },
    { query: { account: tenant, limit: '0' } },
    { query: { limit: '1', bodies: 'false', result: 'refused', rule: 'rule-1' } },
    { query: { limit: '1', bodies: 'true', result: 'ok' } },
    { query: { id: 'none', after: 'none' } },
  ],
  deleteRequests: [{ first: askAll, query: { account: tenant } }, {}],
  getEvents: [
    {},
    { first: sendEvents },
    { query: { outcome: 'stored', trackingId, userId: 'u', sessionId: 's' } },
    { query: { datasetArn: arn('dataset/shows/ITEMS'), limit: '1' } },
    { query: { limit: '1' } },
    { query: { after: '3' } },
    { query: { account: tenant, outcome: 'refused' } },
  ],
  deleteEvents: [{ first: sendEvents, query: { account: tenant } }, {}],
  reset: [
    { first: settle },
    { first: settle, query: { fixtures: 'true', account: tenant } },
    { query: { fixtures: 'false', account: tenant } },
    { query: { fixtures: 'false' } },
    {},
  ],
  getState: [
    {},
    { first: settle },
    { query: { account: tenant } },
    { first: fill },
    { query: { data: 'true' } },
    { query: { data: 'false', account: tenant } },
  ],
  putState: [
    { first: settle, body: stateOf },
    { first: fill, body: stateOf },
    { body: { ...world, lifecycle: byKind, rules: [everyEffect], clock: { mode: 'frozen', now: startTime } } },
    { body: { quotas: { mode: 'aws', limits } } },
    { body: { rules: answers } },
    { body: { accounts: { [tenant]: { clock: { speed: 60 }, lifecycle: byKind, quotas: {}, rules: [throttle] } } } },
    { body: {} },
    { body: { batchInferenceJob: { batchInferenceJobArn: waiting } }, query: { account: tenant } },
  ],
  addState: [
    { first: settleAtRest, body: resourcesOf },
    { body: { rules: [everyEffect] }, status: 409 },
    { body: { batchInferenceJob: { batchInferenceJobArn: done, numResults: 7 } }, status: 409 },
    { body: { clock: { now: earlier } }, status: 409 },
    {
      body: {
        rules: [throttle],
        lifecycle: byKind,
        quotas: { limits: { schemas: 7 } },
        clock: { now: later },
        accounts: { [tenant]: { rules: [throttle] } },
      },
    },
    {
      body: {
        batchInferenceJob: {
          batchInferenceJobArn: missing,
          _local: { pending: '2s', inProgress: '5s..6s', outcome: 'CREATE FAILED', failureReason: 'No role' },
        },
        ResponseMetadata: { HTTPStatusCode: 200 },
      },
    },
    { body: {}, query: { account: tenant } },
  ],
};

const badLives = [
  [[], ''],
  [{ pending: 'soon' }, '/pending'],
  [{ inProgress: 2 }, '/inProgress'],
  [{ pending: '-1s' }, '/pending'],
  [{ pending: '1s..' }, '/pending'],
  [{ calls: 0 }, '/calls'],
  [{ calls: 1_000_001 }, '/calls'],
  [{ calls: '2' }, '/calls'],
  [{ progression: 'fast' }, '/progression'],
  [{ outcome: 'DELETED' }, '/outcome'],
  [{ outcome: null }, '/outcome'],
  [{ failureReason: 'alone' }, '/failureReason'],
  [{ outcome: 'ACTIVE', failureReason: 'none' }, '/failureReason'],
  [{ outcome: 'COMPLETED', failureReason: 'none' }, '/failureReason'],
  [{ outcome: 'CREATE FAILED', failureReason: 7 }, '/failureReason'],
  [{ color: 'red' }, '/color'],
];

const badDelays = [
  ['2s', ''],
  [[], ''],
  [{ events: 2 }, '/events'],
  [{ events: 'soon' }, '/events'],
  [{ rows: '1s..2s' }, '/rows'],
  [{ rows: null }, '/rows'],
  [{ users: '1s' }, '/users'],
];

const badErrors = [
  ['ThrottlingException', ''],
  [{}, ''],
  [{ type: '' }, '/type'],
  [{ type: 'Throttling Exception' }, '/type'],
  [{ type: 'E'.repeat(201) }, '/type'],
  [{ type: 'E', message: 1 }, '/message'],
  [{ type: 'E', status: 99 }, '/status'],
  [{ type: 'E', status: 600 }, '/status'],
  [{ type: 'E', status: '400' }, '/status'],
  [{ type: 'E', afterCommit: 'yes' }, '/afterCommit'],
  [{ type: 'E', code: 'E' }, '/code'],
];

const badClocks = [
  [{ mode: 'slow' }, '/mode'],
  [{ now: 'tomorrow' }, '/now'],
  [{ now: 1769860800 }, '/now'],
  [{ now: '2026-01-31T12' }, '/now'],
  [{ speed: 0 }, '/speed'],
  [{ speed: 1_000_001 }, '/speed'],
  [{ speed: '60' }, '/speed'],
  [{ zone: 'UTC' }, '/zone'],
];

const badQuotas = [
  [[], ''],
  ['aws', ''],
  [{ mode: 'on' }, '/mode'],
  [{ mode: true }, '/mode'],
  [{ color: 'red' }, '/color'],
  [{ campaigns: 5 }, '/campaigns'],
  [{ limits: [] }, '/limits'],
  [{ limits: { films: 5 } }, '/limits/films'],
  [{ limits: { campaign: 5 } }, '/limits/campaign'],
  [{ limits: { campaigns: -1 } }, '/limits/campaigns'],
  [{ limits: { campaigns: 1.5 } }, '/limits/campaigns'],
  [{ limits: { campaigns: '5' } }, '/limits/campaigns'],
  [{ limits: { campaigns: null } }, '/limits/campaigns'],
];

const badCandidates = [
  ['a', ''],
  [{ itemId: 'a' }, ''],
  [[7], '/0'],
  [[''], '/0'],
  [['a'.repeat(257)], '/0'],
  [[{}], '/0'],
  [[{ score: 1 }], '/0'],
  [['b', { itemId: '' }], '/1/itemId'],
  [[{ itemId: 'a', score: '1' }], '/0/score'],
  [[{ itemId: 'a', reason: [] }], '/0/reason'],
];

const within = (path, bad, wrap) => bad.map(([body, pointer]) => [wrap(body), `${path}${pointer}`]);

const badRules = [
  [{ match: {} }, ''],
  [{ delay: 2 }, '/delay'],
  [{ delay: '2s..1' }, '/delay'],
  [{ connection: 'drop' }, '/connection'],
  [{ delay: '1s', id: '' }, '/id'],
  [{ delay: '1s', id: 'a/b' }, '/id'],
  [{ delay: '1s', id: 'a'.repeat(101) }, '/id'],
  [{ delay: '1s', times: 0 }, '/times'],
  [{ delay: '1s', times: 1.5 }, '/times'],
  [{ delay: '1s', after: -1 }, '/after'],
  [{ delay: '1s', probability: 1.01 }, '/probability'],
  [{ delay: '1s', probability: '50%' }, '/probability'],
  [{ delay: '1s', matched: -1 }, '/matched'],
  [{ delay: '1s', fired: 'never' }, '/fired'],
  [{ delay: '1s', matchedBy: { [tenant]: 'often' } }, '/matchedBy'],
  [{ delay: '1s', unless: {} }, '/unless'],
  [{ delay: '1s', match: 'all' }, '/match'],
  [{ delay: '1s', match: { operation: 7 } }, '/match/operation'],
  [{ delay: '1s', match: { account: 111122223333 } }, '/match/account'],
  [{ delay: '1s', match: { region: null } }, '/match/region'],
  [{ delay: '1s', match: { jobName: ['a'] } }, '/match/jobName'],
  [{ delay: '1s', match: { '/~2': 'a' } }, '/match/~1~02'],
  [{ lifecycle: {}, error: { type: 'E' } }, '/lifecycle'],
  [{ output: {} }, '/output'],
  [{ merge: {}, match: {} }, '/merge'],
  [{ candidates: [], match: { userId: 'u' } }, '/candidates'],
  [forOne('Get*', { output: {} }), '/match/operation'],
  [forOne('*', { merge: {} }), '/match/operation'],
  [forOne('GetRecommendation*', { candidates: ['a'] }), '/match/operation'],
  [forOne('GetRecommendations', { output: [] }), '/output'],
  [forOne('GetRecommendations', { output: null }), '/output'],
  [forOne('GetRecommendations', { merge: 'a' }), '/merge'],
  [forOne('GetRecommendations', { output: {}, error: { type: 'E', afterCommit: true } }), '/output'],
  [forOne('CreateSchema', { output: {}, lifecycle: {} }), '/output'],
  [forOne('GetRecommendations', { merge: {}, error: { type: 'E' } }), '/merge'],
  [forOne('GetRecommendations', { merge: {}, output: {} }), '/merge'],
  [forOne('GetRecommendations', { candidates: [], output: {} }), '/candidates'],
  [forOne('GetRecommendations', { candidates: [], error: { type: 'E' } }), '/candidates'],
  [forOne('ListCampaigns', { candidates: [] }), '/candidates'],
  ...within('/candidates', badCandidates, (candidates) => forOne('GetRecommendations', { candidates })),
  ...within('/lifecycle', badLives, (lifecycle) => ({ lifecycle })),
  ...within('/error', badErrors, (error) => ({ error })),
];

const badRuleLists = [
  [{}, ''],
  [[], ''],
  [{ rules: {} }, '/rules'],
  [{ rules: ['slow'] }, '/rules/0'],
  [{ rules: [], more: true }, ''],
  ...within('/rules/1', badRules, (rule) => ({ rules: [{ delay: '1s' }, rule] })),
];

const badBatches = [
  ['all', ''],
  [[7], '/0'],
  [[{ revision: 1, by: 'put' }], '/0'],
  [[{ revision: 0, by: 'put', rows: [] }], '/0/revision'],
  [[{ revision: 1, by: 'hand', rows: [] }], '/0/by'],
  [[{ revision: 1, by: 'put', until: '2', rows: [] }], '/0/until'],
  [[{ revision: 1, by: 'put', at: 7, rows: [] }], '/0/at'],
  [[{ revision: 1, by: 'put', rows: {} }], '/0/rows'],
  [[{ revision: 1, by: 'put', rows: [], color: 'red' }], '/0/color'],
];

const badFixtures = [
  ['all', ''],
  [[], ''],
  [{ colors: [] }, '/colors'],
  [{ batchInferenceJob: [] }, '/batchInferenceJob'],
  [{ batchInferenceJobs: {} }, '/batchInferenceJobs'],
  [{ batchInferenceJobs: [{}] }, '/batchInferenceJobs/0/batchInferenceJobArn'],
  [{ batchInferenceJobs: [{ batchInferenceJobArn: done }, 'x'] }, '/batchInferenceJobs/1'],
  [{ batchInferenceJobs: [{ batchInferenceJobArn: done, _local: 'x' }] }, '/batchInferenceJobs/0/_local'],
  [{ campaign: [] }, '/campaign'],
  [{ dataDeletionJobs: [{}] }, '/dataDeletionJobs/0/dataDeletionJobArn'],
  [{ Filters: {} }, '/Filters'],
  [
    { metricAttribution: { metricAttributionArn: arn('metric-attribution/watches'), _local: { metrics: {} } } },
    '/metricAttribution/_local/metrics',
  ],
  [{ campaign: { campaignArn, _local: { tags: 'films' } } }, '/campaign/_local/tags'],
  ...within('/datasets/0/_local/batches', badBatches, (batches) => ({
    datasets: [{ datasetArn: itemsArn, schemaArn: arn('schema/items'), _local: { batches } }],
  })),
  [
    { datasetGroup: { datasetGroupArn: arn('dataset-group/club'), _local: { revision: 0 } } },
    '/datasetGroup/_local/revision',
  ],
  [{ quotas: 'aws' }, '/quotas'],
  [{ clock: 'frozen' }, '/clock'],
  [{ lifecycle: [] }, '/lifecycle'],
  [{ rules: {} }, '/rules'],
  [{ accounts: [] }, '/accounts'],
  [{ accounts: { films: {} } }, '/accounts/films'],
  [{ accounts: { [tenant]: [] } }, `/accounts/${tenant}`],
  [{ accounts: { [tenant]: { batchInferenceJobs: [] } } }, `/accounts/${tenant}/batchInferenceJobs`],
  ...within('/clock', badClocks, (clock) => ({ clock })),
  ...within('/lifecycle/default', badLives, (life) => ({ lifecycle: { default: life } })),
  ...within('/lifecycle/data', badDelays, (data) => ({ lifecycle: { data } })),
  ...within('/rules/0', badRules, (rule) => ({ rules: [rule] })),
  ...within('/quotas', badQuotas, (quotas) => ({ quotas })),
  ...within(`/accounts/${tenant}/quotas`, badQuotas, (quotas) => ({ accounts: { [tenant]: { quotas } } })),
  ...within(`/accounts/${tenant}/clock`, badClocks, (clock) => ({ accounts: { [tenant]: { clock } } })),
];

const badRows = [
  [[], ''],
  ['rows', ''],
  [{}, ''],
  [{ rows: {} }, ''],
  [{ rows: [film, 'film-2'] }, ''],
  [{ Rows: [] }, ''],
];

/** Bodies that are refused, by operationId, each with the JSON pointer that the refusal must contain. */
export const badBodies = {
  putClock: [[[], ''], ['frozen', ''], ...badClocks],
  advanceClock: [
    [{}, ''],
    [[], ''],
    [{ by: '1s', until: 'idle' }, ''],
    [{ for: '1s' }, ''],
    [{ by: 90 }, '/by'],
    [{ by: '1s..2s' }, '/by'],
    [{ until: 'noon' }, '/until'],
  ],
  putLifecycle: [
    [[], ''],
    [{ schema: {} }, '/schema'],
    [{ recipe: {} }, '/recipe'],
    [{ featureTransformation: {} }, '/featureTransformation'],
    [{ campaigns: {} }, '/campaigns'],
    ...within('/campaign', badLives, (campaign) => ({ campaign })),
    [{ batchInferenceJobs: {} }, '/batchInferenceJobs'],
    ...within('/batchInferenceJob', badLives, (batchInferenceJob) => ({ batchInferenceJob })),
    ...within('/data', badDelays, (data) => ({ data })),
    [{ set: 7 }, '/set'],
    ...within('/set/default', badLives, (life) => ({ set: { default: life } })),
  ],
  putQuotas: [...badQuotas, ...within('/set', badQuotas, (set) => ({ set }))],
  transition: [
    [[], ''],
    [{}, '/arn'],
    [{ arn: '' }, '/arn'],
    [{ arn: 7 }, '/arn'],
    [{ arn: waiting, to: 'DONE' }, '/to'],
    [{ arn: waiting, to: 1 }, '/to'],
    [{ arn: waiting, to: 'ACTIVE', failureReason: 'none' }, '/failureReason'],
    [{ arn: campaignArn, to: 'DELETED', force: true, failureReason: 'none' }, '/failureReason'],
    [{ arn: waiting, failureReason: 7 }, '/failureReason'],
    [{ arn: waiting, force: 'yes' }, '/force'],
    [{ arn: waiting, status: 'ACTIVE' }, '/status'],
  ],
  train: [
    [[], ''],
    [{}, '/arn'],
    [{ arn: 7 }, '/arn'],
    [{ arn: solutionVersionArn, at: startTime }, '/at'],
  ],
  explain: [
    [[], ''],
    [{}, '/operation'],
    [{ operation: 'PutEvents' }, '/operation'],
    [{ operation: 'GetRecommendations', input: [] }, '/input'],
    [{ operation: 'GetRecommendations', itemIds: 'a' }, '/itemIds'],
    [{ operation: 'GetRecommendations', itemIds: [1] }, '/itemIds'],
    [{ operation: 'GetRecommendations', items: ['a'] }, '/items'],
  ],
  putRules: [[{ delay: '1s' }, ''], ...badRuleLists],
  addRules: [...badRuleLists, ...badRules],
  putState: badFixtures,
  addState: badFixtures,
  putData: badRows,
  addData: badRows,
};

const badAccounts = [{ account: '' }, { account: '11112222333' }, { account: 'films' }];

/** Queries that are refused, by operationId, in addition to those with an invalid account. */
export const badQueries = {
  waitForStatus: [
    {},
    { arn: waiting, status: 'DONE' },
    { arn: waiting, status: '' },
    { arn: waiting, timeout: 'soon' },
    { arn: waiting, timeout: '30' },
  ],
  getHistory: [{}],
  getResources: [
    { kind: '' },
    { status: 'DONE' },
    { after: 'somewhere:1' },
    ...['0', '1001', '-1', '1.5', 'all', ''].map((limit) => ({ limit })),
  ],
  getResource: [{}],
  getRequests: [{ limit: 'many' }, { limit: '-1' }, { limit: '' }, { limit: '1.5' }, { bodies: 'no' }],
  getEvents: [{ limit: 'many' }, { after: 'then' }, { outcome: 'lost' }, { outcome: '' }],
  reset: [{ fixtures: 'maybe' }, { fixtures: '' }],
  getState: [{ data: 'maybe' }, { data: '' }],
  getData: [
    {},
    { dataset: '' },
    ...['0', '10001', '-1', '1.5', 'all', ''].map((limit) => ({ dataset: itemsArn, limit })),
  ],
  putData: [{}, { dataset: '' }, { dataset: itemsArn, id: 'a' }],
  addData: [{}, { dataset: '' }, { dataset: itemsArn, limit: '1' }],
};

/** What the query of a call must have. */
export const queryOf = (operation) => (operation.path === '/_local/data' ? { dataset: itemsArn } : {});

export const badQueriesOf = (operation) => [
  { nonsense: '1' },
  ...(operation.parameters.some((each) => each.name === 'account') ? badAccounts : []),
  ...(badQueries[operation.id] ?? []),
];
