// The store of objects against doubles of S3 that people use, and against a folder: the same calls, the same results.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { skipWithoutMoto, startFolder, startS3rver, startStrictMoto, stores } from './support/s3.mjs';
import { cleanEnvironment, until } from './support/server.mjs';

const probe = process.env.S3_PROBE;
if (!probe) throw new Error('S3_PROBE must name the program s3_probe of the tests');

const mebibyte = 1 << 20;

/** Runs the probe with a content for stdin: `{code, stdout, stderr}`, stdout as bytes. */
async function run({ url, env }, args, content = '') {
  const child = spawn(probe, [url, ...args], { env: cleanEnvironment(env) });
  const [stdout, stderr] = [[], []];
  child.stdout.on('data', (piece) => stdout.push(piece));
  child.stderr.on('data', (piece) => stderr.push(piece));
  child.stdin.on('error', () => {}); // a probe that fails does not read on
  child.stdin.end(content);
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs the probe, which must succeed, and returns what it prints. */
async function done(store, args, content) {
  const { code, stdout, stderr } = await run(store, args, content);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}

async function failed(store, args, content) {
  const { code, stderr } = await run(store, args, content);
  assert.equal(code, 1, args.join(' '));
  return stderr;
}

const lines = (bytes) => bytes.toString().split('\n').filter(Boolean);

// s3rver makes the token of the next page with a cipher that Node has no more.
const pageless = { s3rver: 's3rver has no second page' };

for (const [name, { start, skip }] of Object.entries(stores)) {
  test(`${name}: objects are written, listed and read`, { skip }, async (t) => {
    const store = await start(t, ['films']);
    const keys = ['in/a b+c&d.json', 'in/users.json', 'in/ä€😀/%25?#.json', 'out/_CHECK', "out/it's <here>.out"];
    for (const key of keys) await done(store, ['put', 'films', key], `content of ${key}`);
    const sizeOf = (key) => Buffer.byteLength(`content of ${key}`);
    const expected = (prefix) =>
      keys.filter((key) => key.startsWith(prefix)).map((key) => `${key} ${sizeOf(key)}`).sort();
    for (const prefix of ['', 'in/', 'in/u', 'out', 'none']) {
      assert.deepEqual(lines(await done(store, ['list', 'films', prefix])).sort(), expected(prefix), prefix);
    }
    for (const key of keys) assert.equal((await done(store, ['get', 'films', key])).toString(), `content of ${key}`);
    await done(store, ['put', 'films', 'in/users.json'], '');
    assert.equal((await done(store, ['get', 'films', 'in/users.json'])).length, 0, 'an object can be replaced');
  });

  test(`${name}: a long object is written in parts and read in pieces`, { skip }, async (t) => {
    const store = await start(t, ['films']);
    const content = Buffer.alloc(17 * mebibyte + 5);
    for (let i = 0; i + 4 <= content.length; i += 4) content.writeUInt32LE(i, i);
    await done(store, ['put', 'films', 'long'], content);
    assert.ok((await done(store, ['get', 'films', 'long'])).equals(content));
    assert.deepEqual(lines(await done(store, ['list', 'films', 'long'])), [`long ${content.length}`]);
  });

  test(`${name}: more objects are listed than a page has`, { skip: skip || pageless[name] }, async (t) => {
    const store = await start(t, ['films']);
    const names = Array.from({ length: 1_050 }, (_, i) => String(i).padStart(5, '0'));
    await done(store, ['fill', 'films', 'many/'], names.map((each) => `${each}\n`).join(''));
    assert.deepEqual(lines(await done(store, ['list', 'films', 'many/'])), names.map((each) => `many/${each} 1`));
  });

  test(`${name}: what is not there is reported by name`, { skip }, async (t) => {
    const store = await start(t, ['films']);
    assert.match(await failed(store, ['get', 'films', 'none']), /^s3:\/\/films\/none: NoSuchKey: .+\n$/);
    assert.match(await failed(store, ['get', 'no-bucket', 'none']), /^s3:\/\/no-bucket\/none: NoSuchBucket: .+\n$/);
    assert.match(await failed(store, ['list', 'no-bucket', 'in/']), /^s3:\/\/no-bucket\/in\/: NoSuchBucket: .+\n$/);
    assert.match(await failed(store, ['put', 'no-bucket', 'a'], 'x'), /^s3:\/\/no-bucket\/a: NoSuchBucket: .+\n$/);
  });
}

const advice = (id) => `; signed with the access key '${id}' from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;

test('s3rver: an unknown key is refused with advice', async (t) => {
  const { url } = await startS3rver(t, ['films']);
  const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const error = await failed({ url, env }, ['list', 'films', 'in/']);
  assert.match(error, /^s3:\/\/films\/in\/: InvalidAccessKeyId: .* \(HTTP 403 from 127\.0\.0\.1:\d+\)/);
  assert.ok(error.includes(advice('test')), error);
});

// Moto checks the signatures of plain names alone: it refuses boto3 where a name has characters that are encoded.
test("moto's server: signatures are accepted, a wrong secret is refused", { skip: skipWithoutMoto }, async (t) => {
  const { url, env } = await startStrictMoto(t, ['films']);
  await done({ url, env }, ['put', 'films', 'in/a-1.json'], 'content');
  await done({ url, env }, ['put', 'films', 'in/long'], Buffer.alloc(9 * mebibyte));
  assert.equal((await done({ url, env }, ['get', 'films', 'in/a-1.json'])).toString(), 'content');
  assert.equal(lines(await done({ url, env }, ['list', 'films', 'in'])).length, 2);
  const wrong = { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' };
  for (const args of [['list', 'films', 'in'], ['get', 'films', 'in'], ['put', 'films', 'in']]) {
    const error = await failed({ url, env: wrong }, args, 'x');
    assert.match(error, /^s3:\/\/films\/in: SignatureDoesNotMatch: .* \(HTTP 403 from 127\.0\.0\.1:\d+\)/);
    assert.ok(error.includes(advice(env.AWS_ACCESS_KEY_ID)), error);
  }
});

test('a store in a folder leaves no trace of a writer that is killed, once another one writes', async (t) => {
  const store = await startFolder(t, ['films']);
  const child = spawn(probe, [store.url, 'put', 'films', 'out/a'], { env: cleanEnvironment() });
  child.stdin.write(Buffer.alloc(mebibyte));
  const bucket = join(store.url, 'films');
  const findTemporary = async () => (await readdir(bucket)).find((name) => name.endsWith('.part'));
  const temporary = await until('a temporary file', findTemporary);
  assert.deepEqual(lines(await done(store, ['list', 'films', ''])), [], `${temporary} is listed`);
  const end = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await end;
  assert.deepEqual(await readdir(bucket), [temporary]);
  await done(store, ['put', 'films', 'out/b'], 'x');
  assert.deepEqual(await readdir(bucket), ['out']);
});
