// `personalize-local healthcheck`: what an image's HEALTHCHECK runs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { atEnd, runProgram, startServer } from './support/server.mjs';

/** The exit code of a healthcheck. */
const codeOf = async (args, env) => (await runProgram(['healthcheck', ...args], { env })).code;

/** Something else that listens, closed with the test: its port. */
async function listening(t, server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => server.close());
  return server.address().port;
}

test('it finds a server by flags, by variables and by --url', async (t) => {
  const { port } = await startServer(t);
  assert.equal(await codeOf(['--port', port]), 0);
  assert.equal(await codeOf(['--host', '127.0.0.1', '--port', port]), 0);
  assert.equal(await codeOf([], { PERSONALIZE_LOCAL_PORT: String(port) }), 0);
  for (const path of ['', '/', '/_local/health']) {
    assert.equal(await codeOf(['--url', `http://127.0.0.1:${port}${path}`]), 0, path);
  }
  assert.equal(await codeOf(['--url', `http://localhost:${port}`]), 0);
});

test('a server that listens everywhere is found from within', async (t) => {
  for (const host of ['0.0.0.0', '::']) {
    const server = await startServer(t, { flags: ['--host', host] }).catch((error) => error);
    if (server instanceof Error && host === '::') return t.diagnostic('there is no IPv6 here');
    assert.equal(await codeOf(['--host', host, '--port', server.port]), 0, host);
  }
});

test('--url beats flags and variables', async (t) => {
  const { url } = await startServer(t);
  assert.equal(await codeOf(['--url', url, '--port', '1'], { PERSONALIZE_LOCAL_PORT: '2' }), 0);
});

test('the flags that serve has do not disturb it', async (t) => {
  const { port } = await startServer(t);
  const env = {
    PERSONALIZE_LOCAL_PORT: String(port),
    PERSONALIZE_LOCAL_DB: '/data/personalize.db',
    PERSONALIZE_LOCAL_CALLS: '5',
  };
  assert.equal(await codeOf([], env), 0);
});

test('where nothing listens it says 1', async (t) => {
  const server = await startServer(t);
  await server.stop();
  assert.equal(await codeOf(['--port', server.port]), 1);
  assert.equal(await codeOf(['--url', server.url]), 1);
});

test('where something else listens it says 1', async (t) => {
  const others = {
    'another service': http.createServer((request, response) => response.end('{"status":"ok"}')),
    'a service that is not ready': http.createServer((request, response) => response.end('{"ready":false}')),
    'a service in trouble': http.createServer((request, response) => response.writeHead(503).end('{"ready":true}')),
    'nothing that speaks HTTP': net.createServer((socket) => socket.end('220 mail ready\r\n')),
  };
  for (const [what, other] of Object.entries(others)) {
    assert.equal(await codeOf(['--port', await listening(t, other)]), 1, what);
  }
});

test('where somebody listens and says nothing it says 1, after a while', async (t) => {
  const silent = net.createServer((socket) => atEnd(t, () => socket.destroy()));
  assert.equal(await codeOf(['--port', await listening(t, silent)]), 1);
});

test('a URL that is none, or a port that can be any, is a wrong call', async () => {
  for (const args of [
    ['--url', 'localhost'],
    ['--url', 'ftp://localhost:1'],
    ['--url', 'http://'],
    ['--port', '0'],
  ]) {
    assert.equal(await codeOf(args), 2, args.join(' '));
  }
});
