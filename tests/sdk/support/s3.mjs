// What may stand for S3 in a test, until the test ends: a folder, s3rver in this process, and moto's server where
// Python has it. Each start function makes empty buckets of these names, and returns `{url, env, files}`: what --s3
// takes, the variables with the key, and the objects of a bucket, past the program.
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import S3rver from 's3rver';
import { Child, atEnd, cleanEnvironment, runCommand, temporaryFolder, until } from './server.mjs';

/** The objects of a bucket in a folder. */
function filesIn(root) {
  const put = async (key, text) => {
    await mkdir(dirname(join(root, key)), { recursive: true });
    await writeFile(join(root, key), text);
  };
  const get = (key) => readFile(join(root, key), 'utf8');
  const keys = async () => {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map(({ path, name }) => relative(root, join(path, name)).replaceAll(sep, '/')).sort();
  };
  return { put, get, keys };
}

/** What moto knows the service by. The signature is none. */
function signedFor(service) {
  const credential = `test/20260101/us-east-1/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` };
}

/** The objects of a bucket at an endpoint that checks no signature, with keys that need no encoding. */
function filesAt(url, headers) {
  const request = async (path, options) => {
    const response = await fetch(`${url}${path}`, { ...options, headers });
    const text = await response.text();
    assert.equal(response.status, 200, `${path}: ${text}`);
    return text;
  };
  const put = (key, body) => request(`/${key}`, { method: 'PUT', body });
  const get = (key) => request(`/${key}`);
  const keys = async () => [...(await request('?list-type=2')).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
  return { put, get, keys };
}

/** A folder with a folder for each bucket. */
export async function startFolder(t, buckets) {
  const url = await temporaryFolder(t);
  for (const name of buckets) await mkdir(join(url, name));
  return { url, env: {}, files: (bucket) => filesIn(join(url, bucket)) };
}

/** It knows one key, and checks its name alone. */
export async function startS3rver(t, buckets = []) {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: await temporaryFolder(t),
    configureBuckets: buckets.map((name) => ({ name })),
  });
  const { port } = await server.run();
  atEnd(t, () => server.close());
  const env = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };
  const url = `http://127.0.0.1:${port}`;
  return { url, env, files: (bucket) => filesAt(`${url}/${bucket}`, {}) };
}

const hasMoto = (await runCommand('python3', ['-c', 'import moto.server']).catch(() => ({ code: 1 }))).code === 0;

/** The reason to skip a test that needs moto's server, or false. */
export const skipWithoutMoto = !hasMoto && "Python has no moto with its server: pip install 'moto[s3,server]'";

async function runMoto(t, env) {
  const args = ['-m', 'moto.server', '-H', '127.0.0.1', '-p', 0];
  const server = new Child('python3', args, { env: cleanEnvironment(env) });
  atEnd(t, async () => {
    server.process.kill('SIGKILL');
    await server.end();
  });
  const address = /Running on (http:\/\/127\.0\.0\.1:\d+)/;
  const [, url] = await until('the address of moto', () => {
    assert.ok(!server.exit, `moto has ended: ${server.stderr}`);
    return address.exec(server.stderr + server.stdout);
  });
  return url;
}

async function makeBucket(url, name) {
  const { status } = await fetch(`${url}/${name}`, { method: 'PUT', headers: signedFor('s3') });
  assert.equal(status, 200, name);
}

/** It takes any key. */
export async function startMoto(t, buckets = []) {
  const url = await runMoto(t, {});
  for (const name of buckets) await makeBucket(url, name);
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  return { url, env, files: (bucket) => filesAt(`${url}/${bucket}`, signedFor('s3')) };
}

/** It accepts only requests that are signed by the key in `env`. Its objects cannot be had past the program. */
export async function startStrictMoto(t, buckets = []) {
  const allowed = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  });
  const calls = [
    { Action: 'CreateUser', UserName: 'anna' },
    { Action: 'PutUserPolicy', UserName: 'anna', PolicyName: 'all', PolicyDocument: allowed },
    { Action: 'CreateAccessKey', UserName: 'anna' },
  ];
  // After so many requests, each must be signed.
  const url = await runMoto(t, { INITIAL_NO_AUTH_ACTION_COUNT: String(calls.length + buckets.length) });
  for (const name of buckets) await makeBucket(url, name);
  let answer;
  for (const call of calls) {
    const body = new URLSearchParams({ Version: '2010-05-08', ...call });
    const response = await fetch(url, { method: 'POST', headers: signedFor('iam'), body });
    answer = await response.text();
    assert.equal(response.status, 200, answer);
  }
  const [, id] = /<AccessKeyId>(.*)<\/AccessKeyId>/.exec(answer);
  const [, secret] = /<SecretAccessKey>(.*)<\/SecretAccessKey>/.exec(answer);
  return { url, env: { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } };
}

/** All that may stand for S3, by name. */
export const stores = {
  'a folder': { start: startFolder, skip: false },
  s3rver: { start: startS3rver, skip: false },
  "moto's server": { start: startMoto, skip: skipWithoutMoto },
};
