// Tests the application with one server. Each test has an account of its own, so all of them run at the same time.
//   npm install && npm test
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PersonalizeClient } from '@aws-sdk/client-personalize';
import { start } from 'personalize-local';
import { startJob, waitForJob } from './nightly.mjs';

const version = 'arn:aws:personalize:us-east-1:000000000000:solution/movies/0a1b2c3d';
let server;

before(async () => {
  // Jobs take an hour of the service. Its clock moves only when the application pauses.
  server = await start({
    clock: 'frozen',
    inProgress: '1h',
    fixturesJson: { solutionVersion: { solutionVersionArn: version } },
  });
});
after(() => server?.stop());

/** An account, a client of it, and a pause of the application that moves its clock. */
async function world(t) {
  const tenant = await server.tenant();
  const personalize = new PersonalizeClient(tenant.clientConfig);
  t.after(() => personalize.destroy());
  const job = {
    jobName: 'nightly',
    solutionVersionArn: tenant.arn('solution/movies/0a1b2c3d'),
    batchInferenceJobArn: tenant.arn('batch-inference-job/nightly'),
  };
  return { tenant, personalize, job, pause: (ms) => tenant.clock.advance(ms) };
}

describe('the nightly job', { concurrency: true }, () => {
  test('is polled until it is active', async (t) => {
    const { tenant, personalize, job, pause } = await world(t);
    const arn = await startJob(personalize, job);
    assert.equal((await waitForJob(personalize, arn, pause)).status, 'ACTIVE');
    const { counts } = await tenant.requests();
    assert.deepEqual(counts, { CreateBatchInferenceJob: 1, DescribeBatchInferenceJob: 8 });
  });

  test('fails with the reason of the service', async (t) => {
    const { tenant, personalize, job, pause } = await world(t);
    const lifecycle = { outcome: 'CREATE FAILED', failureReason: 'Invalid S3 input path' };
    await tenant.rules.add({ match: { jobName: 'nightly' }, lifecycle });
    const arn = await startJob(personalize, job);
    await assert.rejects(waitForJob(personalize, arn, pause), { message: 'Invalid S3 input path' });
  });

  test('is given up after six hours', async (t) => {
    const { tenant, personalize, job, pause } = await world(t);
    await tenant.rules.add({ match: { jobName: 'nightly' }, lifecycle: { inProgress: '7h' } });
    const arn = await startJob(personalize, job);
    await assert.rejects(waitForJob(personalize, arn, pause), { message: 'gave up after six hours' });
  });

  test('is started once, even if the answer gets lost', async (t) => {
    const { tenant, personalize, job, pause } = await world(t);
    await tenant.rules.add({ match: { operation: 'Create*' }, times: 1, connection: 'reset' });
    const arn = await startJob(personalize, job);
    assert.equal((await waitForJob(personalize, arn, pause)).status, 'ACTIVE');
    const statuses = (await tenant.history(arn)).map(({ status }) => status);
    assert.deepEqual(statuses, ['PENDING', 'IN PROGRESS', 'ACTIVE']);
  });
});
