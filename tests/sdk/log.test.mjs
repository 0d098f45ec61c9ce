// The log: one line per request, as text and as JSON.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { items } from './support/film_schemas.mjs';
import { startServer } from './support/server.mjs';
import { call, send, signedBy } from './support/wire.mjs';

const missing = 'arn:aws:personalize:us-east-1:000000000000:batch-inference-job/missing';
const missingJob = { batchInferenceJobArn: missing };

test('a line contains the operation and the status of a request', async (t) => {
  const server = await startServer(t);
  await call(server, 'ListBatchInferenceJobs');
  await call(server, 'DescribeBatchInferenceJob', missingJob);
  await server.logged(/ info request .*operation=ListBatchInferenceJobs status=200 /);
  await server.logged(
    / info request .*operation=DescribeBatchInferenceJob status=400 error=ResourceNotFoundException /,
  );
});

test('a line contains the request id of the answer, and the account and region of the caller', async (t) => {
  const server = await startServer(t);
  const { headers } = await call(
    server,
    'ListBatchInferenceJobs',
    {},
    signedBy('111122223333', { region: 'eu-west-1' }),
  );
  const line = await server.logged(new RegExp(`request_id=${headers['x-amzn-requestid']}$`));
  assert.match(line, / account=111122223333 region=eu-west-1 /);
});

test('a line tells that a filter looks for texts among numbers', async (t) => {
  const group = 'arn:aws:personalize:us-east-1:000000000000:dataset-group/club';
  const schemaArn = 'arn:aws:personalize:us-east-1:000000000000:schema/items';
  const datasetArn = 'arn:aws:personalize:us-east-1:000000000000:dataset/club/ITEMS';
  const server = await startServer(t, {
    world: {
      schema: { schemaArn, schema: items },
      datasetGroup: { datasetGroupArn: group },
      dataset: { datasetArn, datasetGroupArn: group, datasetType: 'ITEMS', schemaArn },
    },
  });
  const filterExpression = 'INCLUDE ItemID WHERE Items.PRICE IN ("3")';
  const { status } = await call(server, 'CreateFilter', { name: 'cheap', datasetGroupArn: group, filterExpression });
  assert.equal(status, 200);
  await server.logged(/the filter cheap looks for texts in the numbers of Items\.PRICE/);
});

test('every line of a JSON log is JSON', async (t) => {
  const server = await startServer(t, {
    flags: ['--log-format', 'json'],
    env: { PERSONALIZE_LOCAL_SERVICE_HOST: 'a "quoted" \\ host' },
    world: { solutionVersion: { solutionVersionArn: 'arn:aws:personalize:us-east-1:000000000000:solution/films/1' } },
  });
  await call(server, 'ListBatchInferenceJobs');
  await call(server, 'DescribeBatchInferenceJob', missingJob);
  await call(server, 'DescribeBatchInferenceJob', '{"batchInferenceJobArn": "a\\"b\\nc\u{1F3AC}"}');
  await send(`${server.url}/no/such/%22path%22?a=%0A`);
  await send(`${server.url}/_local/clock`);
  await server.logged(/_local\/clock/);
  await server.stop();

  const lines = server.logLines().map((line) => JSON.parse(line));
  for (const line of lines) {
    assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.match(line.level, /^(debug|info|warn|warning|error)$/);
    assert.ok(line.event);
  }
  const requests = lines.filter((line) => line.event === 'request');
  assert.deepEqual(
    requests.map(({ operation, status }) => [operation, Number(status)]),
    [
      ['ListBatchInferenceJobs', 200],
      ['DescribeBatchInferenceJob', 400],
      ['DescribeBatchInferenceJob', 400],
      ['GET /no/such/%22path%22?a=%0A', 403],
      ['GET /_local/clock', 200],
    ],
  );
  assert.equal(requests[1].error, 'ResourceNotFoundException');
});

test('data from a client cannot begin a new line', async (t) => {
  const server = await startServer(t);
  const forged = 'x\n2026-01-01T00:00:00.000Z info request operation=Forged status=200';
  await call(server, 'DescribeBatchInferenceJob', { batchInferenceJobArn: `${missing}${forged}` });
  await call(server, 'ListBatchInferenceJobs');
  await server.logged(/ListBatchInferenceJobs/);
  for (const line of server.logLines()) assert.doesNotMatch(line, /^\S+ info request operation=Forged/);
});

test('a health check is logged only at debug', async (t) => {
  const [quiet, loud] = await Promise.all([startServer(t), startServer(t, { flags: ['--log-level', 'debug'] })]);
  for (const server of [quiet, loud]) {
    await send(`${server.url}/_local/health`);
    await send(`${server.url}/_local/clock`);
    await server.logged(/_local\/clock/);
  }
  assert.ok(loud.logLines().some((line) => /debug request.*GET \/_local\/health/.test(line)));
  assert.ok(!quiet.logLines().some((line) => line.includes('/_local/health')));
});

test('at warn requests are not logged, and at off nothing is logged', async (t) => {
  for (const level of ['warn', 'off']) {
    const server = await startServer(t, { flags: ['--log-level', level] });
    await call(server, 'ListBatchInferenceJobs');
    await server.stop();
    assert.equal(server.stderr, '', level);
  }
});

test('the log explains how to proceed after a Create that names a missing resource', async (t) => {
  const server = await startServer(t);
  const solutionVersionArn = 'arn:aws:personalize:us-east-1:000000000000:solution/films/1a2b3c4d';
  await call(server, 'CreateBatchInferenceJob', {
    jobName: 'early',
    solutionVersionArn,
    jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
    jobOutput: { s3DataDestination: { path: 's3://films-bucket/out/' } },
    roleArn: 'arn:aws:iam::000000000000:role/personalize-batch',
  });
  const line = await server.logged(/there is no solution version/);
  assert.match(line, /solutionVersions/);
  assert.match(line, /--references lenient/);
});
