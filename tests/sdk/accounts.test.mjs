// The owner of resources: the account of the access key and the region of the signature.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListBatchInferenceJobsCommand, ResourceNotFoundException } from '@aws-sdk/client-personalize';
import { arn, clientOf, createJob, describeJob, jobNamed } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';

const lenient = ['--references', 'lenient'];
const [ours, theirs] = ['111122223333', '444455556666'];

const versionOf = (account, region = 'us-east-1') => arn('solution/films/1a2b3c4d', region, account);

async function namesSeenBy(client) {
  const { batchInferenceJobs } = await client.send(new ListBatchInferenceJobsCommand({}));
  return batchInferenceJobs.map((job) => job.jobName).sort();
}

test('a key of twelve digits sees only its own account, and creates in it', async (t) => {
  const server = await startServer(t, { flags: lenient });
  const us = clientOf(t, server, { accessKeyId: ours });
  const them = clientOf(t, server, { accessKeyId: theirs });

  const ourJob = await createJob(us, jobNamed('job', { solutionVersionArn: versionOf(ours) }));
  const theirJob = await createJob(them, jobNamed('job', { solutionVersionArn: versionOf(theirs) }));

  assert.equal(ourJob, arn('batch-inference-job/job', 'us-east-1', ours));
  assert.equal(theirJob, arn('batch-inference-job/job', 'us-east-1', theirs));
  assert.deepEqual(await namesSeenBy(us), ['job']);
  assert.equal((await describeJob(us, ourJob)).jobName, 'job');
  await assert.rejects(describeJob(us, theirJob), ResourceNotFoundException);
  await assert.rejects(describeJob(them, ourJob), ResourceNotFoundException);
});

test('any other key sees the jobs of all accounts', async (t) => {
  const server = await startServer(t, { flags: lenient });
  for (const accessKeyId of [ours, theirs]) {
    const client = clientOf(t, server, { accessKeyId });
    await createJob(client, jobNamed(`job-of-${accessKeyId}`, { solutionVersionArn: versionOf(accessKeyId) }));
  }
  const all = clientOf(t, server, { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
  assert.deepEqual(await namesSeenBy(all), [`job-of-${ours}`, `job-of-${theirs}`]);
  const job = await describeJob(all, arn(`batch-inference-job/job-of-${ours}`, 'us-east-1', ours));
  assert.equal(job.status, 'PENDING');
});

test('a key without an account creates in the account of the resource that its request names', async (t) => {
  const server = await startServer(t, { flags: lenient });
  const client = clientOf(t, server);
  const job = await createJob(client, jobNamed('job', { solutionVersionArn: versionOf(theirs) }));
  assert.equal(job, arn('batch-inference-job/job', 'us-east-1', theirs));
});

test('a job in another region than that of the signature is not found, and the log reports its region', async (t) => {
  const inOregon = arn('batch-inference-job/job', 'us-west-2');
  const server = await startServer(t, { world: { batchInferenceJob: { batchInferenceJobArn: inOregon } } });
  const elsewhere = clientOf(t, server, { region: 'eu-central-1' });
  const error = await describeJob(elsewhere, inOregon).then(assert.fail, (caught) => caught);
  assert.ok(error instanceof ResourceNotFoundException);
  assert.equal(error.message, `The given batch inference job does not exist: ${inOregon}`);
  assert.deepEqual(await namesSeenBy(elsewhere), []);
  await server.logged(/exists, in account 000000000000 and region us-west-2/);

  const there = clientOf(t, server, { region: 'us-west-2' });
  assert.equal((await describeJob(there, inOregon)).jobName, 'job');
});

test('a job is created in the region of the signature', async (t) => {
  const server = await startServer(t, { flags: lenient });
  const client = clientOf(t, server, { region: 'ap-southeast-2' });
  const solutionVersionArn = versionOf('000000000000', 'ap-southeast-2');
  const job = await createJob(client, jobNamed('job', { solutionVersionArn }));
  assert.equal(job, arn('batch-inference-job/job', 'ap-southeast-2'));
});

test('a fixture of any account can be read with any dummy key', async (t) => {
  const job = arn('batch-inference-job/fixed', 'eu-west-1', '987654321098');
  const server = await startServer(t, { world: { batchInferenceJob: { batchInferenceJobArn: job } } });
  for (const accessKeyId of ['test', 'dummy', 'AKIAIOSFODNN7EXAMPLE', '987654321098']) {
    const client = clientOf(t, server, { accessKeyId, region: 'eu-west-1' });
    assert.equal((await describeJob(client, job)).status, 'ACTIVE', accessKeyId);
  }
});
