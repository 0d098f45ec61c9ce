// Changes of a finished deployment: updates, stops and starts, and automatic training.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, metrics, startDeployment } from './support/deployment.mjs';
import { call, notFound, list } from './support/kinds.mjs';
import { arn } from './support/personalize.mjs';

const created = ['CREATE PENDING', 'CREATE IN_PROGRESS', 'ACTIVE'];

/** Watches an update of a resource that stays ACTIVE. Checks the update at both ends, and returns the resource. */
async function watchUpdate(deployment, name, member) {
  const first = (await deployment.describe(name))[member];
  const seen = await deployment.watchOne(async () => {
    const described = await deployment.describe(name);
    assert.equal(described.status, 'ACTIVE');
    return described[member].status;
  });
  assert.deepEqual(seen, created);
  const described = await deployment.describe(name);
  const { status, lastUpdatedDateTime, ...last } = described[member];
  const { status: pending, lastUpdatedDateTime: begun, ...values } = first;
  assert.deepEqual(last, values);
  assert.deepEqual(begun, first.creationDateTime);
  assert.equal(lastUpdatedDateTime - first.creationDateTime, 3000);
  return described;
}

// Fidelity: documented | An update returns the ARN of the resource and nothing else | boto/botocore,
//   personalize/2018-05-22/service-2.json
test('a campaign stays ACTIVE while it is updated', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { client, arns } = deployment;
  assert.equal((await deployment.describe('evening')).latestCampaignUpdate, undefined);
  const changes = { minProvisionedTPS: 5, campaignConfig: { enableMetadataWithRecommendations: true } };
  const { $metadata, ...answer } = await call(client, 'UpdateCampaign', { campaignArn: arns.evening, ...changes });
  assert.deepEqual(answer, { campaignArn: arn('campaign/evening') });
  await assertRefused(call(client, 'UpdateCampaign', { campaignArn: arns.evening, minProvisionedTPS: 2 }));
  const campaign = await watchUpdate(deployment, 'evening', 'latestCampaignUpdate');
  for (const [member, value] of Object.entries(changes)) {
    assert.deepEqual(campaign[member], value);
    assert.deepEqual(campaign.latestCampaignUpdate[member], value);
  }
  assert.equal(campaign.solutionVersionArn, arns.rankedVersion);
});

// Fidelity: documented | A campaign can be updated to a newly trained solution version | DG/API_UpdateCampaign.html
test('a campaign can change to a newer solution version once it is trained', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { client, arns } = deployment;
  const newer = await deployment.createAs('newer', 'solutionVersion', { solutionArn: arns.ranked });
  const update = () => call(client, 'UpdateCampaign', { campaignArn: arns.evening, solutionVersionArn: newer });
  await assertRefused(update());
  await deployment.settle();
  assert.equal((await deployment.describe('ranked')).latestSolutionVersion.solutionVersionArn, newer);
  await update();
  const campaign = await watchUpdate(deployment, 'evening', 'latestCampaignUpdate');
  assert.equal(campaign.solutionVersionArn, newer);
  assert.equal(campaign.minProvisionedTPS, 1);
});

// Fidelity: inferred | Recommenders and solutions stay ACTIVE while they are updated, as a campaign was seen to do |
//   aws-samples/amazon-personalize-immersion-day, News_03
test('a recommender stays ACTIVE while it is updated', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('popular');
  const input = {
    recommenderArn: deployment.arns.popular,
    recommenderConfig: { minRecommendationRequestsPerSecond: 3 },
  };
  const { $metadata, ...answer } = await call(deployment.client, 'UpdateRecommender', input);
  assert.deepEqual(answer, { recommenderArn: input.recommenderArn });
  const recommender = await watchUpdate(deployment, 'popular', 'latestRecommenderUpdate');
  assert.deepEqual(recommender.recommenderConfig, input.recommenderConfig);
  assert.deepEqual(recommender.latestRecommenderUpdate.recommenderConfig, input.recommenderConfig);
});

test('a solution stays ACTIVE while it is updated', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('ranked');
  const solutionUpdateConfig = { autoTrainingConfig: { schedulingExpression: 'rate(3 days)' } };
  const input = { solutionArn: deployment.arns.ranked, performAutoTraining: true, solutionUpdateConfig };
  const { $metadata, ...answer } = await call(deployment.client, 'UpdateSolution', input);
  assert.deepEqual(answer, { solutionArn: input.solutionArn });
  const solution = await watchUpdate(deployment, 'ranked', 'latestSolutionUpdate');
  assert.equal(solution.performAutoTraining, true);
  assert.equal(solution.latestSolutionUpdate.performAutoTraining, true);
  assert.deepEqual(solution.latestSolutionUpdate.solutionUpdateConfig, solutionUpdateConfig);
});

// Fidelity: seen | While a dataset gets another schema, its own status is UPDATE PENDING and UPDATE IN_PROGRESS; it
//   shows a latestDatasetUpdate afterwards | aws-samples/amazon-personalize-samples,
//   update-item-dataset-schema-example.ipynb
test('a dataset shows its update in its own status, and releases its old schema', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('items');
  const { client, arns } = deployment;
  const { $metadata, ...answer } = await call(client, 'UpdateDataset', {
    datasetArn: arns.items,
    schemaArn: arns.studiosSchema,
  });
  assert.deepEqual(answer, { datasetArn: arns.items });
  const seen = await deployment.watchOne(() => deployment.statusOf('items'));
  assert.deepEqual(seen, ['UPDATE PENDING', 'UPDATE IN_PROGRESS', 'ACTIVE']);
  const { schemaArn, latestDatasetUpdate } = await deployment.describe('items');
  assert.equal(schemaArn, arns.studiosSchema);
  assert.equal(latestDatasetUpdate.schemaArn, arns.studiosSchema);
  assert.equal(latestDatasetUpdate.status, 'ACTIVE');
  await assertRefused(deployment.remove('studiosSchema'));
  await deployment.remove('itemsSchema');
  assert.equal(await deployment.statusOf('itemsSchema'), notFound);
});

// Fidelity: documented | An update of a metric attribution adds metrics and removes others by name |
//   DG/API_UpdateMetricAttribution.html
test('a metric attribution adds metrics and removes others', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('attribution');
  const { client } = deployment;
  const input = { metricAttributionArn: deployment.arns.attribution };
  const assertHas = async (...expected) => {
    const listed = (await call(client, 'ListMetricAttributionMetrics', input)).metrics;
    const byName = (one, other) => (one.metricName < other.metricName ? -1 : 1);
    assert.deepEqual(listed.sort(byName), expected);
  };
  await assertHas(metrics.income, metrics.watches);
  const changes = { addMetrics: [metrics.tips], removeMetrics: ['watches'] };
  const { $metadata, ...answer } = await call(client, 'UpdateMetricAttribution', { ...input, ...changes });
  assert.deepEqual(answer, input);
  await deployment.settle();
  await assertHas(metrics.income, metrics.tips);
  assert.equal(await deployment.statusOf('attribution'), 'ACTIVE');
});

test('a recommender can be stopped and started again', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('popular');
  const input = { recommenderArn: deployment.arns.popular };
  const turn = async (operation) => {
    const { $metadata, ...answer } = await call(deployment.client, operation, input);
    assert.deepEqual(answer, input);
    return deployment.watchOne(() => deployment.statusOf('popular'));
  };
  assert.deepEqual(await turn('StopRecommender'), ['STOP PENDING', 'STOP IN_PROGRESS', 'INACTIVE']);
  assert.deepEqual(await turn('StartRecommender'), ['START PENDING', 'START IN_PROGRESS', 'ACTIVE']);
  assert.deepEqual(await turn('StopRecommender'), ['STOP PENDING', 'STOP IN_PROGRESS', 'INACTIVE']);
  await deployment.remove('popular');
  assert.deepEqual(await deployment.watchOne(() => deployment.statusOf('popular')), [
    'DELETE PENDING',
    'DELETE IN_PROGRESS',
    notFound,
  ]);
});

test('a recommender can be stopped and started only from a fitting status', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('salesImport');
  await deployment.create('popular');
  const turn = (operation) => call(deployment.client, operation, { recommenderArn: deployment.arns.popular });
  const isRefused = /^(ResourceInUse|InvalidInput)Exception$/;
  await assertRefused(turn('StopRecommender')); // its creation is in progress
  await deployment.settle();
  await assertRefused(turn('StartRecommender'), isRefused); // it is ACTIVE
  await turn('StopRecommender');
  await assertRefused(turn('StartRecommender')); // it is stopping
  await deployment.settle();
  await assertRefused(turn('StopRecommender'), isRefused); // it is INACTIVE
});

test('the creation of a solution version can be stopped, pending or in progress, for good', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('ranked');
  const stop = (name) =>
    call(deployment.client, 'StopSolutionVersionCreation', { solutionVersionArn: deployment.arns[name] });
  await deployment.create('rankedVersion', 'audienceVersion');
  await stop('rankedVersion');
  assert.equal(await deployment.statusOf('rankedVersion'), 'CREATE STOPPED');

  await deployment.advance('1s');
  assert.equal(await deployment.statusOf('audienceVersion'), 'CREATE IN_PROGRESS');
  await stop('audienceVersion');
  const seen = await deployment.watchOne(() => deployment.statusOf('audienceVersion'));
  assert.deepEqual(seen, ['CREATE STOPPING', 'CREATE STOPPED']);

  await deployment.settle();
  for (const name of ['rankedVersion', 'audienceVersion']) {
    assert.equal(await deployment.statusOf(name), 'CREATE STOPPED');
    await assertRefused(stop(name), /^(ResourceInUse|InvalidInput)Exception$/);
  }
  const error = await deployment.refusalToCreate('evening');
  assert.match(error.name, /^(ResourceInUse|InvalidInput)Exception$/);
});

/** A deployment with data and a new solution, `trained`, with automatic training. */
async function withAutoTraining(t, more = {}) {
  const deployment = await startDeployment(t);
  await deployment.build('interactionsImport');
  const { performAutoTraining, ...input } = deployment.inputOf('ranked');
  await deployment.createAs('trained', 'solution', { ...input, ...more });
  return deployment;
}

const versionsOf = ({ client, arns }) => list(client, 'solutionVersion', { solutionArn: arns.trained });

test('by default a solution trains automatically: within an hour, then once a week', async (t) => {
  const deployment = await withAutoTraining(t);
  assert.equal((await deployment.describe('trained')).performAutoTraining, true);
  assert.deepEqual(await versionsOf(deployment), []);

  await deployment.advance('1h');
  const [first, ...others] = await versionsOf(deployment);
  assert.deepEqual(others, []);
  assert.equal(first.trainingType, 'AUTOMATIC');
  const { creationDateTime, latestSolutionVersion } = await deployment.describe('trained');
  assert.ok(first.creationDateTime - creationDateTime <= 3_600_000);
  assert.equal(latestSolutionVersion.solutionVersionArn, first.solutionVersionArn);
  await deployment.advance('1m');
  assert.equal((await versionsOf(deployment))[0].status, 'ACTIVE');

  await deployment.advance('168h');
  assert.equal((await versionsOf(deployment)).length, 2);
  await deployment.advance('336h');
  assert.equal((await versionsOf(deployment)).length, 4);
});

test('a solution trains automatically on its schedule until this is turned off', async (t) => {
  const autoTrainingConfig = { schedulingExpression: 'rate(1 day)' };
  const deployment = await withAutoTraining(t, { solutionConfig: { autoTrainingConfig } });
  await deployment.advance('73h');
  const versions = await versionsOf(deployment);
  assert.equal(versions.length, 4);
  assert.equal(new Set(versions.map(({ solutionVersionArn }) => solutionVersionArn)).size, 4);
  const moments = versions.map(({ creationDateTime }) => creationDateTime.getTime()).sort((a, b) => a - b);
  const day = 24 * 3_600_000;
  assert.equal(moments[2] - moments[1], day);
  assert.equal(moments[3] - moments[2], day);

  const input = { solutionArn: deployment.arns.trained, performAutoTraining: false };
  await call(deployment.client, 'UpdateSolution', input);
  await deployment.settle();
  assert.equal((await deployment.describe('trained')).performAutoTraining, false);
  await deployment.advance('240h');
  assert.equal((await versionsOf(deployment)).length, 4);
});

test('a manual training within the hour replaces the first automatic training', async (t) => {
  const deployment = await withAutoTraining(t);
  const { trained } = deployment.arns;
  await deployment.createAs('byHand', 'solutionVersion', { solutionArn: trained });
  await deployment.advance('2h');
  assert.deepEqual(
    (await versionsOf(deployment)).map(({ trainingType }) => trainingType),
    ['MANUAL'],
  );
});
