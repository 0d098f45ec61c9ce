// Where `s3://` leads: what --s3 accepts, what it refuses before the server starts, and what becomes of a job whose
// endpoint is of no use.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import * as filmSchemas from './support/film_schemas.mjs';
import { arn, roleArn } from './support/personalize.mjs';
import { atEnd, folderOf, runProgram, startServer, temporaryFolder, until } from './support/server.mjs';
import { call, control, send } from './support/wire.mjs';

test('a store that cannot be meant is refused in one line, with advice, and leaves no database', async (t) => {
  const folder = await folderOf(t, { file: 'x' });
  const db = join(folder, 'new.db');
  const missing = join(folder, 'missing');
  const file = join(folder, 'file');
  const https = 'https://localhost:1';
  const cases = [
    [['--s3', missing], {}, `--s3 ${missing}: No such file or directory; create the folder, with a folder in it for `],
    [['--s3', file], {}, `--s3 ${file}: it is not a folder; create the folder, `],
    [['--s3', 'localhost:4566'], {}, '--s3 localhost:4566: No such file or directory; create the folder, '],
    [['--s3', 's3://films'], {}, "--s3: expected none, a folder, or an S3 endpoint such as http://localhost:4566, found"],
    [['--s3', https], { AWS_ACCESS_KEY_ID: 'a' }, 'AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY: set both for the '],
    [['--s3', https], { AWS_SECRET_ACCESS_KEY: 'a' }, 'AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID: set both for '],
    [['--s3', https], { AWS_CA_BUNDLE: missing }, 'AWS_CA_BUNDLE: '],
  ];
  for (const [flags, env, message] of cases) {
    const { code, stdout, stderr } = await runProgram(['--port', 0, '--db', db, ...flags], { env });
    assert.equal(code, 2, flags.join(' '));
    assert.equal(stdout, '');
    assert.ok(stderr.startsWith(`personalize-local: ${message}`), stderr);
    assert.equal(stderr.split('\n').length, 2, stderr);
    assert.ok(!existsSync(db), flags.join(' '));
  }
});

test('a folder or an endpoint that does not answer yet is no reason not to start', async (t) => {
  for (const where of [await temporaryFolder(t), 'http://127.0.0.1:1', 'https://127.0.0.1:1/storage', 'none']) {
    const server = await startServer(t, { flags: ['--s3', where, '--s3-timeout', '250ms'] });
    assert.equal((await send(`${server.url}/_local/health`)).status, 200, where);
    await server.stop();
  }
});

test('a healthcheck needs no folder', async (t) => {
  const server = await startServer(t);
  const missing = join(await temporaryFolder(t), 'missing');
  const env = { PERSONALIZE_LOCAL_S3: missing };
  const { code, stderr } = await runProgram(['healthcheck', '--url', server.url], { env });
  assert.equal(code, 0, stderr);
});

/** An endpoint that answers each request by `answer(response, request)`. Returns `{url, requests}`. */
async function startEndpoint(t, answer) {
  const requests = [];
  const server = http.createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    request.resume();
    answer(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

const dataset = arn('dataset/films/INTERACTIONS');
const world = {
  schemas: [{ schemaArn: arn('schema/films'), schema: filmSchemas.interactions }],
  datasetGroups: [{ datasetGroupArn: arn('dataset-group/films') }],
  datasets: [{ datasetArn: dataset, datasetGroupArn: arn('dataset-group/films'), schemaArn: arn('schema/films') }],
};

async function startImport(t, url, ...more) {
  const flags = ['--s3', url, '--pending', '0s', '--in-progress', '0s', ...more];
  const server = await startServer(t, { flags, world });
  const dataSource = { dataLocation: 's3://films/users.csv' };
  const input = { jobName: 'users', datasetArn: dataset, dataSource, roleArn };
  const { status, body } = await call(server, 'CreateDatasetImportJob', input);
  assert.equal(status, 200, body);
  return { server, job: JSON.parse(body).datasetImportJobArn };
}

const error = (status, code) => (response) => {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<Error><Code>${code}</Code><Message>Said by the test.</Message></Error>`);
};

const useless = {
  'a bucket that is missing': [error(404, 'NoSuchBucket'), /NoSuchBucket: Said by the test\. \(HTTP 404 from 127/],
  'a key that may not': [error(403, 'AccessDenied'), /AccessDenied: .*; signed with the access key 'test'/],
  'a wrong signature': [error(403, 'SignatureDoesNotMatch'), /SignatureDoesNotMatch: /],
  'errors again and again': [error(503, 'SlowDown'), /SlowDown: .* \(HTTP 503 from .*, [2-9] attempts in 1 s\)/],
  'connections that are cut': [(response) => response.destroy(), /closed the connection .*attempts in 1 s\)/],
  silence: [() => {}, /has sent nothing for /],
  'something else than S3': [(response) => response.end('hello'), /another form than S3: text outside of the root/],
};

for (const [what, [answer, reason]] of Object.entries(useless)) {
  test(`a job fails, and says why: ${what}`, async (t) => {
    const endpoint = await startEndpoint(t, answer);
    const { server, job } = await startImport(t, endpoint.url, '--s3-timeout', '1s');
    await control(server, 'GET', `wait?arn=${job}&status=CREATE%20FAILED&timeout=60s`);
    const { body } = await call(server, 'DescribeDatasetImportJob', { datasetImportJobArn: job });
    const { failureReason } = JSON.parse(body).datasetImportJob;
    assert.match(failureReason, reason);
    assert.match(failureReason, /^s3:\/\/films\/users\.csv: /);
  });
}

test('a server stops in time while its store is silent', async (t) => {
  const endpoint = await startEndpoint(t, () => {});
  const { server } = await startImport(t, endpoint.url, '--s3-timeout', '1h');
  await until('a request to the store', () => endpoint.requests.length > 0);
  assert.ok((await server.stop()) < 2000);
});
