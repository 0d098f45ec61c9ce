// A whole deployment by the AWS CLI, as a shell script does it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cliOf, printed, skipWithoutAws as skip } from './support/cli.mjs';
import * as avro from './support/film_schemas.mjs';
import { arn, roleArn } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const films = arn('dataset-group/films');
const shop = arn('dataset-group/shop');
const interactions = arn('dataset/films/INTERACTIONS');
const sales = arn('dataset/shop/INTERACTIONS');
const evening = arn('campaign/evening');
const popular = arn('recommender/popular');
const attribution = arn('metric-attribution/film-metrics');
const recipe = (name) => ['--recipe-arn', `arn:aws:personalize:::recipe/${name}`];
const inGroup = ['--dataset-group-arn', films];
const inShop = ['--dataset-group-arn', shop];
const role = ['--role-arn', roleArn];
const to = (name) => ['--job-output', `s3DataDestination={path=s3://films-bucket/${name}/}`];
const from = (name) => ['--job-input', `s3DataSource={path=s3://films-bucket/${name}.json}`];

/** A shell in which `aws personalize` uses one server, whose clock stands still between the commands. */
class Shell {
  constructor(server, run) {
    this.server = server;
    this.run = run;
  }

  /** The output of a command without its last newline. */
  async text(...args) {
    return (await printed(this.run(...args, '--output', 'text'))).trimEnd();
  }

  /** The outputs of several commands that run at the same time. */
  all(...commands) {
    return Promise.all(commands.map((args) => this.text(...args)));
  }

  /** The one word that a query prints. */
  query(query, ...args) {
    return this.text(...args, '--query', query);
  }

  settle() {
    return control(this.server, 'POST', 'clock/advance', { until: 'idle' });
  }

  advance(by) {
    return control(this.server, 'POST', 'clock/advance', { by });
  }

  /** Asserts that the command is refused with this error and exit code 254. */
  async refuses(error, ...args) {
    const { code, stdout, stderr } = await this.run(...args);
    assert.equal(code, 254, `${args.join(' ')}: ${stdout}${stderr}`);
    assert.match(stderr, new RegExp(`An error occurred \\(${error}\\) when calling`));
  }
}

async function makeData(shell) {
  const schema = (name, text, ...more) => ['create-schema', '--name', name, '--schema', text, ...more];
  assert.deepEqual(
    await shell.all(
      schema('film-interactions', avro.interactions),
      schema('shop-interactions', avro.sales, '--domain', 'ECOMMERCE'),
      ['create-dataset-group', '--name', 'films', '--tags', 'tagKey=team,tagValue=films'],
      ['create-dataset-group', '--name', 'shop', '--domain', 'ECOMMERCE'],
    ),
    [arn('schema/film-interactions'), arn('schema/shop-interactions'), films, `${shop}\tECOMMERCE`],
  );
  const status = ['describe-dataset-group', ...inGroup];
  assert.equal(await shell.query('datasetGroup.status', ...status), 'CREATE PENDING');
  await shell.settle();

  const dataset = (name, group) => [
    ['create-dataset', '--name', name, '--dataset-type', 'Interactions', '--schema-arn', arn(`schema/${name}`)],
    group,
  ];
  const created = await shell.all(
    dataset('film-interactions', inGroup).flat(),
    dataset('shop-interactions', inShop).flat(),
  );
  assert.deepEqual(created, [interactions, sales]);
  await shell.settle();
  const importJob = (name, datasetArn) => [
    ...['create-dataset-import-job', '--job-name', name, '--dataset-arn', datasetArn, ...role],
    ...['--data-source', `dataLocation=s3://films-bucket/${name}.csv`],
  ];
  assert.deepEqual(await shell.all(importJob('films', interactions), importJob('shop', sales)), [
    arn('dataset-import-job/films'),
    arn('dataset-import-job/shop'),
  ]);
  await shell.settle();
}

async function makeModels(shell) {
  const [tracker, ...others] = await shell.all(
    ['create-event-tracker', '--name', 'film-events', ...inGroup, '--query', 'eventTrackerArn'],
    [
      'create-filter',
      '--name',
      'unseen',
      ...inGroup,
      '--filter-expression',
      'EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch")',
    ],
    ['create-solution', '--name', 'ranked', ...inGroup, ...recipe('aws-user-personalization')],
    ['create-solution', '--name', 'audience', ...inGroup, ...recipe('aws-item-affinity')],
    ['create-recommender', '--name', 'popular', ...inShop, ...recipe('aws-ecomm-popular-items-by-views')],
    [
      'create-metric-attribution',
      ...['--name', 'film-metrics', ...inGroup],
      ...['--metrics', 'eventType=watch,metricName=watches,expression=SAMPLECOUNT()'],
      ...['--metrics-output-config', `roleArn=${roleArn}`],
    ],
  );
  const solutions = [arn('solution/ranked'), arn('solution/audience')];
  assert.deepEqual(others, [arn('filter/unseen'), ...solutions, popular, attribution]);
  assert.match(tracker, /:event-tracker\/[0-9a-f]{8}$/);
  await shell.settle();
  const versions = await shell.all(
    ...solutions.map((solution) => ['create-solution-version', '--solution-arn', solution]),
  );
  versions.forEach((version, i) => assert.match(version, new RegExp(`^${solutions[i]}/[0-9a-f]{8}$`)));
  await shell.settle();
  const metrics = await shell.query('metrics', 'get-solution-metrics', '--solution-version-arn', versions[0]);
  assert.match(metrics, /\d\.\d/);
  return { tracker, versions };
}

async function makeUse(shell, [ranked, audience]) {
  const created = await shell.all(
    ['create-campaign', '--name', 'evening', '--solution-version-arn', ranked, '--min-provisioned-tps', '2'],
    [
      ...['create-batch-inference-job', '--job-name', 'nightly', '--solution-version-arn', ranked],
      ...[...from('users'), ...to('nightly'), ...role],
    ],
    [
      ...['create-batch-segment-job', '--job-name', 'segments', '--solution-version-arn', audience],
      ...[...from('items'), ...to('segments'), ...role],
    ],
    ['create-dataset-export-job', '--job-name', 'backup', '--dataset-arn', interactions, ...to('backup'), ...role],
  );
  const nightly = arn('batch-inference-job/nightly');
  const segments = arn('batch-segment-job/segments');
  assert.deepEqual(created, [evening, nightly, segments, arn('dataset-export-job/backup')]);

  const statuses = () =>
    shell.all(
      ['describe-batch-inference-job', '--batch-inference-job-arn', nightly, '--query', 'batchInferenceJob.status'],
      ['describe-campaign', '--campaign-arn', evening, '--query', 'campaign.status'],
    );
  assert.deepEqual(await statuses(), ['PENDING', 'CREATE PENDING']);
  await shell.advance('1s');
  assert.deepEqual(await statuses(), ['IN PROGRESS', 'CREATE IN_PROGRESS']);
  await shell.settle();
}

/** Asserts the statuses that each List returns. */
async function assertListed(shell, expected) {
  const kinds = Object.keys(expected);
  const commandOf = (list) => {
    const member = list === 'filters' ? 'Filters' : list.replace(/-./g, ([, letter]) => letter.toUpperCase());
    return [`list-${list}`, '--query', `join(', ', ${member}[].status)`];
  };
  const texts = await shell.all(...kinds.map(commandOf));
  kinds.forEach((list, i) => assert.equal(texts[i], expected[list], list));
}

async function tag(shell) {
  const resource = ['--resource-arn', films];
  const tags = ['list-tags-for-resource', ...resource, '--query', "sort(tags[].join('=', [tagKey, tagValue]))"];
  await shell.text('tag-resource', ...resource, '--tags', 'tagKey=stage,tagValue=test');
  assert.equal(await shell.text(...tags), 'stage=test\tteam=films');
  await shell.text('untag-resource', ...resource, '--tag-keys', 'team');
  assert.equal(await shell.text(...tags), 'stage=test');
}

async function update(shell) {
  await shell.all(
    ['update-campaign', '--campaign-arn', evening, '--min-provisioned-tps', '3'],
    [
      ...['update-recommender', '--recommender-arn', popular],
      ...['--recommender-config', 'minRecommendationRequestsPerSecond=4'],
    ],
    [
      ...['update-metric-attribution', '--metric-attribution-arn', attribution],
      ...['--add-metrics', 'eventType=rent,metricName=rentals,expression=SAMPLECOUNT()', '--remove-metrics', 'watches'],
    ],
  );
  const fields = 'campaign.[status,latestCampaignUpdate.status,latestCampaignUpdate.minProvisionedTPS]';
  const campaign = ['describe-campaign', '--campaign-arn', evening, '--query', fields];
  assert.equal(await shell.text(...campaign), 'ACTIVE\tCREATE PENDING\t3');
  await shell.settle();
  assert.deepEqual(
    await shell.all(
      campaign,
      [
        ...['describe-recommender', '--recommender-arn', popular],
        ...['--query', 'recommender.recommenderConfig.minRecommendationRequestsPerSecond'],
      ],
      [
        ...['list-metric-attribution-metrics', '--metric-attribution-arn', attribution],
        ...['--query', 'metrics[].metricName'],
      ],
    ),
    ['ACTIVE\tACTIVE\t3', '4', 'rentals'],
  );
}

async function stopAndStart(shell) {
  const status = () => shell.query('recommender.status', 'describe-recommender', '--recommender-arn', popular);
  await shell.text('stop-recommender', '--recommender-arn', popular);
  await shell.settle();
  assert.equal(await status(), 'INACTIVE');
  await shell.text('start-recommender', '--recommender-arn', popular);
  await shell.settle();
  assert.equal(await status(), 'ACTIVE');

  const version = await shell.text('create-solution-version', '--solution-arn', arn('solution/ranked'));
  const ofVersion = ['--solution-version-arn', version];
  assert.equal(await shell.text('stop-solution-version-creation', ...ofVersion), '');
  assert.equal(
    await shell.query('solutionVersion.status', 'describe-solution-version', ...ofVersion),
    'CREATE STOPPED',
  );
}

async function takeDown(shell, tracker) {
  await shell.refuses('ResourceInUseException', 'delete-dataset-group', ...inGroup);
  const deleted = await shell.all(
    ['delete-campaign', '--campaign-arn', evening],
    ['delete-recommender', '--recommender-arn', popular],
    ['delete-filter', '--filter-arn', arn('filter/unseen')],
    ['delete-event-tracker', '--event-tracker-arn', tracker],
    ['delete-metric-attribution', '--metric-attribution-arn', attribution],
  );
  assert.deepEqual(deleted, ['', '', '', '', '']);
  const describe = ['describe-campaign', '--campaign-arn', evening];
  assert.equal(await shell.query('campaign.status', ...describe), 'DELETE PENDING');
  await shell.settle();
  await shell.refuses('ResourceNotFoundException', ...describe);

  await shell.all(
    ['delete-solution', '--solution-arn', arn('solution/ranked')],
    ['delete-solution', '--solution-arn', arn('solution/audience')],
  );
  await shell.settle();
  await shell.all(['delete-dataset', '--dataset-arn', interactions], ['delete-dataset', '--dataset-arn', sales]);
  await shell.settle();
  await shell.all(
    ['delete-dataset-group', ...inGroup],
    ['delete-dataset-group', ...inShop],
    ['delete-schema', '--schema-arn', arn('schema/film-interactions')],
    ['delete-schema', '--schema-arn', arn('schema/shop-interactions')],
  );
  await shell.settle();
}

const one = 'ACTIVE';
const two = 'ACTIVE, ACTIVE';

test('a script creates, uses, changes and deletes a whole deployment', { skip }, async (t) => {
  const server = await startServer(t, { flags: ['--clock', 'frozen@2026-01-31T12:00:00Z'] });
  const shell = new Shell(server, await cliOf(t, server, { accessKeyId: 'local' }));
  await makeData(shell);
  const { tracker, versions } = await makeModels(shell);
  await makeUse(shell, versions);
  await assertListed(shell, {
    datasets: two,
    filters: one,
    solutions: two,
    campaigns: one,
    recommenders: one,
    'batch-inference-jobs': one,
    'batch-segment-jobs': one,
  });
  await tag(shell);
  await update(shell);
  await stopAndStart(shell);
  await takeDown(shell, tracker);
  await assertListed(shell, { 'dataset-groups': '' });
});
