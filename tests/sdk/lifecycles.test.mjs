// The control of lifecycles of all kinds of resources, as the SDK and the control API show it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recipe, startDeployment } from './support/deployment.mjs';
import { call, describe, notFound, statusOf } from './support/kinds.mjs';
import { arn, clientOf, solutionVersionArn } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { control, send } from './support/wire.mjs';

const campaignArn = arn('campaign/evening');
const recommenderArn = arn('recommender/popular');
const datasetGroupArn = arn('dataset-group/films');
const filterArn = arn('filter/unseen');
const dataDeletionJobArn = arn('data-deletion-job/forgotten');
const failureReason = 'There is no capacity left.';

/** A world in which every status is stable. */
const world = {
  datasetGroup: { datasetGroupArn },
  solutionVersion: { solutionVersionArn, recipeArn: recipe('aws-user-personalization'), datasetGroupArn },
  solution: { solutionArn: arn('solution/films'), recipeArn: recipe('aws-user-personalization'), datasetGroupArn },
  filter: { filterArn, datasetGroupArn },
  metricAttribution: { metricAttributionArn: arn('metric-attribution/watches'), datasetGroupArn },
  campaign: { campaignArn, solutionVersionArn, minProvisionedTPS: 1 },
  recommender: { recommenderArn, recipeArn: recipe('aws-ecomm-popular-items-by-views') },
};

/** A server with that world and a frozen clock, and a client of it. */
async function start(t, { more = {}, flags = [] } = {}) {
  const frozen = ['--clock', 'frozen@2026-01-31T12:00:00Z'];
  const server = await startServer(t, { world: { ...world, ...more }, flags: [...frozen, ...flags] });
  return { server, client: clientOf(t, server) };
}

const advance = (server, by) => control(server, 'POST', 'clock/advance', { by });
const transition = (server, body) => control(server, 'POST', 'transition', body);
const wait = (server, query) => send(`${server.url}/_local/wait?${new URLSearchParams(query)}`);

async function assertWaitEnds(waiting, expectedStatus, expected = 200) {
  const { status, body } = await waiting;
  assert.equal(status, expected, body);
  if (expected === 200) assert.equal(JSON.parse(body).status, expectedStatus);
}

async function historyOf(server, resource) {
  const { history } = await control(server, 'GET', `history?arn=${resource}`);
  return history.map(({ status, cause }) => [status, cause]);
}

/** The results of `poll` now and after each of these durations. */
async function statusesAfter(server, poll, ...stretches) {
  const seen = [await poll()];
  for (const by of stretches) {
    await advance(server, by);
    seen.push(await poll());
  }
  return seen;
}

for (const outcome of ['CREATE FAILED', 'UPDATE FAILED', 'FAILED']) {
  test(`a rule makes an update end as ${outcome}, and the campaign stays unchanged`, async (t) => {
    const { server, client } = await start(t);
    const match = { operation: 'UpdateCampaign', minProvisionedTPS: '7' };
    await control(server, 'POST', 'rules', { id: 'full', match, lifecycle: { outcome, failureReason } });
    await call(client, 'UpdateCampaign', { campaignArn, minProvisionedTPS: 7 });
    const poll = async () => {
      const { latestCampaignUpdate: update, ...campaign } = await describe(client, 'campaign', campaignArn);
      assert.deepEqual([campaign.status, campaign.minProvisionedTPS, update.minProvisionedTPS], ['ACTIVE', 1, 7]);
      return [update.status, update.failureReason];
    };
    assert.deepEqual(await statusesAfter(server, poll, '1s', '2s', '1h'), [
      ['CREATE PENDING', undefined],
      ['CREATE IN_PROGRESS', undefined],
      ['CREATE FAILED', failureReason],
      ['CREATE FAILED', failureReason],
    ]);
    assert.deepEqual(await historyOf(server, campaignArn), [
      ['ACTIVE', 'fixture'],
      ['UPDATE PENDING', 'rule:full'],
      ['UPDATE IN_PROGRESS', 'timer'],
      ['UPDATE FAILED', 'timer'],
    ]);

    await call(client, 'UpdateCampaign', { campaignArn, minProvisionedTPS: 3 });
    await advance(server, '3s');
    const { minProvisionedTPS, latestCampaignUpdate } = await describe(client, 'campaign', campaignArn);
    assert.deepEqual([minProvisionedTPS, latestCampaignUpdate.status], [3, 'ACTIVE']);
  });
}

test('a rule sets the duration of a Stop and a Delete', async (t) => {
  const { server, client } = await start(t);
  const lifecycle = { pending: '10m', inProgress: '1h' };
  await control(server, 'POST', 'rules', { id: 'slow', match: { recommenderArn: '*' }, lifecycle });
  const poll = () => statusOf(client, 'recommender', recommenderArn);

  await call(client, 'StopRecommender', { recommenderArn });
  const stopping = ['STOP PENDING', 'STOP IN_PROGRESS', 'STOP IN_PROGRESS', 'INACTIVE'];
  assert.deepEqual(await statusesAfter(server, poll, '10m', '59m', '1m'), stopping);
  await call(client, 'DeleteRecommender', { recommenderArn });
  const deleting = ['DELETE PENDING', 'DELETE IN_PROGRESS', 'DELETE IN_PROGRESS'];
  assert.deepEqual(await statusesAfter(server, poll, '10m', '59m'), deleting);
  assert.deepEqual(await historyOf(server, recommenderArn), [
    ['ACTIVE', 'fixture'],
    ['STOP PENDING', 'rule:slow'],
    ['STOP IN_PROGRESS', 'timer'],
    ['INACTIVE', 'timer'],
    ['DELETE PENDING', 'rule:slow'],
    ['DELETE IN_PROGRESS', 'timer'],
  ]);
  await advance(server, '1m');
  assert.equal(await poll(), notFound);
  const { status } = await send(`${server.url}/_local/history?arn=${recommenderArn}`);
  assert.equal(status, 404);
});

test('each kind follows its own lifecycle', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('rankedVersion');
  await control(deployment.server, 'PUT', 'lifecycle', {
    default: { progression: 'immediate' },
    campaign: { outcome: 'CREATE FAILED', failureReason },
    datasetExportJob: { progression: 'time', pending: '10m' },
    dataDeletionJob: { outcome: 'FAILED', failureReason: 'No such file' },
    solution: { progression: 'time', pending: '10m' },
  });
  await deployment.create('evening', 'nightly', 'backup', 'forgotten');
  await deployment.createAs('another', 'solution', { ...deployment.inputOf('ranked'), name: 'another' });
  const outcomeOf = async (name) => {
    const described = await deployment.describe(name);
    return [described.status, described.failureReason];
  };
  assert.deepEqual(await outcomeOf('evening'), ['CREATE FAILED', failureReason]);
  assert.deepEqual(await outcomeOf('nightly'), ['ACTIVE', undefined]);
  assert.deepEqual(await outcomeOf('forgotten'), ['FAILED', 'No such file']);
  const pending = ['CREATE PENDING', undefined];
  for (const name of ['backup', 'another']) assert.deepEqual(await outcomeOf(name), pending, name);
  await deployment.advance('10m');
  await deployment.settle();
  for (const name of ['backup', 'another']) assert.deepEqual(await outcomeOf(name), ['ACTIVE', undefined], name);
});

test('a wait ends when a resource is stopped, done or deleted', async (t) => {
  const more = { dataDeletionJob: { dataDeletionJobArn, datasetGroupArn, status: 'PENDING' } };
  const { server, client } = await start(t, { more });
  await assertWaitEnds(wait(server, { arn: recommenderArn }), 'ACTIVE');
  const cases = [
    ['StopRecommender', { recommenderArn }, recommenderArn, 'INACTIVE'],
    ['ListDataDeletionJobs', {}, dataDeletionJobArn, 'COMPLETED'],
    ['UpdateCampaign', { campaignArn, minProvisionedTPS: 2 }, campaignArn, 'ACTIVE'],
    ['DeleteFilter', { filterArn }, filterArn, 'DELETED'],
    ['DeleteCampaign', { campaignArn }, campaignArn, 'DELETED'],
  ];
  for (const [operation, input, resource, status] of cases) {
    await call(client, operation, input);
    const waiting = wait(server, { arn: resource, status });
    await advance(server, '3s');
    await assertWaitEnds(waiting, status);
  }
});

test('a wait for any final status ends when the resource is deleted', async (t) => {
  const { server, client } = await start(t, { flags: ['--threads', '1'] });
  await call(client, 'DeleteCampaign', { campaignArn });
  const waiting = wait(server, { arn: campaignArn });
  await control(server, 'GET', 'health'); // the only thread answers it after the wait has begun
  await advance(server, '3s');
  await assertWaitEnds(waiting, 'DELETED');
  await assertWaitEnds(wait(server, { arn: campaignArn, status: 'DELETED' }), 'DELETED');
  await assertWaitEnds(wait(server, { arn: campaignArn, status: 'ACTIVE' }), undefined, 404);
  await assertWaitEnds(wait(server, { arn: campaignArn }), undefined, 404);
});

test('a wait for an impossible status ends at once', async (t) => {
  const { server, client } = await start(t);
  await call(client, 'DeleteCampaign', { campaignArn });
  await assertWaitEnds(wait(server, { arn: campaignArn, status: 'ACTIVE' }), undefined, 409);
  await assertWaitEnds(wait(server, { arn: filterArn, status: 'DELETED' }), undefined, 409);
  await assertWaitEnds(wait(server, { arn: filterArn, status: 'INACTIVE' }), undefined, 400);
});

test('a transition makes an update in progress fail', async (t) => {
  const { server, client } = await start(t, { flags: ['--progression', 'manual'] });
  await call(client, 'UpdateCampaign', { campaignArn, minProvisionedTPS: 7 });
  const answer = await transition(server, { arn: campaignArn, to: 'UPDATE FAILED', failureReason });
  assert.equal(answer.status, 'UPDATE FAILED');
  const { status, minProvisionedTPS, latestCampaignUpdate } = await describe(client, 'campaign', campaignArn);
  assert.deepEqual([status, minProvisionedTPS], ['ACTIVE', 1]);
  assert.deepEqual([latestCampaignUpdate.status, latestCampaignUpdate.failureReason], ['CREATE FAILED', failureReason]);
});

test('transitions delete a dataset group and its children step by step', async (t) => {
  const more = { solution: undefined, solutionVersion: undefined, campaign: undefined };
  const { server, client } = await start(t, { more, flags: ['--progression', 'manual'] });
  await call(client, 'DeleteDatasetGroup', { datasetGroupArn });
  assert.equal(await statusOf(client, 'datasetGroup', datasetGroupArn), 'DELETE PENDING');
  assert.equal((await transition(server, { arn: datasetGroupArn })).status, 'DELETED');
  for (const [kind, name] of Object.entries({
    datasetGroup: 'dataset-group/films',
    filter: 'filter/unseen',
    metricAttribution: 'metric-attribution/watches',
  })) {
    assert.equal(await statusOf(client, kind, arn(name)), notFound, kind);
  }
});

test('a transition can delete a resource without a Delete request', async (t) => {
  const { server, client } = await start(t);
  const { status } = await transition(server, { arn: recommenderArn, to: 'DELETED', force: true });
  assert.equal(status, 'DELETED');
  assert.equal(await statusOf(client, 'recommender', recommenderArn), notFound);
});

test('a transition starts a stopped recommender, and the history records everything', async (t) => {
  const { server, client } = await start(t);
  await call(client, 'StopRecommender', { recommenderArn });
  await transition(server, { arn: recommenderArn });
  await transition(server, { arn: recommenderArn });
  assert.equal(await statusOf(client, 'recommender', recommenderArn), 'INACTIVE');
  await transition(server, { arn: recommenderArn, to: 'START PENDING', force: true });
  const poll = () => statusOf(client, 'recommender', recommenderArn);
  assert.deepEqual(await statusesAfter(server, poll, '1s', '2s'), ['START PENDING', 'START IN_PROGRESS', 'ACTIVE']);
  assert.deepEqual(await historyOf(server, recommenderArn), [
    ['ACTIVE', 'fixture'],
    ['STOP PENDING', 'call'],
    ['STOP IN_PROGRESS', 'command'],
    ['INACTIVE', 'command'],
    ['START PENDING', 'command'],
    ['START IN_PROGRESS', 'timer'],
    ['ACTIVE', 'timer'],
  ]);
});

test('the journal finds all requests about one resource, whichever operation created or named it', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('evening');
  const { client, arns, server } = deployment;
  await control(server, 'DELETE', 'requests');
  const input = { ...deployment.inputOf('evening'), name: 'late' };
  const late = await deployment.createAs('late', 'campaign', input);
  await deployment.settle();
  await call(client, 'UpdateCampaign', { campaignArn: late, minProvisionedTPS: 2 });
  await call(client, 'ListTagsForResource', { resourceArn: late });
  await deployment.describe('evening');
  await deployment.settle();
  await deployment.remove('late');

  const { requests } = await control(server, 'GET', `requests?arn=${late}`);
  const recorded = requests.map(({ operation, status }) => [operation, status]).reverse();
  const expected = ['CreateCampaign', 'UpdateCampaign', 'ListTagsForResource', 'DeleteCampaign'];
  assert.deepEqual(
    recorded,
    expected.map((operation) => [operation, 200]),
  );
  const { requests: named } = await control(server, 'GET', `requests?arn=${arns.rankedVersion}`);
  assert.deepEqual(
    named.map(({ operation }) => operation),
    ['CreateCampaign'],
  );
  const { counts } = await control(server, 'GET', 'requests?limit=0');
  assert.deepEqual(counts, { ...Object.fromEntries(expected.map((each) => [each, 1])), DescribeCampaign: 1 });
});

test('the metrics count resources of every kind by status, and requests by operation', async (t) => {
  const { server, client } = await start(t);
  await call(client, 'StopRecommender', { recommenderArn });
  await call(client, 'DeleteFilter', { filterArn });
  const textOf = async () => (await send(`${server.url}/_local/metrics`)).body.split('\n');
  const has = (lines, line) => assert.ok(lines.includes(line), `no ${line} in ${lines.join('\n')}`);
  const resources = (kind, status) => `personalize_local_resources{kind="${kind}",status="${status}"} 1`;

  const before = await textOf();
  has(before, resources('recommender', 'STOP PENDING'));
  has(before, resources('filter', 'DELETE PENDING'));
  has(before, resources('campaign', 'ACTIVE'));
  const isOfDelete = (line) => /operation="DeleteFilter"/.test(line) && line.endsWith(' 1');
  assert.ok(before.some(isOfDelete), before.join('\n'));

  await advance(server, '3s');
  const after = await textOf();
  has(after, resources('recommender', 'INACTIVE'));
  assert.ok(!after.some((line) => line.includes('kind="filter"')), after.join('\n'));
});
