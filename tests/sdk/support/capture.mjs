// A strict server that is captured, and runs of the command.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { join } from 'node:path';
import { httpsServer } from './cli_options.mjs';
import { atEnd, folderOf, runProgram } from './server.mjs';
import { send } from './wire.mjs';

const secrets = { local: 'local', 123456789012: 'of/the+owner', ASIAIOSFODNN7EXAMPLE: 'of/a+session' };
const token = 'AQo/DY+Xdz==';

const profiles =
  Object.entries(secrets)
    .map(([key, secret]) => `[${key}]\naws_access_key_id = ${key}\naws_secret_access_key = ${secret}\n`)
    .join('') + `aws_session_token = ${token}\n`;

/** A server that verifies signatures and speaks HTTPS too, with the keys of `secrets`. */
export async function startSource(t, { flags = [], world = {} } = {}) {
  const folder = await folderOf(t, { credentials: profiles, 'world.json': world });
  const credentials = join(folder, 'credentials');
  const common = ['--auth', 'sigv4', '--credentials', credentials, '--fixtures', folder];
  const server = await httpsServer(t, { flags: [...common, ...flags] });
  return Object.assign(server, { credentials });
}

/** The environment of a capture of this server, with one of its keys and no file of the user. */
export const environmentOf = (server, key = 'local') => ({
  AWS_ACCESS_KEY_ID: key,
  AWS_SECRET_ACCESS_KEY: secrets[key],
  AWS_REGION: 'us-east-1',
  AWS_CA_BUNDLE: server.caFile,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
});

/** Captures a server: `{code, stdout, stderr}`. */
export async function capture(server, args = [], { env = {}, url = server.httpsUrl, key } = {}) {
  const environment = { ...environmentOf(server, key), ...env };
  const run = await runProgram(['capture', '--endpoint-url', url, ...args], { env: environment });
  for (const secret of [secrets[123456789012], secrets.ASIAIOSFODNN7EXAMPLE, token]) {
    assert.ok(!`${run.stdout}${run.stderr}`.includes(secret), 'a secret is printed');
  }
  return run;
}

/** The warnings of a run, without the name of the program. */
export const warningsOf = ({ stderr }) =>
  [...stderr.matchAll(/^personalize-local: warning: (.*)$/gm)].map(([, text]) => text);

/** A capture that must be complete: its document. */
export async function captured(server, args, options) {
  const run = await capture(server, args, options);
  assert.deepEqual([run.code, warningsOf(run)], [0, []], run.stderr);
  return run.stdout;
}

/** Writes the document to a file that `check-fixtures` accepts, and returns its path. */
export async function checkedFile(t, document) {
  const file = join(await folderOf(t, { 'captured.json': document }), 'captured.json');
  const { code, stdout, stderr } = await runProgram(['check-fixtures', file]);
  assert.deepEqual([code, stderr], [0, ''], stderr);
  assert.match(stdout, /resources, all valid\n$/);
  return file;
}

/** An HTTP proxy in front of the server: its `url`, `most`, the most calls at once, and `all`, the number of calls. */
export async function countingProxy(t, server) {
  const counts = { open: 0, most: 0, all: 0 };
  const proxy = http.createServer(async (request, response) => {
    counts.all += 1;
    counts.most = Math.max(counts.most, (counts.open += 1));
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const { method, headers } = request;
    const answer = await send(server.url, { method, headers, body: Buffer.concat(pieces) });
    counts.open -= 1; // before the client can know the answer and make its next call
    response.writeHead(answer.status).end(answer.body);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  atEnd(t, () => proxy.close());
  return Object.assign(counts, { url: `http://127.0.0.1:${proxy.address().port}` });
}
