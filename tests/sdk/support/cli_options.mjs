// For tests of the CLI: one server for a whole file, a server with HTTPS, a terminal, and a port that never accepts.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { aws } from './cli.mjs';
import { atEnd, runCommand, startServer, temporaryFolder } from './server.mjs';
import { control, send } from './wire.mjs';

/** Starts a server before the tests of a file and ends it after them. Returns a function that returns the server. */
export function serverOfFile(options) {
  let server;
  const ends = [];
  before(async () => {
    server = await startServer({ after: (end) => ends.push(end) }, options);
  });
  after(() => Promise.all(ends.map((end) => end())));
  return () => server;
}

/**
 * A server that also speaks HTTPS with a generated certificate: its `httpsUrl`, and the `caFile` to trust. Its files
 * are removed after the test.
 */
export async function httpsServer(t, { flags = [], ...options } = {}) {
  const HOME = await temporaryFolder(t);
  const server = await startServer(t, {
    ...options,
    flags: ['--tls-cert', 'auto', '--tls-port', '0', ...flags],
    env: { HOME, XDG_DATA_HOME: HOME, ...options.env },
  });
  const { tls } = await control(server, 'GET', 'health');
  server.tls = tls;
  server.httpsUrl = `https://127.0.0.1:${tls.port}`;
  server.caFile = join(HOME, 'downloaded.pem');
  await writeFile(server.caFile, (await send(`${server.url}/_local/ca.pem`)).body);
  return server;
}

const script = '/usr/bin/script';

/** Why a test that needs a terminal is skipped, or false. */
export const skipWithoutTerminal = !existsSync(script) && `there is no ${script}, which gives a command a terminal`;

/** Runs `aws` on a terminal; everything that it shows there is in `stdout`. */
export function onTerminal(args, env) {
  const quoted = [aws, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const options = ['--quiet', '--return', '--command', quoted, '/dev/null'];
  return runCommand(script, options, { env: { TERM: 'xterm', ...env } });
}

/** A loopback port to which no connection succeeds: its listener never accepts, and its queue is full. */
export async function fullPort(t) {
  const listen = `
    const { writeSync } = require('node:fs');
    const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const listener = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'ignore'] });
  atEnd(t, () => listener.kill('SIGKILL'));
  const port = Number(String((await once(listener.stdout, 'data'))[0]));

  const waiting = Array.from({ length: 8 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  atEnd(t, () => waiting.forEach((socket) => socket.destroy()));
  await Promise.all(waiting.slice(0, 2).map((socket) => once(socket, 'connect')));
  return port;
}
