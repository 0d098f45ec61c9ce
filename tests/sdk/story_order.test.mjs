// The order in which a deployment must be created and deleted: every other order is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertRefused, startDeployment, steps } from './support/deployment.mjs';
import { call, notFound, kinds, remove } from './support/kinds.mjs';
import { arn } from './support/personalize.mjs';

const allNames = steps.flatMap((step) => Object.keys(step));

// Fidelity: documented | A dataset group must be ACTIVE before most resources can be created in it, a dataset before
//   its jobs, a solution version before campaigns and batch jobs | boto/botocore, personalize/2018-05-22/service-2.json
test('a Create that names a resource that is not ACTIVE yet is refused', async (t) => {
  const deployment = await startDeployment(t);
  const early = {
    films: ['interactions', 'tracker', 'attribution', 'ranked', 'forgotten'],
    shop: ['sales'],
    interactions: ['interactionsImport', 'backup'],
    rankedVersion: ['evening', 'nightly'],
    audienceVersion: ['segments'],
  };
  for (const step of steps) {
    await deployment.create(...Object.keys(step));
    for (const name of Object.keys(step)) {
      for (const other of early[name] ?? []) {
        const error = await deployment.refusalToCreate(other);
        assert.equal(error.name, 'ResourceInUseException', `${other} before ${name}`);
      }
    }
    await deployment.settle();
  }
});

test('a Create that names a missing resource is refused', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const missing = {
    itemsImport: ['datasetArn', 'dataset/films/ACTIONS'],
    tracker: ['datasetGroupArn', 'dataset-group/none'],
    attribution: ['datasetGroupArn', 'dataset-group/none'],
    unseen: ['datasetGroupArn', 'dataset-group/none'],
    ranked: ['datasetGroupArn', 'dataset-group/none'],
    popular: ['datasetGroupArn', 'dataset-group/none'],
    rankedVersion: ['solutionArn', 'solution/none'],
    evening: ['solutionVersionArn', 'solution/ranked/ffffffff'],
    nightly: ['filterArn', 'filter/none'],
    segments: ['solutionVersionArn', 'solution/audience/ffffffff'],
    backup: ['datasetArn', 'dataset/films/ACTIONS'],
    forgotten: ['datasetGroupArn', 'dataset-group/none'],
  };
  for (const [name, [member, ending]] of Object.entries(missing)) {
    const own = deployment.made[name].kind.endsWith('Job') ? { jobName: 'another' } : { name: 'another' };
    const error = await deployment.refusalToCreate(name, { ...own, [member]: arn(ending) });
    assert.equal(error.name, 'ResourceNotFoundException', `${name}: ${error}`);
  }
});

test('no resource can be created twice', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  for (const name of allNames) {
    const { kind, arn: itsArn } = deployment.made[name];
    if (kind === 'solutionVersion' || kind === 'eventTracker') continue; // the service generates their ids
    const error = await deployment.refusalToCreate(name);
    assert.equal(error.name, 'ResourceAlreadyExistsException', name);
    if (kind === 'dataset' || kind === 'metricAttribution') continue; // unique per group, so the message differs
    assert.equal(error.message, `Another resource with Arn ${itsArn} already exists.`);
  }
  const error = await deployment.refusalToCreate('items', { name: 'other-items' });
  assert.equal(error.name, 'ResourceAlreadyExistsException');
  assert.equal(error.message, 'Another dataset of type: ITEMS already exists in the provided dataset group');
});

// Fidelity: documented | Batch segment jobs need a recipe for user segmentation | DG/native-recipes-segment.html;
//   boto/botocore, personalize/2018-05-22/service-2.json
test('user segments need a solution version of a user segmentation recipe', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('rankedVersion');
  const { rankedVersion } = deployment.arns;
  const error = await deployment.refusalToCreate('segments', { solutionVersionArn: rankedVersion });
  assert.equal(error.name, 'InvalidInputException');
});

test('a resource cannot be deleted during its creation', async (t) => {
  const deployment = await startDeployment(t);
  for (const step of steps) {
    const names = Object.keys(step);
    await deployment.create(...names);
    for (const duration of ['0s', '1s']) {
      await deployment.advance(duration);
      for (const name of names) {
        const { creation, deletion } = kinds[deployment.made[name].kind];
        if (deletion && creation.length > 1) await assertRefused(deployment.remove(name));
      }
    }
    await deployment.settle();
  }
});

// Fidelity: seen | A schema that a dataset uses cannot be deleted: ResourceInUseException |
//   aws-samples/retail-demo-store, delete_dataset_groups.py
test('a resource cannot be deleted while others depend on it', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build();
  const inUse = async (...names) => {
    for (const name of names) {
      const error = await deployment.refusalToRemove(name);
      assert.equal(error.name, 'ResourceInUseException', `${name}: ${error}`);
      assert.equal(await deployment.statusOf(name), name.endsWith('Schema') ? undefined : 'ACTIVE');
    }
  };
  const clear = async (...names) => {
    for (const name of names) await deployment.remove(name);
    await deployment.settle();
  };
  await inUse('films', 'shop', 'ranked', 'interactionsSchema', 'itemsSchema', 'usersSchema', 'salesSchema');
  await inUse('interactions', 'items', 'users'); // of a campaign and a filter
  await clear('evening', 'unseen');
  await inUse('interactions', 'items'); // of a metric attribution, and interactions of an event tracker
  await clear('attribution');
  await inUse('films', 'interactions'); // of an event tracker
  await clear('tracker');
  await clear('interactions', 'items', 'users', 'sales');
  await inUse('films', 'shop'); // of solutions and recommenders
  await clear('ranked', 'audience', 'popular', 'interactionsSchema', 'studiosSchema');
  await clear('films', 'shop', 'itemsSchema', 'usersSchema', 'salesSchema');
  for (const name of allNames) {
    if (kinds[deployment.made[name].kind].deletion) assert.equal(await deployment.statusOf(name), notFound, name);
  }
});

test('a resource cannot be deleted while it is in use', async (t) => {
  const deployment = await startDeployment(t);
  await deployment.build('interactions');
  await deployment.create('interactionsImport');
  await assertRefused(deployment.remove('interactions'));
  await deployment.settle();
  await deployment.create('ranked', 'rankedVersion');
  await assertRefused(deployment.remove('ranked'));
  await assertRefused(deployment.remove('interactions'));
  await deployment.advance('1s');
  await assertRefused(deployment.remove('ranked'));
  await deployment.settle();
  await deployment.create('evening');
  await assertRefused(
    call(deployment.client, 'UpdateCampaign', { campaignArn: deployment.arns.evening, minProvisionedTPS: 2 }),
  );
});

// Fidelity: seen | Describe and Delete of a resource that never existed are refused with ResourceNotFoundException |
//   aws-samples/amazon-personalize-immersion-day, News_01_Data_Layer.ipynb and Travel_04_Clean_Up.ipynb
test('a resource that never existed is not found, whatever its kind', async (t) => {
  const { client } = await startDeployment(t);
  for (const [kind, { deletion }] of Object.entries(kinds)) {
    const word = kind[0].toUpperCase() + kind.slice(1);
    const input = { [`${kind}Arn`]: arn('nothing/at-all') };
    await assertRefused(call(client, `Describe${word}`, input), notFound);
    if (deletion) await assertRefused(remove(client, kind, input[`${kind}Arn`]), notFound);
  }
});
