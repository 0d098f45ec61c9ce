// Describe and List return what a Create was given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateBatchInferenceJobCommand,
  DescribeBatchInferenceJobCommand,
  ListBatchInferenceJobsCommand,
} from '@aws-sdk/client-personalize';
import {
  account,
  arn,
  clientOf,
  createJob,
  describeJob,
  filterArn,
  jobNamed,
  roleArn,
  solutionVersionArn,
  world,
} from './support/personalize.mjs';
import { startServer } from './support/server.mjs';

const now = '2026-01-31T12:00:00.250Z';
const kmsKeyArn = `arn:aws:kms:us-east-1:${account}:key/0000aaaa-11bb-22cc-33dd-444444eeeeee`;

test('Describe returns every member of a Create', async (t) => {
  const server = await startServer(t, { world, flags: ['--clock', `frozen@${now}`] });
  const client = clientOf(t, server);
  const input = {
    jobName: 'everything',
    solutionVersionArn,
    filterArn,
    numResults: 7,
    jobInput: { s3DataSource: { path: 's3://films-bucket/in/users.json', kmsKeyArn } },
    jobOutput: { s3DataDestination: { path: 's3://films-bucket/out/', kmsKeyArn } },
    roleArn,
    batchInferenceJobConfig: {
      itemExplorationConfig: { explorationWeight: '0.3', explorationItemAgeCutOff: '30' },
      rankingInfluence: { POPULARITY: 0.5, FRESHNESS: 0.25 },
    },
    batchInferenceJobMode: 'BATCH_INFERENCE',
    tags: [{ tagKey: 'team', tagValue: 'films' }],
  };

  const { batchInferenceJobArn } = await client.send(new CreateBatchInferenceJobCommand(input));
  assert.equal(batchInferenceJobArn, arn('batch-inference-job/everything'));

  const { tags, ...untagged } = input;
  assert.deepEqual(await describeJob(client, batchInferenceJobArn), {
    ...untagged,
    batchInferenceJobArn,
    status: 'PENDING',
    creationDateTime: new Date(now),
    lastUpdatedDateTime: new Date(now),
  });
});

test('a job with theme generation shows its mode and config', async (t) => {
  const similarItems = { solutionVersionArn, recipeArn: 'arn:aws:personalize:::recipe/aws-similar-items' };
  const server = await startServer(t, { world: { solutionVersions: [similarItems] } });
  const client = clientOf(t, server);
  const batchInferenceJobMode = 'THEME_GENERATION';
  const themeGenerationConfig = { fieldsForThemeGeneration: { itemName: 'TITLE' } };

  const job = await createJob(client, jobNamed('themes', { batchInferenceJobMode, themeGenerationConfig }));

  const described = await describeJob(client, job);
  assert.equal(described.batchInferenceJobMode, batchInferenceJobMode);
  assert.deepEqual(described.themeGenerationConfig, themeGenerationConfig);
  const { batchInferenceJobs } = await client.send(new ListBatchInferenceJobsCommand({}));
  assert.equal(batchInferenceJobs[0].batchInferenceJobMode, batchInferenceJobMode);
});

test('a member missing from a Create has its default or is absent', async (t) => {
  const server = await startServer(t, { world });
  const client = clientOf(t, server);

  const described = await describeJob(client, await createJob(client, jobNamed('least')));

  assert.equal(described.numResults, 25);
  assert.equal(described.batchInferenceJobMode, 'BATCH_INFERENCE');
  for (const absent of ['filterArn', 'batchInferenceJobConfig', 'themeGenerationConfig', 'failureReason']) {
    assert.ok(!(absent in described), `${absent} is there`);
  }
});

test('List returns a summary of each job', async (t) => {
  const server = await startServer(t, { world, flags: ['--clock', `frozen@${now}`] });
  const client = clientOf(t, server);
  const batchInferenceJobArn = await createJob(client, jobNamed('short', { numResults: 7, filterArn }));

  const { batchInferenceJobs, nextToken } = await client.send(new ListBatchInferenceJobsCommand({}));

  assert.deepEqual(batchInferenceJobs, [
    {
      batchInferenceJobArn,
      jobName: 'short',
      status: 'PENDING',
      creationDateTime: new Date(now),
      lastUpdatedDateTime: new Date(now),
      solutionVersionArn,
      batchInferenceJobMode: 'BATCH_INFERENCE',
    },
  ]);
  assert.equal(nextToken, undefined);
});

test('the dates of a new job are the time of the frozen clock', async (t) => {
  const times = ['1999-12-31T23:59:59.999Z', '2026-01-31T12:00:00.000Z', '2026-02-28T00:00:00.100Z'];
  for (const time of times) {
    const server = await startServer(t, { world, flags: ['--clock', `frozen@${time}`] });
    const client = clientOf(t, server);
    const job = await describeJob(client, await createJob(client, jobNamed('dated')));
    assert.ok(job.creationDateTime instanceof Date);
    assert.equal(job.creationDateTime.toISOString(), time);
    assert.equal(job.lastUpdatedDateTime.toISOString(), time);
  }
});

test('one client can create fifty jobs at once', async (t) => {
  const server = await startServer(t, { world });
  const client = clientOf(t, server);
  const names = Array.from({ length: 50 }, (_, i) => `parallel-${i}`);

  const arns = await Promise.all(names.map((name) => createJob(client, jobNamed(name))));

  assert.deepEqual(
    arns,
    names.map((name) => arn(`batch-inference-job/${name}`)),
  );
  const jobs = await Promise.all(arns.map((job) => describeJob(client, job)));
  assert.deepEqual(
    jobs.map((job) => job.jobName),
    names,
  );
});

test('only one of many simultaneous Creates with the same name succeeds', async (t) => {
  const server = await startServer(t, { world });
  const client = clientOf(t, server);

  const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => createJob(client, jobNamed('mine'))));

  assert.equal(attempts.filter((attempt) => attempt.status === 'fulfilled').length, 1);
  for (const { reason } of attempts.filter((attempt) => attempt.status === 'rejected')) {
    assert.equal(reason.name, 'ResourceAlreadyExistsException');
  }
});

test('a Create may name a missing solution version if references are lenient', async (t) => {
  const server = await startServer(t, { flags: ['--references', 'lenient'] });
  const client = clientOf(t, server);
  const job = await describeJob(client, await createJob(client, jobNamed('lone', { filterArn })));
  assert.equal(job.solutionVersionArn, solutionVersionArn);
  assert.equal(job.filterArn, filterArn);
});

test('an answer has the headers that AWS sends', async (t) => {
  const server = await startServer(t, { world, flags: ['--clock', `frozen@${now}`] });
  const client = clientOf(t, server);
  let headers;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      headers = result.response.headers;
      return result;
    },
    { step: 'deserialize' },
  );

  const { $metadata } = await client.send(new ListBatchInferenceJobsCommand({}));

  assert.equal($metadata.httpStatusCode, 200);
  assert.match($metadata.requestId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1');
  assert.equal(headers.date, 'Sat, 31 Jan 2026 12:00:00 GMT');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.equal(headers['x-personalize-local-why'], undefined);
});

test('a job in a fixture is described as the fixture says', async (t) => {
  const job = {
    jobName: 'from-yesterday',
    batchInferenceJobArn: arn('batch-inference-job/from-yesterday', 'eu-west-1', '444455556666'),
    solutionVersionArn: arn('solution/films/1a2b3c4d', 'eu-west-1', '444455556666'),
    numResults: 10,
    jobInput: { s3DataSource: { path: 's3://films-bucket/users.json' } },
    jobOutput: { s3DataDestination: { path: 's3://films-bucket/out/' } },
    roleArn,
    status: 'ACTIVE',
    creationDateTime: '2026-01-30T09:00:00.000Z',
    lastUpdatedDateTime: 1769764500.5,
  };
  const server = await startServer(t, { world: { batchInferenceJob: job } });
  const client = clientOf(t, server, { region: 'eu-west-1' });

  const command = new DescribeBatchInferenceJobCommand({ batchInferenceJobArn: job.batchInferenceJobArn });
  const { batchInferenceJob } = await client.send(command);

  assert.deepEqual(batchInferenceJob, {
    ...job,
    creationDateTime: new Date('2026-01-30T09:00:00.000Z'),
    lastUpdatedDateTime: new Date('2026-01-30T09:15:00.500Z'),
  });
});
