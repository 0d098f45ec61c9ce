// A whole deployment by the SDK, from the first schema to the last Delete, and what the service returns meanwhile.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, now, recipe, startDeployment, steps } from './support/deployment.mjs';
import { call, notFound, kinds, list, listed } from './support/kinds.mjs';
import { arn, refusalOf } from './support/personalize.mjs';

const allNames = steps.flatMap((step) => Object.keys(step));

// Fidelity: inferred | A metric attribution passes through the same statuses as other kinds, since the model declares
//   its status as free text | -
test('every new resource passes through the documented statuses in three seconds', async (t) => {
  const deployment = await startDeployment(t);
  const seen = await deployment.build();
  for (const name of allNames) {
    const { kind } = deployment.made[name];
    assert.deepEqual(seen[name], kinds[kind].creation, name);
    if (kind === 'solution') continue; // its versions are newer than the solution
    const { creationDateTime, lastUpdatedDateTime } = await deployment.describe(name);
    assert.equal(lastUpdatedDateTime - creationDateTime, kind === 'schema' ? 0 : 3000, name);
  }
});

// Fidelity: seen | The ARN of a dataset has its type in capitals, however the request spells it |
//   aws-samples/amazon-personalize-samples
// Fidelity: inferred | The ARNs of export jobs, metric attributions and data deletion jobs follow the pattern of other
//   kinds; the ARN of an event tracker ends in eight hexadecimal digits | -
test('every resource has the ARN of its kind', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { ranked, ...arns } = deployment.arns;
  const expected = {
    interactionsSchema: 'schema/film-interactions',
    films: 'dataset-group/films',
    interactions: 'dataset/films/INTERACTIONS',
    items: 'dataset/films/ITEMS',
    users: 'dataset/films/USERS',
    sales: 'dataset/shop/INTERACTIONS',
    interactionsImport: 'dataset-import-job/film-interactions',
    attribution: 'metric-attribution/film-metrics',
    unseen: 'filter/not-seen-yet',
    audience: 'solution/audience',
    popular: 'recommender/popular',
    evening: 'campaign/evening',
    nightly: 'batch-inference-job/nightly',
    segments: 'batch-segment-job/segments',
    backup: 'dataset-export-job/backup',
    forgotten: 'data-deletion-job/forgotten',
  };
  for (const [name, ending] of Object.entries(expected)) assert.equal(arns[name], arn(ending));
  assert.equal(ranked, arn('solution/ranked'));
  assert.match(arns.rankedVersion, new RegExp(`^${ranked}/[0-9a-f]{8}$`));
  assert.match(arns.tracker, new RegExp(`^${arn('event-tracker/')}[0-9a-f]{8}$`));
});

/** Members that the service adds or changes in a finished deployment, by name. */
const addedMembers = {
  films: { status: 'ACTIVE' },
  interactions: { datasetType: 'INTERACTIONS' },
  items: { datasetType: 'ITEMS' },
  users: { datasetType: 'USERS' },
  interactionsImport: { importMode: 'FULL' },
  ranked: { performHPO: false, performAutoML: false },
  rankedVersion: {
    performHPO: false,
    performAutoML: false,
    trainingMode: 'FULL',
    trainingType: 'MANUAL',
    recipeArn: recipe('aws-user-personalization'),
    datasetGroupArn: arn('dataset-group/films'),
  },
  evening: { minProvisionedTPS: 1, campaignConfig: {} },
  nightly: { batchInferenceJobMode: 'BATCH_INFERENCE' },
  backup: { ingestionMode: 'PUT' },
};

// Fidelity: seen | A solution shows its latest version with status and dates once it has one; a version shows its
//   training hours once it is trained | aws-samples/amazon-personalize-immersion-day,
//   Automated_Deployment_Notebook.ipynb; aws-samples/amazon-personalize-samples, user_segmentation_example.ipynb
// Fidelity: seen | A solution version without a given name is named after its solution, a slash and eight hexadecimal
//   digits; no request can give such a name | aws-samples/amazon-personalize-samples,
//   update-datasets-user-personalization-example.ipynb; aws-samples/amazon-personalize-samples,
//   update-item-dataset-schema-example.ipynb
// Fidelity: seen | The tracking id of an event tracker is a UUID | aws-samples/amazon-personalize-samples, update-item-dataset-schema-example.ipynb
// Fidelity: documented | The default mode of an import is FULL, that of an export is PUT | boto/botocore,
//   personalize/2018-05-22/service-2.json
test('Describe returns what was sent except tags and metrics, and what the service adds', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  for (const name of allNames) {
    const { kind, input, arn: itsArn } = deployment.made[name];
    const { tags: _, metrics: measured, ...sent } = input;
    const described = await deployment.describe(name);
    const expected = { ...sent, ...addedMembers[name], [`${kind}Arn`]: itsArn };
    for (const [member, value] of Object.entries(expected)) {
      assert.deepEqual(described[member], value, `${name}: ${member}`);
    }
    assert.ok(described.creationDateTime >= new Date(now), name);
  }

  const version = await deployment.describe('rankedVersion');
  assert.equal(version.name, version.solutionVersionArn.split(':solution/')[1]);
  assert.ok(version.trainingHours > 0);
  const { latestSolutionVersion: latest, status } = await deployment.describe('ranked');
  assert.equal(status, 'ACTIVE');
  assert.equal(latest.solutionVersionArn, version.solutionVersionArn);
  assert.equal(latest.status, 'ACTIVE');
  const tracker = await deployment.describe('tracker');
  assert.match(tracker.trackingId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(tracker.trackingId, deployment.made.tracker.answer.trackingId);
  assert.equal(deployment.made.shop.answer.domain, 'ECOMMERCE');
  assert.equal(deployment.made.films.answer.domain, undefined);
});

// Fidelity: documented | Only ListFilters returns its list under a name with a capital letter, `Filters` |
//   boto/botocore, personalize/2018-05-22/service-2.json; aws-samples/retail-demo-store
// Fidelity: documented | A List can be filtered by dataset group, dataset, solution or solution version |
//   boto/botocore, personalize/2018-05-22/service-2.json
test('every resource is in the List of its kind, and only in that of its own parent', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { client, arns } = deployment;
  const parents = {
    datasetGroupArn: [arns.films, arns.shop],
    datasetArn: [arns.items, arns.users],
    solutionArn: [arns.ranked, arns.audience],
    solutionVersionArn: [arns.rankedVersion, arns.audienceVersion],
  };
  for (const name of allNames) {
    const { kind, input, arn: itsArn } = deployment.made[name];
    const summary = await listed(client, kind, itsArn);
    assert.ok(summary, `${name} is in no list`);
    const described = await deployment.describe(name);
    for (const [member, value] of Object.entries(summary)) {
      assert.deepEqual(value, described[member], `${name}: ${member}`);
    }
    if (!kinds[kind].parent) continue;
    const ofParent = kinds[kind].parent(input);
    assert.deepEqual(await listed(client, kind, itsArn, ofParent), summary, name);
    const [[member, parent]] = Object.entries(ofParent);
    const other = parents[member].find((each) => each !== parent);
    assert.equal(await listed(client, kind, itsArn, { [member]: other }), undefined, name);
  }
});

const tagsOf = async (client, resourceArn) =>
  Object.fromEntries(
    (await call(client, 'ListTagsForResource', { resourceArn })).tags.map(({ tagKey, tagValue }) => [tagKey, tagValue]),
  );

test('tags can be added, changed and removed, and only ListTagsForResource returns them', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { client } = deployment;
  for (const name of allNames) {
    const { input, arn: resourceArn, kind } = deployment.made[name];
    if (['schema', 'metricAttribution'].includes(kind)) continue; // no source documents tags on these
    const first = Object.fromEntries((input.tags ?? []).map(({ tagKey, tagValue }) => [tagKey, tagValue]));
    assert.deepEqual(await tagsOf(client, resourceArn), first, name);
    const tags = [
      { tagKey: 'team', tagValue: 'series' },
      { tagKey: 'stage', tagValue: '' },
    ];
    await call(client, 'TagResource', { resourceArn, tags });
    assert.deepEqual(await tagsOf(client, resourceArn), { ...first, team: 'series', stage: '' }, name);
    await call(client, 'UntagResource', { resourceArn, tagKeys: ['what', 'team', 'absent'] });
    assert.deepEqual(await tagsOf(client, resourceArn), { stage: '' }, name);
  }
  const error = await refusalOf(tagsOf(client, arn('campaign/missing')));
  assert.equal(error.name, 'ResourceNotFoundException');
});

// Fidelity: documented | GetSolutionMetrics is refused with ResourceInUseException until the version is trained | DG/API_GetSolutionMetrics.html; boto/botocore, personalize/2018-05-22/service-2.json
test('a solution version has metrics once it is trained', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('ranked');
  await deployment.create('rankedVersion', 'audienceVersion');
  const metricsOf = (name) =>
    call(deployment.client, 'GetSolutionMetrics', { solutionVersionArn: deployment.arns[name] });
  await assertRefused(metricsOf('rankedVersion'));
  await deployment.settle();
  const ranked = await metricsOf('rankedVersion');
  assert.equal(ranked.solutionVersionArn, deployment.arns.rankedVersion);
  assert.ok(ranked.metrics.coverage > 0);
  assert.deepEqual((await metricsOf('rankedVersion')).metrics, ranked.metrics);
  const audience = await metricsOf('audienceVersion');
  assert.notDeepEqual(Object.keys(audience.metrics).sort(), Object.keys(ranked.metrics).sort());
});

test('a deleted resource passes through the documented statuses, and is not found afterwards', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const { client, made } = deployment;
  for (const step of [...steps].reverse()) {
    const names = Object.keys(step).filter((name) => kinds[made[name].kind].deletion);
    for (const name of names) await deployment.remove(name);
    for (const name of names.filter((each) => kinds[made[each].kind].deletion.length > 0)) {
      const summary = await listed(client, made[name].kind, made[name].arn);
      assert.equal(summary?.status, 'DELETE PENDING', name);
      await assertRefused(deployment.remove(name)); // its deletion is in progress
    }
    const seen = await deployment.watch(names.map((name) => () => deployment.statusOf(name)));
    for (const [i, name] of names.entries()) {
      const { kind, arn: itsArn } = made[name];
      assert.deepEqual(seen[i], [...kinds[kind].deletion, notFound], name);
      assert.equal(await listed(client, kind, itsArn), undefined, name);
      await assertRefused(deployment.remove(name), notFound);
    }
  }
  // Jobs and versions are deleted with what they belong to.
  for (const kind of Object.keys(kinds)) assert.deepEqual(await list(client, kind), [], kind);
  assert.equal(await deployment.statusOf('rankedVersion'), notFound); // it is deleted with its solution
  assert.deepEqual(await list(client, 'solutionVersion'), []);
});

test('a name is free again after the deletion of its resource', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('films');
  const { films } = deployment.arns;
  await deployment.remove('films');
  assert.equal((await deployment.refusalToCreate('films')).name, 'ResourceAlreadyExistsException');
  await deployment.settle();
  await deployment.create('films');
  assert.equal(deployment.arns.films, films);
  assert.equal(await deployment.statusOf('films'), 'CREATE PENDING');
});
