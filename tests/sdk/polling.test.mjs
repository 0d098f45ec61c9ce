// The statuses that a user's loop over Describe gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListBatchInferenceJobsCommand } from '@aws-sdk/client-personalize';
import {
  arn,
  clientOf,
  createJob,
  describeJob,
  jobNamed,
  roleArn,
  solutionVersionArn,
  world,
} from './support/personalize.mjs';
import { startServer } from './support/server.mjs';

const eachCall = ['--progression', 'calls', '--calls', '1'];

/** Polls until the job has a final status. Returns the status of every poll, and the last description. */
async function poll(client, batchInferenceJobArn) {
  const statuses = [];
  for (let count = 0; count < 2_000; ++count) {
    const job = await describeJob(client, batchInferenceJobArn);
    statuses.push(job.status);
    if (job.status === 'ACTIVE' || job.status === 'CREATE FAILED') return { statuses, job };
  }
  throw new Error(`the job never ends: ${[...new Set(statuses)]}`);
}

// Fidelity: documented | A batch job is PENDING, IN PROGRESS, and then ACTIVE or CREATE FAILED; `--status-names
//   documented` uses this spelling | DG/API_BatchInferenceJob.html; DG/API_BatchSegmentJob.html
test('a job is PENDING, then IN PROGRESS, then ACTIVE', async (t) => {
  const server = await startServer(t, { world, flags: eachCall });
  const client = clientOf(t, server);
  const { statuses, job } = await poll(client, await createJob(client, jobNamed('succeeds')));
  assert.deepEqual(statuses, ['PENDING', 'IN PROGRESS', 'ACTIVE']);
  assert.equal(job.failureReason, undefined);
});

test('each status is returned to as many polls as --calls says, and List does not count', async (t) => {
  const server = await startServer(t, { world, flags: ['--progression', 'calls', '--calls', '3'] });
  const client = clientOf(t, server);
  const batchInferenceJobArn = await createJob(client, jobNamed('looked-at'));
  for (let i = 0; i < 10; ++i) {
    const { batchInferenceJobs } = await client.send(new ListBatchInferenceJobsCommand({}));
    assert.equal(batchInferenceJobs[0].status, 'PENDING');
  }
  const { statuses } = await poll(client, batchInferenceJobArn);
  const [pending, inProgress] = [Array(3).fill('PENDING'), Array(3).fill('IN PROGRESS')];
  assert.deepEqual(statuses, [...pending, ...inProgress, 'ACTIVE']);
});

// Fidelity: seen | A batch job is CREATE PENDING and CREATE IN_PROGRESS before it ends; `--status-names observed` uses
//   this spelling | aws-samples/amazon-personalize-samples, update-datasets-user-personalization-example.ipynb;
//   aws-samples/amazon-personalize-samples, update-item-dataset-schema-example.ipynb
test('the observed spellings of AWS can be configured', async (t) => {
  const server = await startServer(t, { world, flags: [...eachCall, '--status-names', 'observed'] });
  const client = clientOf(t, server);
  const { statuses } = await poll(client, await createJob(client, jobNamed('observed')));
  assert.deepEqual(statuses, ['CREATE PENDING', 'CREATE IN_PROGRESS', 'ACTIVE']);
});

test('a job that fails by its fixture shows its reason once it has failed', async (t) => {
  const failureReason = 'No objects found in s3 path "s3://films-bucket/users.json".';
  const job = { batchInferenceJobArn: arn('batch-inference-job/fails'), solutionVersionArn, roleArn };
  const doomed = { ...job, _local: { outcome: 'CREATE FAILED', failureReason } };
  const server = await startServer(t, { world: { ...world, batchInferenceJob: doomed }, flags: eachCall });
  const client = clientOf(t, server);

  const before = await describeJob(client, job.batchInferenceJobArn);
  assert.equal(before.status, 'PENDING');
  assert.equal(before.failureReason, undefined);

  const { statuses, job: after } = await poll(client, job.batchInferenceJobArn);
  assert.deepEqual(statuses, ['IN PROGRESS', 'CREATE FAILED']);
  assert.equal(after.failureReason, failureReason);
  const { batchInferenceJobs } = await client.send(new ListBatchInferenceJobsCommand({}));
  assert.equal(batchInferenceJobs[0].failureReason, failureReason);
});

test('a job that is failed in its fixture stays failed', async (t) => {
  const failed = {
    batchInferenceJobArn: arn('batch-inference-job/failed'),
    status: 'CREATE FAILED',
    failureReason: 'Insufficient privileges for accessing data in S3.',
  };
  const server = await startServer(t, { world: { batchInferenceJobs: [failed] }, flags: eachCall });
  const client = clientOf(t, server);
  for (let i = 0; i < 3; ++i) {
    const job = await describeJob(client, failed.batchInferenceJobArn);
    assert.equal(job.status, 'CREATE FAILED');
    assert.equal(job.failureReason, failed.failureReason);
  }
});

test('a job that is in progress in its fixture continues from there, in either spelling', async (t) => {
  const underway = (name, status) => ({ batchInferenceJobArn: arn(`batch-inference-job/${name}`), status });
  const jobs = [underway('documented', 'IN PROGRESS'), underway('observed', 'CREATE IN_PROGRESS')];
  const server = await startServer(t, { world: { batchInferenceJobs: jobs }, flags: eachCall });
  const client = clientOf(t, server);
  for (const { batchInferenceJobArn } of jobs) {
    const { statuses } = await poll(client, batchInferenceJobArn);
    assert.deepEqual(statuses, ['IN PROGRESS', 'ACTIVE']);
  }
});

test('a status pinned by a fixture never changes', async (t) => {
  const pinned = {
    batchInferenceJobArn: arn('batch-inference-job/pinned'),
    status: 'IN PROGRESS',
    _local: { progression: 'manual' },
  };
  const server = await startServer(t, { world: { batchInferenceJob: pinned }, flags: eachCall });
  const client = clientOf(t, server);
  for (let i = 0; i < 5; ++i) {
    assert.equal((await describeJob(client, pinned.batchInferenceJobArn)).status, 'IN PROGRESS');
  }
});

test('with immediate progression a job is ACTIVE at once', async (t) => {
  const server = await startServer(t, { world, flags: ['--progression', 'immediate'] });
  const client = clientOf(t, server);
  const { statuses, job } = await poll(client, await createJob(client, jobNamed('at-once')));
  assert.deepEqual(statuses, ['ACTIVE']);
  assert.deepEqual(job.lastUpdatedDateTime, job.creationDateTime);
});

test('with progression by time each status takes its duration and sets lastUpdatedDateTime', async (t) => {
  const server = await startServer(t, { world, flags: ['--pending', '50ms', '--in-progress', '150ms'] });
  const client = clientOf(t, server);
  const { statuses, job } = await poll(client, await createJob(client, jobNamed('timed')));
  assert.deepEqual(
    [...new Set(statuses)],
    [...new Set(statuses)].sort((a, b) => order(a) - order(b)),
  );
  assert.equal(statuses.at(-1), 'ACTIVE');
  assert.equal(job.lastUpdatedDateTime - job.creationDateTime, 200);
});

test('a job changes its status without being polled', async (t) => {
  const server = await startServer(t, { world, flags: ['--pending', '20ms', '--in-progress', '30ms'] });
  const client = clientOf(t, server);
  const unseen = await createJob(client, jobNamed('unseen'));
  await poll(client, await createJob(client, jobNamed('watched')));
  const job = await describeJob(client, unseen);
  assert.equal(job.status, 'ACTIVE');
  assert.equal(job.lastUpdatedDateTime - job.creationDateTime, 50);
});

test('under a frozen clock a job does not change its status', async (t) => {
  const flags = ['--clock', 'frozen@2026-01-31T12:00:00Z', '--pending', '1ms'];
  const server = await startServer(t, { world, flags });
  const client = clientOf(t, server);
  const batchInferenceJobArn = await createJob(client, jobNamed('frozen'));
  for (let i = 0; i < 20; ++i) assert.equal((await describeJob(client, batchInferenceJobArn)).status, 'PENDING');
});

function order(status) {
  return ['PENDING', 'IN PROGRESS', 'ACTIVE'].indexOf(status);
}
