// The end of the server: in time and with its work done, whatever its clients do.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd, Child, cleanEnvironment, startServer, temporaryFolder, until } from './support/server.mjs';
import { call, connectionTo, isOpen, send } from './support/wire.mjs';

/** The additional time on a busy machine: twice the time to end a server without clients. */
async function slackMs(t) {
  return 2 * (await (await startServer(t)).stop());
}

/** Stops the server, which promises to end within two seconds. */
async function stopInTime(t, server, signal) {
  const took = await server.stop(signal);
  assert.ok(took < 2_000 + 1_500 + (await slackMs(t)), `${took} ms`);
}

const head = 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.1\r\n';

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends the server in time`, async (t) => {
    const server = await startServer(t);
    await stopInTime(t, server, signal);
    assert.equal(await isOpen(server), false);
  });
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends a server that is still loading, cleanly`, async (t) => {
    const fixture = join(await temporaryFolder(t), 'world.json');
    execFileSync('mkfifo', [fixture]);
    const loading = new Child(process.env.PLOCAL_BINARY, ['--port', '0', '--fixtures', fixture], { env: cleanEnvironment() });
    const writing = await open(fixture, 'w'); // opens once the server has opened the other end and waits for data
    atEnd(t, () => writing.close());
    loading.process.kill(signal);
    assert.deepEqual(await loading.end(), { code: 0, signal: null });
    assert.equal(loading.stdout, '');
  });
}

test('with --end-with stdin, the end of stdin ends the server in time, and nothing that it reads before', async (t) => {
  const server = await startServer(t, { flags: ['--end-with', 'stdin'], stdin: 'pipe' });
  await new Promise((resolve) => server.process.stdin.write('x'.repeat(100_000), resolve));
  assert.equal((await call(server, 'ListBatchInferenceJobs')).status, 200);
  server.process.stdin.end();
  assert.deepEqual(await server.end(), { code: 0, signal: null });
});

test('with --end-with stdin, requests sent before the end of stdin are answered', async (t) => {
  const server = await startServer(t, { flags: ['--end-with', 'stdin'], stdin: 'pipe' });
  const delay = { match: { operation: 'List*' }, delay: '200ms' };
  const { status } = await send(`${server.url}/_local/rules`, { method: 'POST', body: JSON.stringify(delay) });
  assert.equal(status, 200);
  const answer = call(server, 'ListBatchInferenceJobs');
  await server.logged(/ListBatchInferenceJobs/);
  server.process.stdin.end();
  assert.equal((await answer).status, 200);
  assert.deepEqual(await server.end(), { code: 0, signal: null });
});

test('with --end-with stdin, signals end the server too', async (t) => {
  const server = await startServer(t, { flags: ['--end-with', 'stdin'], stdin: 'pipe' });
  await stopInTime(t, server);
});

test('with --end-with stdin, a server without stdin ends once it is ready', async () => {
  const flags = ['--port', '0', '--end-with', 'stdin'];
  const server = new Child(process.env.PLOCAL_BINARY, flags, { env: cleanEnvironment() });
  assert.deepEqual(await server.end(), { code: 0, signal: null });
  assert.match(server.stdout, / ready on /);
});

test('without it, the end of stdin does not end the server', async (t) => {
  const server = await startServer(t, { stdin: 'pipe' });
  await new Promise((resolve) => server.process.stdin.end(resolve));
  for (let i = 0; i < 20; ++i) assert.equal((await call(server, 'ListBatchInferenceJobs')).status, 200);
});

test('an idle connection does not delay the end', async (t) => {
  const server = await startServer(t);
  const agent = new http.Agent({ keepAlive: true });
  t.after(() => agent.destroy());
  const request = http.get(`${server.url}/_local/health`, { agent });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  await stopInTime(t, server);
});

test('a connection that never sends anything does not delay the end', async (t) => {
  const server = await startServer(t);
  await connectionTo(t, server);
  await stopInTime(t, server);
});

test('a client that is stuck in the middle of a request does not delay the end', async (t) => {
  const stuckIn = {
    'its first line': 'POST / HT',
    'its headers': head,
    'its body': `${head}content-length: 100\r\n\r\n{"batch`,
    'a chunk': `${head}transfer-encoding: chunked\r\n\r\n40\r\n{"batch`,
  };
  for (const [where, bytes] of Object.entries(stuckIn)) {
    const server = await startServer(t);
    const socket = await connectionTo(t, server);
    await new Promise((resolve) => socket.write(bytes, resolve));
    await t.test(where, () => stopInTime(t, server));
  }
});

test('a client that reads no answers does not delay the end', async (t) => {
  const server = await startServer(t);
  const socket = await connectionTo(t, server);
  socket.pause();
  const list = `${head}x-amz-target: AmazonPersonalize.ListBatchInferenceJobs\r\ncontent-length: 2\r\n\r\n{}`;
  for (let i = 0; i < 2_000; ++i) socket.write(list);
  await server.logged(/ListBatchInferenceJobs/);
  await stopInTime(t, server);
});

test('requests sent before the signal are answered', async (t) => {
  const server = await startServer(t);
  const answers = Array.from({ length: 20 }, () => call(server, 'ListBatchInferenceJobs'));
  await Promise.race(answers);
  const stopping = server.stop();
  const settled = await Promise.allSettled(answers);
  await stopping;
  for (const { status, value, reason } of settled) {
    if (status === 'fulfilled') assert.equal(value.status, 200);
    else assert.match(reason.code, /^ECONN(REFUSED|RESET)$/); // the request came too late to be accepted
  }
  assert.ok(settled.some(({ status }) => status === 'fulfilled'));
});

test('a second signal ends the server at once', async (t) => {
  const server = await startServer(t);
  const socket = await connectionTo(t, server);
  await new Promise((resolve) => socket.write(`${head}content-length: 100\r\n\r\n{"batch`, resolve));
  server.process.kill('SIGTERM');
  await until('the port to close', async () => !(await isOpen(server)));
  if (server.exit) return; // the server has ended without waiting for the client
  const took = await server.stop('SIGINT');
  assert.ok(took < 1_000 + (await slackMs(t)), `${took} ms`);
});

const skip = process.env.TSAN_OPTIONS !== undefined && 'TSan itself waits for the log when a program ends';
test('a log that is never read blocks neither requests nor the end', { skip }, async (t) => {
  const server = await startServer(t, { readStderr: false });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  t.after(() => agent.destroy());
  const request = () =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonPersonalize.ListBatchInferenceJobs',
      };
      const request = http.request(server.url, { method: 'POST', headers, agent }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode));
      });
      request.once('error', reject).end('{}');
    });
  const statuses = new Set(await Promise.all(Array.from({ length: 5_000 }, request)));
  assert.deepEqual([...statuses], [200]);
  await stopInTime(t, server);
});

test('a closed output does not end the server', async (t) => {
  const server = await startServer(t);
  server.process.stdout.destroy();
  server.process.stderr.destroy();
  for (let i = 0; i < 20; ++i) assert.equal((await call(server, 'ListBatchInferenceJobs')).status, 200);
});
