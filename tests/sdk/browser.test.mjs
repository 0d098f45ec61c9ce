// Pages in a real browser, which checks the CORS headers of the server before a page may send SDK requests or read
// their answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignHost, pages, skipWithoutBrowser as skip } from './support/browser.mjs';
import { startServer } from './support/server.mjs';
import { control } from './support/wire.mjs';

const jobArn = (name) => `arn:aws:personalize:us-east-1:000000000000:batch-inference-job/${name}`;
const world = { batchInferenceJob: { batchInferenceJobArn: jobArn('plain') } };

/** The script of a page: calls each server as the SDK for JavaScript does. Runs in the browser, not in this process. */
async function calls(servers, jobArn) {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonPersonalize.DescribeBatchInferenceJob',
    'x-amz-user-agent': 'aws-sdk-js/3.958.0 ua/2.1 os/Linux lang/js md/browser#Chrome api/personalize#3.958.0',
    'amz-sdk-invocation-id': '0a1b2c3d-4e5f-4a7b-8c9d-0e1f2a3b4c5d',
    'amz-sdk-request': 'attempt=1; max=3',
    'x-amz-date': '20260131T120000Z',
    'x-amz-content-sha256': '0'.repeat(64),
    authorization:
      'AWS4-HMAC-SHA256 Credential=local/20260131/us-east-1/personalize/aws4_request, ' +
      `SignedHeaders=host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
  };
  const read = async (asking) => {
    try {
      const answer = await asking;
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.json() };
    } catch (error) {
      return { error: error.name };
    }
  };
  const describe = (server, name) => {
    const body = JSON.stringify({ batchInferenceJobArn: jobArn.replace(/[^/]*$/, name) });
    return read(fetch(`${server}/`, { method: 'POST', headers, body }));
  };
  const report = {};
  for (const [what, server] of Object.entries(servers)) {
    report[what] = {
      found: await describe(server, 'plain'),
      missing: await describe(server, 'missing'),
      health: await read(fetch(`${server}/_local/health`)),
      put: await read(fetch(`${server}/_local/clock`, { method: 'PUT', body: '{"mode": "real"}' })),
    };
  }
  return report;
}

const inPage = (servers) => {
  const urls = Object.fromEntries(Object.entries(servers).map(([what, { url }]) => [what, url]));
  return `() => (${calls})(${JSON.stringify(urls)}, ${JSON.stringify(jobArn('any'))})`;
};

/** Asserts that a page could read every answer. */
function assertRead({ found, missing, health, put }) {
  assert.equal(found.status, 200, JSON.stringify(found));
  assert.equal(found.body.batchInferenceJob.jobName, 'plain');
  assert.match(found.headers['x-amzn-requestid'], /^[0-9a-f-]{36}$/);
  assert.match(found.headers.date, / GMT$/);

  assert.equal(missing.status, 400);
  assert.equal(missing.body.__type, 'ResourceNotFoundException');
  assert.ok(missing.headers['x-personalize-local-why'], 'it does not say why');

  assert.equal(health.body.ready, true);
  assert.equal(put.status, 200);
}

async function assertNothingRead(server, report) {
  for (const [what, answer] of Object.entries(report)) assert.deepEqual(answer, { error: 'TypeError' }, what);
  const { requests } = await control(server, 'GET', 'requests');
  const done = requests.filter(({ operation }) => operation === 'DescribeBatchInferenceJob');
  assert.deepEqual(done, [], 'the browser has sent the call all the same');
}

test('a page from localhost can call and read', { skip }, async (t) => {
  const { show } = await pages(t);
  const server = await startServer(t, { world });
  const { local } = await show('localhost', inPage({ local: server }));
  assertRead(local);
});

test('a page from elsewhere can neither call nor read', { skip }, async (t) => {
  const { show } = await pages(t);
  const server = await startServer(t, { world });
  const { foreign } = await show(foreignHost, inPage({ foreign: server }));
  await assertNothingRead(server, foreign);
});

test('a simple request of a page from elsewhere is sent by the browser, and refused', { skip }, async (t) => {
  const { show } = await pages(t);
  const server = await startServer(t, { world });
  const put = `fetch('${server.url}/events', { method: 'POST', mode: 'no-cors', body: new Blob(['{}']) })`;
  assert.equal(await show(foreignHost, `() => ${put}.then(({ type }) => type)`), 'opaque');
  const { requests } = await control(server, 'GET', 'requests');
  const outcomes = requests.map(({ status, error }) => [status, error]);
  assert.deepEqual(outcomes, [[403, 'AccessDeniedException']]);
});

test('a page from elsewhere can call and read if --cors-origin allows its origin or all', { skip }, async (t) => {
  const { port, show } = await pages(t);
  const own = `http://${foreignHost}:${port}`;
  const start = (origin) => startServer(t, { world, flags: ['--cors-origin', origin] });
  const servers = { own: await start(own), all: await start('*'), other: await start(`http://${foreignHost}:1`) };
  const report = await show(foreignHost, inPage(servers));
  assertRead(report.own);
  assertRead(report.all);
  await assertNothingRead(servers.other, report.other);
});
