// `personalize-local healthcheck`: what an image's HEALTHCHECK runs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { atEnd, runProgram, startServer, temporaryFolder } from './support/server.mjs';

/** Runs a healthcheck and returns its exit code. */
const codeOf = async (args, env) => (await runProgram(['healthcheck', ...args], { env })).code;

/** Starts another listener, closed with the test, and returns its port. */
async function listening(t, server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => server.close());
  return server.address().port;
}

test('the healthcheck finds a server by flags, by variables and by --url', async (t) => {
  const { port } = await startServer(t);
  assert.equal(await codeOf(['--port', port]), 0);
  assert.equal(await codeOf(['--host', '127.0.0.1', '--port', port]), 0);
  assert.equal(await codeOf([], { PERSONALIZE_LOCAL_PORT: String(port) }), 0);
  for (const path of ['', '/', '/_local/health']) {
    assert.equal(await codeOf(['--url', `http://127.0.0.1:${port}${path}`]), 0, path);
  }
  assert.equal(await codeOf(['--url', `http://localhost:${port}`]), 0);
});

test('the healthcheck finds a server that listens on all addresses', async (t) => {
  for (const host of ['0.0.0.0', '::']) {
    const server = await startServer(t, { flags: ['--host', host] }).catch((error) => error);
    if (server instanceof Error && host === '::') return t.diagnostic('there is no IPv6 here');
    assert.equal(await codeOf(['--host', host, '--port', server.port]), 0, host);
  }
});

test('--url overrides flags and variables', async (t) => {
  const { url } = await startServer(t);
  assert.equal(await codeOf(['--url', url, '--port', '1'], { PERSONALIZE_LOCAL_PORT: '2' }), 0);
});

test('the flags of serve are accepted', async (t) => {
  const { port } = await startServer(t);
  const env = {
    PERSONALIZE_LOCAL_PORT: String(port),
    PERSONALIZE_LOCAL_DB: '/data/personalize.db',
    PERSONALIZE_LOCAL_CALLS: '5',
  };
  assert.equal(await codeOf([], env), 0);
});

test('the exit code is 1 if nothing listens', async (t) => {
  const server = await startServer(t);
  await server.stop();
  assert.equal(await codeOf(['--port', server.port]), 1);
  const { code, stderr } = await runProgram(['healthcheck', '--url', server.url]);
  assert.equal(code, 1);
  assert.match(stderr, /^personalize-local: not ready: cannot connect to 127\.0\.0\.1:\d+: Connection refused\n$/);
});

test('the exit code is 1 if something else listens', async (t) => {
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

test('the exit code is 1 if the listener does not answer in time', async (t) => {
  const silent = net.createServer((socket) => atEnd(t, () => socket.destroy()));
  assert.equal(await codeOf(['--port', await listening(t, silent)]), 1);
});

test('the CA of the server or AWS_CA_BUNDLE makes an https URL trusted', async (t) => {
  const home = await temporaryFolder(t);
  const ours = { XDG_DATA_HOME: home };
  const { readyLine } = await startServer(t, { flags: ['--tls-cert', 'auto', '--tls-port', '0'], env: ours });
  const [url] = /https:\/\/[^ ]+/.exec(readyLine);
  for (const host of ['127.0.0.1', 'localhost']) {
    assert.equal(await codeOf(['--url', url.replace('127.0.0.1', host)], ours), 0, host);
  }
  const others = { XDG_DATA_HOME: await temporaryFolder(t) };
  const { code, stderr } = await runProgram(['healthcheck', '--url', url], { env: others });
  assert.equal(code, 1);
  assert.match(stderr, /is not trusted: .*AWS_CA_BUNDLE/);
  const bundle = join(home, 'personalize-local', 'ca.pem');
  assert.equal(await codeOf(['--url', url], { ...others, AWS_CA_BUNDLE: bundle }), 0);
  assert.equal(await codeOf(['--url', url], { ...ours, AWS_CA_BUNDLE: join(home, 'missing.pem') }), 2);
});

test('an invalid URL, or port 0, is a usage error', async () => {
  for (const args of [
    ['--url', 'localhost'],
    ['--url', 'ftp://localhost:1'],
    ['--url', 'http://'],
    ['--url', 'https://localhost:port'],
    ['--port', '0'],
  ]) {
    assert.equal(await codeOf(args), 2, args.join(' '));
  }
});
