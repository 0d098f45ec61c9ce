// The stream of events beside the real SDK, and the page of the console where it may be reached.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { clientOf, createJob, jobNamed, world } from './support/personalize.mjs';
import { atEnd, startServer } from './support/server.mjs';
import { control, send } from './support/wire.mjs';

const alice = '111111111111';
const bob = '222222222222';

/** The events of a stream, from when it is open: an iterator of `{name, id, data}`. */
async function eventsOf(t, server, query = '') {
  const request = http.request(`${server.url}/_local/stream${query}`, { agent: false });
  atEnd(t, () => request.destroy());
  request.end();
  const [response] = await once(request, 'response');
  assert.equal(response.statusCode, 200);
  assert.equal(response.headers['content-type'], 'text/event-stream');
  const fieldOf = (block, field) => new RegExp(`^${field}: (.*)$`, 'm').exec(block)?.[1];
  async function* read() {
    let text = '';
    for await (const piece of response.setEncoding('utf8')) {
      const blocks = (text + piece).split('\n\n');
      text = blocks.pop();
      for (const block of blocks) {
        const name = fieldOf(block, 'event');
        if (name) yield { name, id: fieldOf(block, 'id'), data: JSON.parse(fieldOf(block, 'data')) };
      }
    }
  }
  return read();
}

async function nextOf(events, name) {
  for (;;) {
    const { value, done } = await events.next();
    assert.ok(!done, `the stream has ended before the event ${name}`);
    if (value.name === name) return value.data;
  }
}

test('a job of the SDK is reported from its creation to its end, without another request', async (t) => {
  const server = await startServer(t, { world, flags: ['--pending', '50ms', '--in-progress', '50ms'] });
  const events = await eventsOf(t, server);
  const arn = await createJob(clientOf(t, server), jobNamed('nightly'));
  const { history } = await control(server, 'GET', `history?arn=${arn}`);
  const seen = [];
  for (const status of ['PENDING', 'IN PROGRESS', 'ACTIVE']) {
    const event = await nextOf(events, 'resource');
    assert.equal(event.arn, arn);
    assert.equal(event.status, status);
    assert.equal(event.kind, 'batchInferenceJob');
    assert.ok(Date.now() - Date.parse(event.at) < 10_000);
    seen.push({ status, at: event.at, cause: event.cause });
  }
  assert.deepEqual(seen.slice(0, history.length), history);
});

test('a stream of an account has nothing of others', async (t) => {
  const flags = ['--clock', 'frozen', '--fixtures-for', alice, '--fixtures-for', bob];
  const server = await startServer(t, { world, flags });
  const all = await eventsOf(t, server);
  const hers = await eventsOf(t, server, `?account=${alice}`);
  const inputOf = (account) => JSON.parse(JSON.stringify(jobNamed('nightly')).replaceAll('000000000000', account));
  for (const account of [bob, alice]) {
    await createJob(clientOf(t, server, { accessKeyId: account }), inputOf(account));
  }
  assert.equal((await nextOf(all, 'resource')).account, bob);
  assert.equal((await nextOf(all, 'resource')).account, alice);
  assert.equal((await nextOf(hers, 'request')).account, alice);
  assert.equal((await nextOf(hers, 'resource')).account, alice);
});

test('an open stream does not hold up the end of the server, and a new one begins anew', async (t) => {
  const server = await startServer(t, { world });
  const events = await eventsOf(t, server);
  await control(server, 'PUT', 'clock', { mode: 'frozen' });
  assert.deepEqual((await events.next()).value, { name: 'clock', id: '1', data: { account: '' } });
  const took = await server.stop();
  assert.ok(took < 5_000, `${took} ms`);
  assert.ok((await events.next()).done);
});

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

test('a browser gets the page, and other clients the list of calls', async (t) => {
  const server = await startServer(t);
  const page = await send(`${server.url}/_local/`, { headers: browser });
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers.vary, 'accept');
  assert.match(page.headers['content-security-policy'], /^default-src 'none'; script-src 'self';/);
  assert.equal(page.body, readFileSync(new URL('../../server/local/console/index.html', import.meta.url), 'utf8'));
  for (const [, path] of page.body.matchAll(/(?:src|href)="(\/_local\/console\/[^"]+)"/g)) {
    assert.equal((await send(server.url + path)).status, 200, path);
  }
  const list = await send(`${server.url}/_local/`);
  assert.ok(JSON.parse(list.body).calls.length > 0);
});

test('the page is reached under other names and from other origins only where a flag says so', async (t) => {
  const host = { ...browser, host: 'test.example.com' };
  const origin = { ...browser, origin: 'https://app.example.com' };
  const strict = await startServer(t);
  const open = await startServer(t, {
    flags: ['--allowed-host', 'test.example.com', '--cors-origin', 'https://app.example.com'],
  });
  for (const headers of [host, origin]) {
    assert.equal((await send(`${strict.url}/_local/`, { headers })).status, 403);
    assert.equal((await send(`${open.url}/_local/`, { headers })).status, 200);
  }
});

test('the page and the stream come over HTTPS', async (t) => {
  const server = await startServer(t, { flags: ['--tls-cert', 'auto', '--tls-port', '0'] });
  const ca = (await send(`${server.url}/_local/ca.pem`)).body;
  const { tls } = await control(server, 'GET', 'health');
  const get = async (path, headers) => {
    const request = https.request({ host: '127.0.0.1', port: tls.port, path, headers, ca, agent: false });
    atEnd(t, () => request.destroy());
    request.end();
    return (await once(request, 'response'))[0];
  };
  const page = await get('/_local/', browser);
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  page.resume();
  const stream = await get('/_local/stream', {});
  assert.equal(stream.headers['content-type'], 'text/event-stream');
  const [greeting] = await once(stream.setEncoding('utf8'), 'data');
  assert.equal(greeting, 'retry: 1000\n\n');
});
