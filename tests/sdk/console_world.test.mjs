// The console in a real browser: the tree of resources, one resource, and the clock.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipWithoutBrowser as skip } from './support/browser.mjs';
import { openConsole } from './support/console.mjs';
import { interactions } from './support/film_schemas.mjs';
import { arn } from './support/personalize.mjs';
import { startServer, until } from './support/server.mjs';
import { call, control } from './support/wire.mjs';

const job = (name) => arn(`batch-inference-job/${name}`);
const group = { datasetGroupArn: arn('dataset-group/films') };
const solution = { solutionArn: arn('solution/for-you') };
const version = { solutionVersionArn: arn('solution/for-you/11aa22bb') };
const world = {
  schemas: [{ schemaArn: arn('schema/views'), schema: interactions }],
  datasetGroups: [group],
  datasets: [
    {
      datasetArn: arn('dataset/films/INTERACTIONS'),
      datasetType: 'INTERACTIONS',
      schemaArn: arn('schema/views'),
      ...group,
    },
  ],
  datasetImportJobs: [
    { datasetImportJobArn: arn('dataset-import-job/first'), datasetArn: arn('dataset/films/INTERACTIONS') },
  ],
  solutions: [{ ...solution, ...group }],
  solutionVersions: [{ ...version, ...solution, ...group }],
  campaigns: [{ campaignArn: arn('campaign/live'), ...version }],
  filters: [{ filterArn: arn('filter/new'), ...group, filterExpression: 'INCLUDE ItemID WHERE Items.X IN ("a")' }],
  batchInferenceJobs: [
    {
      batchInferenceJobArn: job('nightly'),
      ...version,
      status: 'PENDING',
      _local: { pending: '10s', inProgress: '20s' },
    },
    {
      batchInferenceJobArn: job('broken'),
      ...version,
      status: 'CREATE FAILED',
      failureReason: 'Invalid S3 input path',
    },
    { batchInferenceJobArn: job('lone'), status: 'PENDING', _local: { progression: 'manual' } },
  ],
};
const frozen = ['--clock', 'frozen@2026-01-31T12:00:00Z'];

async function openWorld(t, hash) {
  const server = await startServer(t, { world, flags: frozen });
  return { server, console: await openConsole(t, server, { hash }) };
}

/** Opens the rows of these names, one below the other. */
async function open(console, ...names) {
  for (const name of names) await console.row(name).locator('.twisty').click();
}

test('the tree has every kind below its parent, and chips move with the clock', { skip }, async (t) => {
  const { server, console } = await openWorld(t);
  await open(console, /^films \d+ dataset group/, /dataset ACTIVE/);
  for (const name of [/^views schema/, /^first dataset import job/, /^new filter/])
    await console.isShown(console.row(name));
  await open(console, /^for-you \d+ solution/, /11aa22bb/);
  await console.isShown(console.row(/^live campaign/));
  const nightly = console.row(/^nightly/);
  await console.says(nightly, 'PENDING');
  await console.says(nightly, 'in 10s');
  await console.says(console.row(/^broken/), 'Invalid S3 input path');

  const before = await nightly.locator('.chip').boundingBox();
  await control(server, 'POST', 'clock/advance', { by: '10s' });
  await console.says(nightly, 'IN PROGRESS');
  await console.says(nightly, 'in 20s');
  assert.deepEqual(await nightly.locator('.chip').boundingBox(), before, 'the chip has moved');
  await control(server, 'POST', 'clock/advance', { until: 'idle' });
  await console.says(nightly.locator('.chip'), /^ACTIVE$/);
  console.assertQuiet();
});

test('a resource that is created or deleted appears and goes by itself', { skip }, async (t) => {
  const { server, console } = await openWorld(t);
  await call(server, 'CreateDatasetGroup', { name: 'songs' });
  await console.says(console.row(/^songs/), 'CREATE PENDING');
  await control(server, 'POST', 'clock/advance', { until: 'idle' });
  await console.says(console.row(/^songs/), 'ACTIVE');
  await call(server, 'DeleteDatasetGroup', { datasetGroupArn: arn('dataset-group/songs') });
  await console.says(console.row(/^songs/), 'DELETE PENDING');
  await control(server, 'POST', 'clock/advance', { until: 'idle' });
  await console.count(console.row(/^songs/), 0);
  console.assertQuiet();
});

test('search, kind and status find resources in the whole world', { skip }, async (t) => {
  const { console } = await openWorld(t);
  await console.field('Name or ARN').fill('NIGHT');
  await console.count('tbody tr', 1);
  await console.isShown(console.row(/^nightly batch inference job/));
  await console.field('Name or ARN').fill('');
  await console.field('Kind').selectOption({ label: 'batch inference jobs (3)' });
  await console.count('tbody tr', 3);
  await console.field('Status').selectOption('failed');
  await console.count('tbody tr', 1);
  await console.isShown(console.row(/^broken/));
  await console.field('Name or ARN').fill('nothing of the sort');
  await console.isShown(console.page.getByText('No resources.'));
  console.assertQuiet();
});

test('one resource has its Describe, its timeline, and buttons that move it', { skip }, async (t) => {
  const { server, console } = await openWorld(t, `#/world/${job('nightly')}`);
  const one = console.region('One resource');
  await console.says(one.getByRole('heading', { level: 2 }), 'nightly');
  const shown = JSON.parse(await one.getByRole('region', { name: 'Describe of nightly' }).textContent());
  const { body } = await call(server, 'DescribeBatchInferenceJob', { batchInferenceJobArn: job('nightly') });
  assert.deepEqual(shown, JSON.parse(body));

  const timeline = one.getByRole('table', { name: 'Timeline' });
  await console.says(timeline, /PENDING.*fixture.*IN PROGRESS.*to come.*ACTIVE.*to come/s);
  const widths = await one.locator('.segment').evaluateAll((all) => all.map(({ offsetWidth }) => offsetWidth));
  assert.ok(Math.abs(widths[1] / widths[0] - 2) < 0.05, `not to scale: ${widths}`);

  await console.press('Step onward', one);
  await console.says(one.locator('.chip.status'), 'IN PROGRESS');
  await console.says(timeline, 'a command');
  await console.press('To ACTIVE', one);
  await console.says(one.locator('.chip.status'), 'ACTIVE');
  assert.ok(await console.button('Step onward', one).isDisabled());
  await console.field('Reason', one).fill('The bucket is gone');
  await console.press('Let it fail', one);
  await console.says(one.locator('.banner'), 'The bucket is gone');
  await console.says(one.locator('.chip.status'), 'CREATE FAILED');
  console.assertQuiet();
});

test(
  'a resource is deleted as a client deletes it, and a refusal is in the words of the service',
  { skip },
  async (t) => {
    const { console } = await openWorld(t, `#/world/${group.datasetGroupArn}`);
    const one = console.region('One resource');
    await console.press('Delete', one);
    await console.confirm('Delete');
    await console.says(one.getByRole('alert'), /^ResourceInUseException: /);

    await console.page.goto(`${console.page.url().split('#')[0]}#/world/${arn('filter/new')}`);
    await console.says(one.getByRole('heading', { level: 2 }), 'new');
    await console.press('Delete', one);
    await console.confirm('Cancel');
    await console.press('Delete', one);
    await console.confirm('Delete');
    await console.says(one.locator('.chip.status'), 'DELETE PENDING');
    await console.pane('Time');
    await console.press('Until idle');
    await console.says('.said', /removal/);
    await console.pane('World');
    await open(console, /^films/);
    await console.count(console.row(/^new filter/), 0);
    console.assertQuiet();
  },
);

test('a resource is copied as AWS CLI call, as curl and as fixture', { skip }, async (t) => {
  const { server, console } = await openWorld(t, `#/world/${job('broken')}`);
  const one = console.region('One resource');
  await console.says(one.locator('.banner'), 'Invalid S3 input path');
  await console.press('AWS CLI', one);
  await console.says('#announcements', 'AWS CLI: copied');
  const copied = async (pattern) =>
    until(`a copy like ${pattern}`, async () => pattern.exec(await console.clipboard()));
  await copied(/aws personalize describe-batch-inference-job --batch-inference-job-arn \S+broken/);
  await console.press('curl', one);
  const [curl] = await copied(/curl http[^]*DescribeBatchInferenceJob[^]*/);
  assert.ok(curl.includes(server.url));
  await console.press('fixture', one);
  const [fixture] = await copied(/^\{[^]*"batchInferenceJob"[^]*\}$/);
  const other = await startServer(t, { world: JSON.parse(fixture) });
  const { body } = await call(other, 'DescribeBatchInferenceJob', { batchInferenceJobArn: job('broken') });
  assert.equal(JSON.parse(body).batchInferenceJob.failureReason, 'Invalid S3 input path');
  console.assertQuiet();
});

test('the clock is frozen, run, sped up, set and moved', { skip }, async (t) => {
  const { server, console } = await openWorld(t, '#/time');
  const clock = () => control(server, 'GET', 'clock');
  const main = console.page.getByRole('main');
  const reads = (now) => console.says(main.locator('.big'), now);
  await reads('2026-01-31 12:00:00 Z');
  for (const [label, now] of [
    ['1 s', '12:00:01'],
    ['1 min', '12:01:01'],
    ['1 h', '13:01:01'],
  ]) {
    await console.press(label, main);
    await reads(`2026-01-31 ${now} Z`);
  }
  await console.press('Until idle', main);
  await console.field('Advance by', main).fill('1h30m');
  await console.press('Go: Advance by', main);
  await reads('2026-01-31 14:31:01 Z');
  await call(server, 'ListSchemas'); // a moment that has been recorded
  await console.field('Jump to', main).fill('2026-01-01T00:00:00Z');
  await console.press('Go: Jump to', main);
  await console.says(main.getByRole('alert').or(main.locator('.wrong')), /time never runs back/);
  await console.field('Advance by', main).fill('soon');
  await console.says(main.locator('.wrong'), 'a duration such as');
  await console.field('Speed', main).fill('60');
  await console.press('Go: Speed', main);
  await until('the speed', async () => (await clock()).speed === 60);
  await console.press('Run', main);
  await console.says(main, 'Runs 60 times as fast');
  assert.equal((await clock()).mode, 'real');
  await console.press('Freeze', main);
  await console.says(main, 'Frozen');
  assert.equal((await clock()).mode, 'frozen');
  console.assertQuiet();
});
