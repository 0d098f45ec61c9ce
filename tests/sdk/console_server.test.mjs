// The console in a real browser: for one account, over a restart, over HTTPS, and with as much as a server holds.
import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { foreignHost, skipWithoutBrowser as skip } from './support/browser.mjs';
import { launch, openConsole } from './support/console.mjs';
import { arn } from './support/personalize.mjs';
import { folderOf, startServer, temporaryFolder, until } from './support/server.mjs';
import { call, control, signedBy } from './support/wire.mjs';

const fixtures = (name) => fileURLToPath(new URL(`../../fixtures/${name}.json`, import.meta.url));
const shopFlags = ['--fixtures', fixtures('shop'), '--fixtures', fixtures('every-status')];

test('an account has its own world, clock, rules and requests in the page', { skip }, async (t) => {
  const account = '111122223333';
  const server = await startServer(t, { flags: [...shopFlags, '--fixtures-for', account] });
  const console = await openConsole(t, server);
  await call(server, 'CreateDatasetGroup', { name: 'mine' }, signedBy(account));
  await console.isShown(console.row(/^mine/));
  await console.field('Account').selectOption(account);
  await console.isShown(console.row(/^mine/));
  await console.count(console.row(/^stays-pending/), 1);
  await console.pane('Time');
  await console.press('Freeze', console.page.getByRole('main'));
  await console.says('main', 'Frozen');
  assert.equal((await control(server, 'GET', `clock?account=${account}`)).mode, 'frozen');
  assert.equal((await control(server, 'GET', 'clock')).mode, 'real');
  await console.pane('Rules');
  await console.field('Delay the answer').check();
  await console.press('Add rule');
  await console.says('.said', 'The rule is there.');
  assert.equal((await control(server, 'GET', 'rules')).rules.length, 0);
  assert.equal((await control(server, 'GET', `rules?account=${account}`)).rules.length, 1);
  await console.pane('Requests');
  await console.count('tbody tr', 1);
  await call(server, 'ListSchemas', {}, signedBy('444455556666'));
  await call(server, 'ListSchemas', {}, signedBy(account));
  await console.count('tbody tr', 2);
  await console.field('Account').selectOption('');
  await console.count('tbody tr', 3);
  await console.page.reload();
  await console.count(
    console.page.getByRole('option', { name: `${account} (own clock, rules)`, includeHidden: true }),
    1,
  );
  console.assertQuiet();
});

test('a server that goes and comes back is noticed, and the page goes on', { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const db = ['--db', join(folder, 'world.db')];
  const first = await startServer(t, { flags: db });
  await call(first, 'CreateDatasetGroup', { name: 'songs' });
  const console = await openConsole(t, first);
  await console.isShown(console.row(/^songs/));
  await first.stop();
  await console.says('#link', 'no server');
  const second = await startServer(t, { flags: [...db, '--port', first.port] });
  assert.equal(second.port, first.port);
  await console.says('#link', 'live');
  await call(second, 'CreateDatasetGroup', { name: 'films' });
  await console.isShown(console.row(/^films/));
  await console.isShown(console.row(/^songs/));
  console.assertQuietButAway();
});

test('the page works over HTTPS, and under a name that --allowed-host adds', { skip }, async (t) => {
  const tls = ['--tls-cert', 'auto', '--tls-port', '0', '--allowed-host', foreignHost];
  const server = await startServer(t, { flags: tls });
  const { port } = (await control(server, 'GET', 'health')).tls;
  for (const url of [`https://localhost:${port}`, `http://${foreignHost}:${server.port}`]) {
    await control(server, 'PUT', 'clock', { mode: 'real' });
    const console = await openConsole(t, server, { url, ignoreHTTPSErrors: true });
    await console.press('Freeze');
    await until('the clock to be frozen', async () => (await control(server, 'GET', 'clock')).mode === 'frozen');
    console.assertQuiet();
  }
});

/** Sends many requests over few connections. */
async function callMany(server, count) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonPersonalize.ListSchemas' };
  const one = async () => {
    const request = http.request(server.url, { method: 'POST', headers, agent });
    request.end('{}');
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
  };
  for (let sent = 0; sent < count; sent += 100) await Promise.all(Array.from({ length: 100 }, one));
  agent.destroy();
}

test('with 10,000 jobs and 10,000 requests the page never has more than 200 rows', { skip }, async (t) => {
  const version = arn('solution/big/11aa22bb');
  const jobs = Array.from({ length: 10_000 }, (_, i) => ({
    batchInferenceJobArn: arn(`batch-inference-job/job-${String(i).padStart(5, '0')}`),
    solutionVersionArn: version,
    ...(i % 10 === 0 ? { status: 'PENDING', _local: { pending: '10s' } } : {}),
  }));
  const datasetGroupArn = arn('dataset-group/big');
  const world = {
    datasetGroup: { datasetGroupArn },
    solution: { solutionArn: arn('solution/big'), datasetGroupArn },
    solutionVersion: { solutionVersionArn: version, solutionArn: arn('solution/big'), datasetGroupArn },
    batchInferenceJobs: jobs,
  };
  const folder = await folderOf(t, { 'world.json': world });
  const server = await startServer(t, { flags: ['--fixtures', folder, '--clock', 'frozen'], readStderr: false });
  const console = await openConsole(t, server);
  await console.page.evaluate(() => {
    globalThis.most = 0;
    const count = () => (globalThis.most = Math.max(globalThis.most, document.querySelectorAll('tbody tr').length));
    new MutationObserver(count).observe(document.body, { childList: true, subtree: true });
    globalThis.longest = 0;
    const note = (list) =>
      list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration)));
    new PerformanceObserver(note).observe({ type: 'longtask' });
  });
  const open = (name) => console.row(name).locator('.twisty').click();
  await open(/^big \d+ dataset group/);
  await open(/^big \d+ solution/);
  await open(/11aa22bb/);
  await console.says('.pages', 'page 1');
  await console.press('Next', console.page.locator('.pages'));
  await console.says('.pages', 'page 2');
  await control(server, 'POST', 'clock/advance', { until: 'idle' });
  await console.press('Previous', console.page.locator('.pages'));
  await console.says('.pages', 'page 1');
  await console.field('Name or ARN').fill('job-0777');
  await console.count('tbody tr', 10);

  await console.pane('Requests');
  await callMany(server, 10_000);
  await console.count('tbody tr', 200);
  await console.press('Older');
  await console.says('.pager', 'page 2');
  await console.count('tbody tr', 200);
  const { most, longest } = await console.page.evaluate(() => ({ most: globalThis.most, longest: globalThis.longest }));
  assert.ok(most <= 200, `${most} rows`);
  t.diagnostic(`longest task of the page: ${Math.round(longest)} ms`);
  console.assertQuiet();
});

test('the page of the picture in docs/console.md, which PLOCAL_PICTURE takes again', { skip }, async (t) => {
  const server = await startServer(t, { flags: [...shopFlags, '--clock', 'frozen@2026-11-28T09:30:00Z'] });
  const job = arn('batch-inference-job/nightly');
  await control(server, 'POST', 'state', {
    batchInferenceJob: { batchInferenceJobArn: job, status: 'PENDING', _local: { pending: '2m', inProgress: '10m' } },
  });
  await control(server, 'POST', 'clock/advance', { by: '4m' });
  const browser = await launch(t);
  const console = await openConsole(t, server, {
    browser,
    hash: `#/world/${job}`,
    viewport: { width: 1280, height: 760 },
    reducedMotion: 'reduce',
  });
  await console
    .row(/^shop .*dataset group/)
    .locator('.twisty')
    .click();
  await console.isShown(console.row(/^shop-for-you .*solution/));
  await console.says(console.region('One resource').getByRole('table', { name: 'Timeline' }), 'to come');
  const picture = await console.page.screenshot({ type: 'png' });
  assert.ok(picture.length <= 200 * 1024, `${picture.length} bytes`);
  if (process.env.PLOCAL_PICTURE) await writeFile(process.env.PLOCAL_PICTURE, picture);
  console.assertQuiet();
});
