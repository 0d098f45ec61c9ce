// The view of real clients on a world that the tester changes by /_local/.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DescribeBatchInferenceJobCommand,
  PersonalizeClient,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-personalize';
import { cliOf, printed, skipWithoutAws as skip } from './support/cli.mjs';
import {
  arn,
  clientOf,
  configFor,
  createJob,
  describeJob,
  jobNamed,
  refusalOf,
  world,
} from './support/personalize.mjs';
import { checkResponses } from './support/response_check.mjs';
import { atEnd, startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const batchInferenceJobArn = arn('batch-inference-job/nightly');
const withJob = { ...world, batchInferenceJob: { batchInferenceJobArn } };
const polls = { operation: 'Describe*' };
const creates = { operation: 'CreateBatchInferenceJob' };
const throttling = { type: 'ThrottlingException', message: 'Rate exceeded' };
const describe = ['describe-batch-inference-job', '--batch-inference-job-arn', batchInferenceJobArn];

const addRule = (server, rule) => control(server, 'POST', 'rules', rule);
const advance = (server, by) => control(server, 'POST', 'clock/advance', { by });

/** Like `clientOf`, with additional configuration. */
function clientWith(t, server, more) {
  const client = new PersonalizeClient({ ...configFor(server), ...more });
  atEnd(t, () => client.destroy());
  checkResponses(t, client);
  return client;
}

/** Sends one poll. Returns the status of the job and the number of attempts of the SDK. */
async function poll(client) {
  const command = new DescribeBatchInferenceJobCommand({ batchInferenceJobArn });
  const { batchInferenceJob, $metadata } = await client.send(command);
  return { status: batchInferenceJob.status, attempts: $metadata.attempts };
}

/** The number of Describe requests for the job, whatever their answers. */
async function pollsCounted(server) {
  const { counts } = await control(server, 'GET', 'requests?operation=DescribeBatchInferenceJob&limit=0');
  return counts.DescribeBatchInferenceJob;
}

async function historyOf(server, resource) {
  const { history } = await control(server, 'GET', `history?arn=${resource}`);
  return history.map(({ status, cause }) => [status, cause]);
}

async function assertIsWell(server) {
  assert.equal((await control(server, 'GET', 'health')).ready, true);
}

test("the SDK's own retry succeeds after two throttled polls", async (t) => {
  const server = await startServer(t, { world: withJob });
  await addRule(server, { match: polls, times: 2, error: throttling });
  const client = clientWith(t, server, { maxAttempts: 3 });
  assert.deepEqual(await poll(client), { status: 'ACTIVE', attempts: 3 });
  assert.equal(await pollsCounted(server), 3);
});

test("the SDK's own retry fails if every attempt is throttled", async (t) => {
  const server = await startServer(t, { world: withJob });
  await addRule(server, { match: polls, error: throttling });
  const error = await refusalOf(poll(clientWith(t, server, { maxAttempts: 3 })));
  assert.equal(error.name, 'ThrottlingException');
  assert.equal(error.message, 'Rate exceeded');
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.equal(error.$metadata.attempts, 3);
  assert.equal(await pollsCounted(server), 3);
});

test('a throttled poll names the rule in a header', async (t) => {
  const server = await startServer(t, { world: withJob });
  await addRule(server, { id: 'busy', match: polls, times: 1, error: throttling });
  const client = clientOf(t, server);
  const error = await refusalOf(poll(client));
  assert.equal(error.$response.headers['x-personalize-local-why'], 'rule busy fired (ruled)');
  assert.equal((await poll(client)).status, 'ACTIVE');
});

test("a delayed answer exceeds the SDK's requestTimeout, and the server keeps working", async (t) => {
  const server = await startServer(t, { world: withJob });
  await addRule(server, { match: polls, times: 1, delay: '1h' });
  const requestHandler = { requestTimeout: 100, throwOnRequestTimeout: true };
  const error = await refusalOf(poll(clientWith(t, server, { requestHandler })));
  assert.equal(error.name, 'TimeoutError');
  await assertIsWell(server);
  assert.equal((await poll(clientOf(t, server))).status, 'ACTIVE');
});

test("a delayed answer exceeds the CLI's --cli-read-timeout", { skip }, async (t) => {
  const server = await startServer(t, { world: withJob });
  await addRule(server, { match: polls, times: 1, delay: '1h' });
  const cli = await cliOf(t, server, { env: { AWS_MAX_ATTEMPTS: '1' } });
  const { code, stderr } = await cli(...describe, '--cli-read-timeout', '1');
  assert.equal(code, 255, stderr);
  assert.match(stderr, /Read timeout on endpoint URL/);
  await assertIsWell(server);
});

for (const connection of ['reset', 'close', 'truncate']) {
  test(`the SDK treats a connection's ${connection} as a network fault, and retries`, async (t) => {
    const server = await startServer(t, { world: withJob });
    const rule = { match: polls, times: 1, connection };
    await addRule(server, rule);
    const error = await refusalOf(poll(clientOf(t, server)));
    assert.equal(error.code, 'ECONNRESET', error);

    await addRule(server, rule);
    const client = clientWith(t, server, { maxAttempts: 2 });
    assert.deepEqual(await poll(client), { status: 'ACTIVE', attempts: 2 });
    await assertIsWell(server);
  });
}

const lostAnswers = {
  'an error after the commit': { error: { type: 'InternalServerException', status: 500, afterCommit: true } },
  'a broken connection': { connection: 'reset' },
};

for (const [what, effect] of Object.entries(lostAnswers)) {
  test(`the job exists even if its answer is lost to ${what}`, async (t) => {
    const server = await startServer(t, { world });
    await addRule(server, { match: creates, times: 1, ...effect });
    await refusalOf(createJob(clientOf(t, server), jobNamed('nightly')));
    assert.equal((await describeJob(clientOf(t, server), batchInferenceJobArn)).jobName, 'nightly');
  });

  test(`a retry after ${what} is refused because the job exists`, async (t) => {
    const server = await startServer(t, { world });
    await addRule(server, { match: creates, times: 1, ...effect });
    const client = clientWith(t, server, { maxAttempts: 2 });
    const error = await refusalOf(createJob(client, jobNamed('nightly')));
    assert.ok(error instanceof ResourceAlreadyExistsException, error);
    assert.equal(error.$metadata.attempts, 2);
  });
}

test('an error without afterCommit creates no job', async (t) => {
  const server = await startServer(t, { world });
  await addRule(server, { match: creates, times: 1, error: { type: 'InternalServerException', status: 500 } });
  const client = clientWith(t, server, { maxAttempts: 2 });
  assert.equal(await createJob(client, jobNamed('nightly')), batchInferenceJobArn);
});

test('advancing the clock moves a job through every status, to the millisecond', async (t) => {
  const server = await startServer(t, { world });
  await control(server, 'PUT', 'clock', { mode: 'frozen' });
  const client = clientOf(t, server);
  await createJob(client, jobNamed('nightly'));
  const seen = [];
  for (const by of ['0ms', '999ms', '1ms', '1999ms', '1ms', '24h']) {
    await advance(server, by);
    const { status, creationDateTime, lastUpdatedDateTime } = await describeJob(client, batchInferenceJobArn);
    seen.push([status, lastUpdatedDateTime - creationDateTime]);
  }
  const expected = [
    ['PENDING', 0],
    ['PENDING', 0],
    ['IN PROGRESS', 1000],
    ['IN PROGRESS', 1000],
    ['ACTIVE', 3000],
    ['ACTIVE', 3000],
  ];
  assert.deepEqual(seen, expected);
});

const failureReason = 'No objects found in s3 path "s3://films-bucket/users.json".';

/** A server with a job that a transition has ended. */
async function serverWithFailedJob(t) {
  const server = await startServer(t, { world, flags: ['--progression', 'manual'] });
  await createJob(clientOf(t, server), jobNamed('nightly'));
  await control(server, 'POST', 'transition', { arn: batchInferenceJobArn, to: 'CREATE FAILED', failureReason });
  return server;
}

test('a job that a transition has ended shows the SDK its failure reason', async (t) => {
  const server = await serverWithFailedJob(t);
  const job = await describeJob(clientOf(t, server), batchInferenceJobArn);
  assert.deepEqual([job.status, job.failureReason], ['CREATE FAILED', failureReason]);
  const history = [
    ['PENDING', 'call'],
    ['CREATE FAILED', 'command'],
  ];
  assert.deepEqual(await historyOf(server, batchInferenceJobArn), history);
});

test('a job that a transition has ended shows the CLI its failure reason', { skip }, async (t) => {
  const cli = await cliOf(t, await serverWithFailedJob(t));
  const query = ['--query', 'batchInferenceJob.[status,failureReason]', '--output', 'text'];
  assert.equal(await printed(cli(...describe, ...query)), `CREATE FAILED\t${failureReason}\n`);
});

test('a job follows the lifecycle of a rule, and its history names the rule', async (t) => {
  const server = await startServer(t, { world });
  await control(server, 'PUT', 'clock', { mode: 'frozen' });
  const lifecycle = { pending: '10m', inProgress: '2h', outcome: 'CREATE FAILED', failureReason };
  await addRule(server, { id: 'doomed', match: { jobName: '*-doomed' }, lifecycle });
  const client = clientOf(t, server);
  const doomed = await createJob(client, jobNamed('nightly-doomed'));
  const spared = await createJob(client, jobNamed('nightly'));

  await advance(server, '129m');
  assert.equal((await describeJob(client, doomed)).status, 'IN PROGRESS');
  assert.equal((await describeJob(client, spared)).status, 'ACTIVE');
  await advance(server, '1m');
  assert.equal((await describeJob(client, doomed)).failureReason, failureReason);
  assert.deepEqual(await historyOf(server, doomed), [
    ['PENDING', 'rule:doomed'],
    ['IN PROGRESS', 'timer'],
    ['CREATE FAILED', 'timer'],
  ]);
});

test("a job's history names the cause of each status: a call, the timer, a command or the fixture", async (t) => {
  const underway = arn('batch-inference-job/underway');
  const fixture = { batchInferenceJobArn: underway, status: 'IN PROGRESS' };
  const server = await startServer(t, { world: { ...world, batchInferenceJob: fixture } });
  await control(server, 'PUT', 'clock', { mode: 'frozen' });
  const client = clientOf(t, server);
  await createJob(client, jobNamed('nightly'));
  await control(server, 'POST', 'transition', { arn: batchInferenceJobArn });
  await control(server, 'PUT', 'lifecycle', { batchInferenceJob: { progression: 'calls', calls: 1 } });
  const looked = await createJob(client, jobNamed('looked-at'));
  await describeJob(client, looked);
  await control(server, 'POST', 'clock/advance', { until: 'idle' });

  assert.deepEqual(await historyOf(server, batchInferenceJobArn), [
    ['PENDING', 'call'],
    ['IN PROGRESS', 'command'],
    ['ACTIVE', 'timer'],
  ]);
  assert.deepEqual(await historyOf(server, looked), [
    ['PENDING', 'call'],
    ['IN PROGRESS', 'call'],
  ]);
  assert.deepEqual(await historyOf(server, underway), [
    ['IN PROGRESS', 'fixture'],
    ['ACTIVE', 'timer'],
  ]);
});

test('the journal counts the polls of a loop, and records the answer of each', async (t) => {
  const server = await startServer(t, { world, flags: ['--progression', 'calls', '--calls', '1'] });
  await addRule(server, { id: 'busy', match: polls, times: 1, error: throttling });
  const client = clientWith(t, server, { maxAttempts: 2 });
  await createJob(client, jobNamed('nightly'));
  for (let i = 0; i < 3; ++i) await poll(client);

  assert.equal(await pollsCounted(server), 4);
  const about = `operation=DescribeBatchInferenceJob&arn=${batchInferenceJobArn}`;
  const { requests } = await control(server, 'GET', `requests?${about}`);
  const answers = requests.map(({ error, output, rule }) => [rule, error ?? output.batchInferenceJob.status]);
  assert.deepEqual(answers.reverse(), [
    ['busy', 'ThrottlingException'],
    [undefined, 'PENDING'],
    [undefined, 'IN PROGRESS'],
    [undefined, 'ACTIVE'],
  ]);
});
