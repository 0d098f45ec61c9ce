// Test suites that share one server, each with its own twelve-digit key, and never affect each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListBatchInferenceJobsCommand } from '@aws-sdk/client-personalize';
import { arn, clientOf, createJob, describeJob, jobNamed, world } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const accounts = Array.from({ length: 8 }, (_, i) => String(111111111111 + i));
const versionOf = (account) => arn('solution/films/1a2b3c4d', 'us-east-1', account);

const startShared = (t) =>
  startServer(t, {
    world: { ...world, batchInferenceJob: { batchInferenceJobArn: arn('batch-inference-job/fixed'), status: 'PENDING' } },
    flags: accounts.flatMap((account) => ['--fixtures-for', account]),
  });

/** One test suite: the control API for its own account, and the service with its own key. */
class Suite {
  constructor(t, server, number) {
    this.server = server;
    this.account = accounts[number];
    this.number = number;
    this.client = clientOf(t, server, { accessKeyId: this.account });
  }

  control(method, path, body) {
    const sign = path.includes('?') ? '&' : '?';
    return control(this.server, method, `${path}${sign}account=${this.account}`, body);
  }

  jobArn(name) {
    return arn(`batch-inference-job/${name}`, 'us-east-1', this.account);
  }

  async statusOf(name) {
    return (await describeJob(this.client, this.jobArn(name))).status;
  }

  async jobNames() {
    const { batchInferenceJobs } = await this.client.send(new ListBatchInferenceJobsCommand({}));
    return batchInferenceJobs.map((job) => job.jobName).sort();
  }

  create(name) {
    return createJob(this.client, jobNamed(name, { solutionVersionArn: versionOf(this.account) }));
  }
}

/** One round of a suite, from a reset to a state that only this suite can produce. */
async function round(suite, turn) {
  const now = `20${10 + suite.number}-0${turn + 1}-01T00:00:00Z`;
  await suite.control('POST', 'reset');
  assert.deepEqual(await suite.jobNames(), ['fixed'], 'its own copy of the fixtures');
  await suite.control('POST', 'reset');
  await suite.control('PUT', 'clock', { mode: 'frozen', now });
  assert.equal(await suite.statusOf('fixed'), 'PENDING');
  await suite.control('POST', 'rules', {
    id: 'throttled',
    match: { operation: 'Describe*' },
    times: suite.number + 1,
    error: { type: 'ThrottlingException' },
  });
  await suite.create('made');
  for (let i = 0; i <= suite.number; ++i) {
    await assert.rejects(suite.statusOf('made'), { name: 'ThrottlingException' });
  }
  assert.equal(await suite.statusOf('made'), 'PENDING');
  await suite.control('POST', 'clock/advance', { by: '1s' });
  assert.equal(await suite.statusOf('made'), 'IN PROGRESS');
  assert.equal(await suite.statusOf('fixed'), 'IN PROGRESS');
  if (suite.number % 2 === 0) {
    await suite.control('POST', 'transition', { arn: suite.jobArn('made'), to: 'CREATE FAILED' });
  } else {
    await suite.control('POST', 'clock/advance', { until: 'idle' });
  }
  assert.equal(await suite.statusOf('made'), suite.number % 2 === 0 ? 'CREATE FAILED' : 'ACTIVE');
  assert.deepEqual(await suite.jobNames(), ['fixed', 'made']);
  const { rules } = await suite.control('GET', 'rules');
  assert.deepEqual(rules.map(({ id, fired }) => [id, fired]), [['throttled', suite.number + 1]]);
  const { counts } = await suite.control('GET', 'requests');
  assert.deepEqual(counts, {
    CreateBatchInferenceJob: 1,
    DescribeBatchInferenceJob: suite.number + 6,
    ListBatchInferenceJobs: 1,
  });
  const clock = await suite.control('GET', 'clock');
  const expected = suite.number % 2 === 0 ? 1 : 3;
  assert.equal(clock.now, now.replace('00Z', `0${expected}Z`));
}

test('eight suites at the same time never affect each other', async (t) => {
  const server = await startShared(t);
  const suites = accounts.map((_, number) => new Suite(t, server, number));
  await Promise.all(
    suites.map(async (suite) => {
      for (let turn = 0; turn < 3; ++turn) await round(suite, turn);
    }),
  );
});

test('a reset without an account resets all suites', async (t) => {
  const server = await startShared(t);
  const [one, two] = [new Suite(t, server, 0), new Suite(t, server, 1)];
  await one.create('made');
  await two.control('PUT', 'clock', { mode: 'frozen' });
  await control(server, 'POST', 'reset');
  assert.deepEqual(await one.jobNames(), ['fixed']);
  assert.equal((await two.control('GET', 'clock')).mode, 'real');
});
