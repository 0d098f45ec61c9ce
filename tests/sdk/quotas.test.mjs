// The limits of the service, and how a tester changes them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { CreateBatchInferenceJobCommand, LimitExceededException, PersonalizeClient } from '@aws-sdk/client-personalize';
import { recipe } from './support/deployment.mjs';
import * as avro from './support/film_schemas.mjs';
import { call, list } from './support/kinds.mjs';
import { arn, clientOf, configFor, createJob, jobNamed, refusalOf, world } from './support/personalize.mjs';
import { checkResponses } from './support/response_check.mjs';
import { atEnd, startServer, temporaryFolder } from './support/server.mjs';
import { control } from './support/wire.mjs';

const [ours, theirs] = ['111122223333', '444455556666'];
const manual = ['--progression', 'manual'];
const limited = (...flags) => ['--quotas', 'aws', ...flags];
const isLimit = { name: 'LimitExceededException' };

const createGroup = (client, name) => call(client, 'CreateDatasetGroup', { name });

async function createGroups(client, count) {
  for (let i = 0; i < count; ++i) await createGroup(client, `group-${i}`);
}

test('without quotas the number of jobs is not limited', async (t) => {
  const client = clientOf(t, await startServer(t));
  await createGroups(client, 8);
  assert.equal((await list(client, 'datasetGroup')).length, 8);
});

// Fidelity: inferred | A batch job beyond the quota is refused with the message that AWS documents for import jobs | -
test('a job beyond the limit is refused with LimitExceededException, which the SDK retries', async (t) => {
  const server = await startServer(t, { world, flags: limited(...manual) });
  const client = new PersonalizeClient({ ...configFor(server), maxAttempts: 3 });
  atEnd(t, () => client.destroy());
  checkResponses(t, client);
  for (let i = 0; i < 5; ++i) await createJob(client, jobNamed(`job-${i}`));

  const error = await refusalOf(client.send(new CreateBatchInferenceJobCommand(jobNamed('job-5'))));
  assert.ok(error instanceof LimitExceededException, error);
  assert.equal(error.message, 'More than 5 resources with PENDING or IN_PROGRESS status.');
  assert.equal(error.$metadata.httpStatusCode, 400);
  assert.equal(error.$metadata.attempts, 3);
  const why = error.$response.headers['x-personalize-local-why'];
  assert.match(why, /^the quota batchInferenceJobsInProgress is 5 \((seen|documented|inferred)\)$/);
  const { counts } = await control(server, 'GET', 'requests?limit=0');
  assert.equal(counts.CreateBatchInferenceJob, 8);
  assert.equal((await list(client, 'batchInferenceJob')).length, 5);

  await control(server, 'POST', 'transition', { arn: arn('batch-inference-job/job-0'), to: 'ACTIVE' });
  await createJob(client, jobNamed('job-5')); // one of the other jobs has ended
});

// Fidelity: documented | A sixth campaign of a dataset group is refused with `More than 5 resources in ACTIVE state. Please delete some and try again.` | DG/error-messages.html
test('each dataset group has its own limits', async (t) => {
  const groups = ['films', 'shop'];
  const recipeArn = recipe('aws-user-personalization');
  const solutions = groups.map((name) => ({
    solutionArn: arn(`solution/${name}`),
    datasetGroupArn: arn(`dataset-group/${name}`),
    recipeArn,
  }));
  const versionOf = (name) => arn(`solution/${name}/1a2b3c4d`);
  const documents = {
    datasetGroups: groups.map((name) => ({ datasetGroupArn: arn(`dataset-group/${name}`) })),
    solutions,
    solutionVersions: groups.map((name) => ({ solutionVersionArn: versionOf(name), recipeArn })),
    campaigns: Array.from({ length: 4 }, (_, i) => ({
      campaignArn: arn(`campaign/films-${i}`),
      solutionVersionArn: versionOf('films'),
    })),
  };
  documents.campaigns.push({
    campaignArn: arn('campaign/failed'),
    solutionVersionArn: versionOf('films'),
    status: 'CREATE FAILED',
  });
  const client = clientOf(t, await startServer(t, { world: documents, flags: limited() }));
  const create = (name, ofGroup) => call(client, 'CreateCampaign', { name, solutionVersionArn: versionOf(ofGroup) });

  await create('films-4', 'films'); // a failed campaign does not count
  const error = await refusalOf(create('films-5', 'films'));
  assert.ok(error instanceof LimitExceededException, error);
  assert.equal(error.message, 'More than 5 resources in ACTIVE state. Please delete some and try again.');
  await create('shop-0', 'shop');
});

test('a limit of zero allows none, and each PUT replaces the previous one', async (t) => {
  const server = await startServer(t, { flags: limited() });
  const { limits } = await control(server, 'GET', 'quotas');
  const set = { limits: { datasetGroups: 0 } };
  await control(server, 'PUT', 'quotas', set);
  const client = clientOf(t, server);
  await assert.rejects(createGroup(client, 'none'), isLimit);
  const answer = await control(server, 'GET', 'quotas');
  assert.deepEqual(answer, { mode: 'aws', limits: { ...limits, datasetGroups: 0 }, set });

  const schema = avro.users;
  await call(client, 'CreateSchema', { name: 'users', schema });
  await control(server, 'PUT', 'quotas', { limits: { schemas: 1 } });
  await assert.rejects(call(client, 'CreateSchema', { name: 'more', schema }), isLimit);
  await createGroup(client, 'films'); // the previous limits no longer apply
});

test('existing resources stay, whatever their number, and count once quotas are on', async (t) => {
  const server = await startServer(t);
  const client = clientOf(t, server);
  await createGroups(client, 7);
  await control(server, 'PUT', 'quotas', { mode: 'aws' });
  assert.equal((await list(client, 'datasetGroup')).length, 7);
  await assert.rejects(createGroup(client, 'more'), isLimit);
  await control(server, 'PUT', 'quotas', { mode: 'aws', limits: { datasetGroups: 8 } });
  await createGroup(client, 'more');
  await control(server, 'PUT', 'quotas', { mode: 'off', limits: { datasetGroups: 1 } });
  await createGroup(client, 'still-more');
});

test('an account has its own limits, and inherits those that it does not set', async (t) => {
  const server = await startServer(t, { flags: limited() });
  const us = clientOf(t, server, { accessKeyId: ours });
  const them = clientOf(t, server, { accessKeyId: theirs });
  await control(server, 'PUT', 'quotas', { limits: { datasetGroups: 2, schemas: 9 } });
  await control(server, 'PUT', `quotas?account=${ours}`, { limits: { datasetGroups: 1 } });
  const { mode, limits } = await control(server, 'GET', `quotas?account=${ours}`);
  assert.deepEqual([mode, limits.datasetGroups, limits.schemas, limits.campaigns], ['aws', 1, 9, 5]);

  await createGroups(us, 1);
  await createGroups(them, 2); // resources of other accounts do not count
  for (const client of [us, them]) await assert.rejects(createGroup(client, 'more'), isLimit);
  await control(server, 'PUT', `quotas?account=${ours}`, { mode: 'off' });
  await createGroup(us, 'more');
  await assert.rejects(createGroup(them, 'more'), isLimit);
});

test('each region has the full limit', async (t) => {
  const server = await startServer(t, { flags: limited() });
  await control(server, 'PUT', 'quotas', { limits: { datasetGroups: 1 } });
  for (const region of ['us-east-1', 'eu-west-1']) {
    const client = clientOf(t, server, { region });
    await createGroups(client, 1);
    await assert.rejects(createGroup(client, 'more'), isLimit);
  }
});

test('a fixtures document can set quotas for all and for one account, and the state contains them', async (t) => {
  const quotas = { mode: 'aws', limits: { datasetGroups: 1 } };
  const accounts = { [ours]: { quotas: { limits: { datasetGroups: 2 } } } };
  const server = await startServer(t, { world: { quotas, accounts } });
  const us = clientOf(t, server, { accessKeyId: ours });
  const them = clientOf(t, server, { accessKeyId: theirs });
  await createGroups(us, 2);
  await createGroups(them, 1);
  for (const client of [us, them]) await assert.rejects(createGroup(client, 'more'), isLimit);

  const state = await control(server, 'GET', 'state');
  assert.deepEqual([state.quotas, state.accounts], [quotas, accounts]);
  await control(server, 'PUT', 'quotas', { mode: 'off' });
  await control(server, 'POST', 'reset');
  assert.deepEqual((await control(server, 'GET', 'state')).quotas, quotas);
  await control(server, 'POST', 'reset?fixtures=false');
  assert.equal((await control(server, 'GET', 'quotas')).mode, 'off');
  await control(server, 'PUT', 'state', state);
  await assert.rejects(createGroup(us, 'more'), isLimit);
});

test('quotas survive a restart with a database', async (t) => {
  const flags = ['--db', join(await temporaryFolder(t), 'personalize.db')];
  const first = await startServer(t, { flags });
  await control(first, 'PUT', 'quotas', { mode: 'aws', limits: { datasetGroups: 1 } });
  await control(first, 'PUT', `quotas?account=${ours}`, { limits: { datasetGroups: 2 } });
  await first.stop();

  const second = await startServer(t, { flags });
  const us = clientOf(t, second, { accessKeyId: ours });
  await createGroups(us, 2);
  await assert.rejects(createGroup(us, 'more'), isLimit);
  const { mode, limits } = await control(second, 'GET', 'quotas');
  assert.deepEqual([mode, limits.datasetGroups], ['aws', 1]);
});

test('a rule can simulate a limit', async (t) => {
  const server = await startServer(t, { world });
  const error = { type: 'LimitExceededException', message: 'More than 1 resources in ACTIVE state.' };
  await control(server, 'POST', 'rules', { match: { operation: 'CreateDatasetGroup' }, times: 1, error });
  const client = clientOf(t, server);
  await assert.rejects(createGroup(client, 'films'), { ...isLimit, message: error.message });
  await createGroup(client, 'films');
});
