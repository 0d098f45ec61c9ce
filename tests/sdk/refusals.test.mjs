// Refusals with the messages of the service, as exceptions of the SDK.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CreateBatchInferenceJobCommand,
  InvalidInputException,
  ListBatchInferenceJobsCommand,
  PersonalizeServiceException,
  ResourceAlreadyExistsException,
  ResourceInUseException,
  ResourceNotFoundException,
} from '@aws-sdk/client-personalize';
import { GetRecommendationsCommand, PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import {
  account,
  arn,
  clientOf,
  configFor,
  createJob,
  describeJob,
  filterArn,
  jobNamed,
  refusalOf,
  solutionVersionArn,
  world,
} from './support/personalize.mjs';
import { atEnd, startServer } from './support/server.mjs';

const whyOf = (error) => error.$response.headers['x-personalize-local-why'];

test('a missing job is refused with ResourceNotFoundException', async (t) => {
  const client = clientOf(t, await startServer(t));
  const missing = arn('batch-inference-job/missing');
  const error = await refusalOf(describeJob(client, missing));
  assert.ok(error instanceof ResourceNotFoundException);
  assert.ok(error instanceof PersonalizeServiceException);
  assert.equal(error.message, `The given batch inference job does not exist: ${missing}`);
  assert.equal(error.$fault, 'client');
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.equal(error.$metadata.attempts, 1);
  assert.match(whyOf(error), /\((seen|documented|inferred)\)$/);
});

test('a taken name is refused with ResourceAlreadyExistsException', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const first = await createJob(client, jobNamed('once', { numResults: 3 }));
  const error = await refusalOf(createJob(client, jobNamed('once', { numResults: 4 })));
  assert.ok(error instanceof ResourceAlreadyExistsException);
  assert.equal(error.message, `Another resource with Arn ${first} already exists.`);
  assert.equal((await describeJob(client, first)).numResults, 3);
});

test('a Create that names a missing resource is refused with ResourceNotFoundException', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const absent = { solutionVersionArn: arn('solution/films/00000000'), filterArn: arn('filter/none') };
  const kinds = { solutionVersionArn: 'solution version', filterArn: 'filter' };
  for (const [member, named] of Object.entries(absent)) {
    const error = await refusalOf(createJob(client, jobNamed('names-nothing', { [member]: named })));
    assert.ok(error instanceof ResourceNotFoundException, member);
    assert.equal(error.message, `The given ${kinds[member]} does not exist: ${named}`);
  }
  const ofSolution = await refusalOf(createJob(client, jobNamed('x', { solutionVersionArn: arn('solution/films') })));
  assert.ok(ofSolution instanceof ResourceNotFoundException);
});

test('a Create with invalid input is refused with InvalidInputException', async (t) => {
  const recipe = (name) => ({
    solutionVersionArn: arn(`solution/${name}/1a2b3c4d`),
    recipeArn: `arn:aws:personalize:::recipe/${name}`,
  });
  const trending = recipe('aws-trending-now');
  const ranking = recipe('aws-personalized-ranking');
  const solutionVersions = [...world.solutionVersions, trending, ranking];
  const client = clientOf(t, await startServer(t, { world: { ...world, solutionVersions } }));
  const source = (path) => ({ jobInput: { s3DataSource: { path } } });
  const destination = (path) => ({ jobOutput: { s3DataDestination: { path } } });
  const themes = { batchInferenceJobMode: 'THEME_GENERATION' };
  const themeGenerationConfig = { fieldsForThemeGeneration: { itemName: 'TITLE' } };
  const bad = {
    'input that is not in S3': source('https://films-bucket.example/users.json'),
    'input in no bucket': source('s3://A/users.json'),
    'output that is not in S3': destination('http://films-bucket.example/out/'),
    'output that is the input': destination('s3://films-bucket/users.json'),
    'themes without their column': themes,
    'a column without themes': { themeGenerationConfig },
    'a recipe without batches': { solutionVersionArn: trending.solutionVersionArn },
    'themes of another recipe': { ...themes, themeGenerationConfig, solutionVersionArn: ranking.solutionVersionArn },
  };
  for (const [what, more] of Object.entries(bad)) {
    const error = await refusalOf(createJob(client, jobNamed('bad', more)));
    assert.ok(error instanceof InvalidInputException, `${what}: ${error}`);
    assert.notEqual(error.message, '', what);
  }
  assert.match(
    (await refusalOf(createJob(client, jobNamed('bad', source('https://x/y'))))).message,
    /^Invalid S3 input path/,
  );
});

test('a solution version that is not ACTIVE yet is refused with ResourceInUseException', async (t) => {
  const pinned = { solutionVersionArn, status: 'CREATE IN_PROGRESS', _local: { progression: 'manual' } };
  const client = clientOf(t, await startServer(t, { world: { solutionVersions: [pinned] } }));
  const error = await refusalOf(createJob(client, jobNamed('early')));
  assert.ok(error instanceof ResourceInUseException, String(error));
});

test('a refused Create stores nothing', async (t) => {
  const client = clientOf(t, await startServer(t, { world }));
  const absent = arn('filter/none');
  await refusalOf(client.send(new CreateBatchInferenceJobCommand(jobNamed('twice', { filterArn: absent }))));
  const { batchInferenceJobs } = await client.send(new ListBatchInferenceJobsCommand({}));
  assert.deepEqual(batchInferenceJobs, []);
  await createJob(client, jobNamed('twice', { filterArn }));
});

test('a campaign that is not there is refused by the runtime', async (t) => {
  const server = await startServer(t);
  const runtime = new PersonalizeRuntimeClient(configFor(server));
  atEnd(t, () => runtime.destroy());
  const campaignArn = arn('campaign/films');
  const error = await refusalOf(runtime.send(new GetRecommendationsCommand({ campaignArn, userId: '1' })));
  assert.equal(error.name, 'InvalidInputException');
  assert.equal(error.message, `${campaignArn} does not exist or is not active yet.`);
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.match(whyOf(error), /no such campaign/);
  await server.logged(/operation=GetRecommendations /);
});

test('the ARN of another kind counts as a missing job', async (t) => {
  const client = clientOf(t, await startServer(t), { accessKeyId: account });
  const error = await refusalOf(describeJob(client, solutionVersionArn));
  assert.ok(error instanceof ResourceNotFoundException);
  assert.equal(error.message, `The given batch inference job does not exist: ${solutionVersionArn}`);
});
