// A server that cannot start prints one line with the problem, its place and its remedy, and leaves no files behind.
// Wrong flags and variables are tested in program.test.mjs, the content of fixtures in fixtures.test.mjs, and the
// content of credentials in signatures.test.mjs.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, open, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { httpsServer } from './support/cli_options.mjs';
import { atEnd, runProgram, startServer, temporaryFolder } from './support/server.mjs';

const asRoot = process.getuid?.() === 0 && 'root may read and write everything';

/** Every file below a folder: its path and content. */
async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path, 'base64').catch(() => 'unreadable')));
  return Object.fromEntries(paths.map((path, i) => [path, contents[i]]));
}

/** Runs the program in a folder. It must fail and change no file. Returns the lines of stderr without the log. */
async function refused(t, folder, args, env) {
  const before = await filesIn(folder);
  const HOME = await temporaryFolder(t);
  const { code, stdout, stderr } = await runProgram(['--port', '0', ...args], { cwd: folder, env: { HOME, ...env } });
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.deepEqual(Object.keys(await filesIn(folder)).sort(), Object.keys(before).sort(), 'other files are there now');
  assert.deepEqual(await filesIn(folder), before, 'a file has changed');
  return stderr.split('\n').filter((line) => line !== '' && !/^\d{4}-\d\d-\d\dT/.test(line));
}

/** Asserts that the start is refused with one line that has all of these words. */
async function assertTold(t, folder, args, words, env) {
  const lines = await refused(t, folder, args, env);
  assert.equal(lines.length, 1, lines.join('\n'));
  assert.match(lines[0], /^personalize-local: /);
  for (const word of words) assert.ok(lines[0].includes(word), `no ${word} in ${lines[0]}`);
}

/** A port with a listener, for the duration of the test. */
async function takenPort(t) {
  const other = net.createServer((socket) => socket.destroy());
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  atEnd(t, () => other.close());
  return other.address().port;
}

/** A database that a server has created, with these four bytes of its header changed. */
async function databaseWith(t, file, changes = {}) {
  await (await startServer(t, { flags: ['--db', file] })).stop();
  const handle = await open(file, 'r+');
  for (const [offset, value] of Object.entries(changes)) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(value);
    await handle.write(bytes, 0, 4, Number(offset));
  }
  await handle.close();
}
// Offsets in the header: https://www.sqlite.org/fileformat2.html#the_database_header
const userVersion = 60;
const applicationId = 68;

// --- ports -----------------------------------------------------------------------------------------------------------

test('a port that is in use', async (t) => {
  const port = String(await takenPort(t));
  const words = [port, 'is taken', 'stop what listens', 'another --port'];
  await assertTold(t, await temporaryFolder(t), ['--port', port], words);
});

test('an address that this machine does not have', async (t) => {
  await assertTold(t, await temporaryFolder(t), ['--host', '192.0.2.1'], ['192.0.2.1', 'another --host']);
});

test('an HTTPS port that is in use', async (t) => {
  const port = String(await takenPort(t));
  const words = [port, 'is taken', 'stop what listens', 'another --tls-port'];
  await assertTold(t, await temporaryFolder(t), ['--tls-cert', 'auto', '--tls-port', port], words);
});

test('the same port for HTTP and HTTPS', async (t) => {
  const port = String(await takenPort(t));
  const args = ['--tls-cert', 'auto', '--port', port, '--tls-port', port];
  await assertTold(t, await temporaryFolder(t), args, ['--tls-port is --port', 'a port each']);
});

// --- fixtures --------------------------------------------------------------------------------------------------------

test('a missing fixture', async (t) => {
  const words = ['jobs.json', 'expected a file or a folder'];
  await assertTold(t, await temporaryFolder(t), ['--fixtures', 'jobs.json'], words);
});

test('a fixture that is not JSON', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'jobs.json'), '{\n  "batchInferenceJob": {},\n}\n');
  await assertTold(t, folder, ['--fixtures', 'jobs.json'], ['jobs.json', 'expected JSON', 'line 3, column 1']);
});

test('a folder without fixtures', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'worlds'));
  await assertTold(t, folder, ['--fixtures', 'worlds'], ['worlds', 'expected at least one *.json']);
});

test('an unreadable fixture', { skip: asRoot }, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'jobs.json'), '{}');
  await chmod(join(folder, 'jobs.json'), 0o000);
  await assertTold(t, folder, ['--fixtures', 'jobs.json'], ['jobs.json', 'can be read']);
});

test('several bad fixtures, one line each', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'cut.json'), '{"batchInferenceJob":');
  await writeFile(join(folder, 'list.json'), '[]');
  const paths = ['missing.json', 'cut.json', 'list.json'];
  const lines = await refused(t, folder, paths.flatMap((path) => ['--fixtures', path]));
  assert.deepEqual(
    lines.map((line) => /^personalize-local: ([^:#]+)/.exec(line)?.[1]),
    paths,
  );
});

// --- the database ----------------------------------------------------------------------------------------------------

test('a database in a missing folder', async (t) => {
  await assertTold(t, await temporaryFolder(t), ['--db', 'data/local.db'], ["'data/local.db'", "create 'data'"]);
});

test('a database below a file', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'data'), '');
  await assertTold(t, folder, ['--db', 'data/local.db'], ["'data'", 'no folder', 'another file']);
});

test('a database that is a folder', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'data'));
  await assertTold(t, folder, ['--db', 'data'], ["'data'", 'is a folder', 'name a file']);
});

test('a database in a read-only folder', { skip: asRoot }, async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'data'), { mode: 0o555 });
  await assertTold(t, folder, ['--db', 'data/local.db'], ["'data/local.db'", 'let this user write', 'another file']);
});

test('a read-only database', { skip: asRoot }, async (t) => {
  const folder = await temporaryFolder(t);
  await databaseWith(t, join(folder, 'local.db'));
  await chmod(join(folder, 'local.db'), 0o444);
  await assertTold(t, folder, ['--db', 'local.db'], ["'local.db'", 'cannot be written', 'let this user write']);
});

test('a file that is not a database', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'local.db'), 'a letter to my grandmother, which is no database');
  await assertTold(t, folder, ['--db', 'local.db'], ["'local.db'", 'not an SQLite database', 'another file']);
});

test("another program's database", async (t) => {
  const folder = await temporaryFolder(t);
  await databaseWith(t, join(folder, 'local.db'), { [applicationId]: 7 });
  await assertTold(t, folder, ['--db', 'local.db'], ["'local.db'", "another program's", 'another file']);
});

test('a database of a newer program', async (t) => {
  const folder = await temporaryFolder(t);
  await databaseWith(t, join(folder, 'local.db'), { [userVersion]: 99 });
  const words = ["'local.db'", 'version 99', 'use a newer personalize-local', 'another file'];
  await assertTold(t, folder, ['--db', 'local.db'], words);
});

test('a database that another process has open', async (t) => {
  const folder = await temporaryFolder(t);
  await startServer(t, { flags: ['--db', join(folder, 'local.db')] });
  await assertTold(t, folder, ['--db', 'local.db'], ["'local.db'", 'another process', 'stop that one', 'another file']);
});

test('a database behind a broken link', async (t) => {
  const folder = await temporaryFolder(t);
  await symlink('missing/local.db', join(folder, 'local.db'));
  await assertTold(t, folder, ['--db', 'local.db'], ["'local.db'", 'another file']);
});

for (const [what, flags] of Object.entries({
  'a bad fixture': () => ['--fixtures', 'missing.json'],
  'a taken port': async (t) => ['--port', await takenPort(t)],
  'a bad certificate': () => ['--tls-cert', 'missing.pem', '--tls-key', 'missing.pem'],
})) {
  test(`with ${what} no database is created`, async (t) => {
    const lines = await refused(t, await temporaryFolder(t), ['--db', 'new.db', ...(await flags(t))]);
    assert.equal(lines.length, 1, lines.join('\n'));
  });
}

// --- HTTPS -----------------------------------------------------------------------------------------------------------

let certificate;
const someKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const key = someKey.export({ type: 'pkcs8', format: 'pem' });
const lockedKey = someKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' });

before(async () => {
  const ends = [];
  const { caFile } = await httpsServer({ after: (end) => ends.push(end) });
  certificate = await readFile(caFile, 'utf8');
  for (const end of ends) await end();
});

const text = 'a letter to my grandmother, which is no PEM';

/** The message about each pair of files, and about flags without others. */
const withTls = {
  'a certificate without its key': [['--tls-cert', 'cert.pem'], ['--tls-cert without --tls-key', 'auto']],
  'a key without its certificate': [['--tls-key', 'key.pem'], ['--tls-key without --tls-cert', "key's certificate"]],
  'a port for HTTPS without a certificate': [['--tls-port', '0'], ['--tls-port without --tls-cert', '--tls-cert auto']],
  'a name without a certificate': [['--tls-name', 'sidecar'], ['--tls-name without --tls-cert auto']],
  'a name for a given certificate': [
    ['--tls-cert', 'cert.pem', '--tls-key', 'key.pem', '--tls-name', 'sidecar'],
    ['--tls-name without --tls-cert auto'],
  ],
  'a key for a certificate of its own making': [
    ['--tls-cert', 'auto', '--tls-key', 'key.pem'],
    ['--tls-key with --tls-cert auto', 'leave out one'],
  ],
  'a certificate that is not there': [
    ['--tls-cert', 'missing.pem', '--tls-key', 'key.pem'],
    ['--tls-cert missing.pem', 'No such file', 'PEM'],
  ],
  'a key that is not there': [
    ['--tls-cert', 'cert.pem', '--tls-key', 'missing.pem'],
    ['--tls-key missing.pem', 'No such file', 'PEM'],
  ],
  'a certificate that is a folder': [
    ['--tls-cert', 'folder', '--tls-key', 'key.pem'],
    ['--tls-cert folder', 'PEM'],
  ],
  'a key that is a folder': [
    ['--tls-cert', 'cert.pem', '--tls-key', 'folder'],
    ['--tls-key folder', 'PEM'],
  ],
  'a certificate that is none': [
    ['--tls-cert', 'text.pem', '--tls-key', 'key.pem'],
    ['--tls-cert text.pem', 'a certificate in PEM'],
  ],
  'a key in the place of a certificate': [
    ['--tls-cert', 'key.pem', '--tls-key', 'key.pem'],
    ['--tls-cert key.pem', 'a certificate in PEM'],
  ],
  'a key that is none': [
    ['--tls-cert', 'cert.pem', '--tls-key', 'text.pem'],
    ['--tls-key text.pem', 'private key in PEM'],
  ],
  'a key with a passphrase': [
    ['--tls-cert', 'cert.pem', '--tls-key', 'locked.pem'],
    ['--tls-key locked.pem', 'with a passphrase', 'takes it off'],
  ],
  "another certificate's key": [
    ['--tls-cert', 'cert.pem', '--tls-key', 'key.pem'],
    ['--tls-key key.pem', '--tls-cert cert.pem'],
  ],
};

for (const [what, [args, words]] of Object.entries(withTls)) {
  test(what, async (t) => {
    const folder = await temporaryFolder(t);
    const files = { 'cert.pem': certificate, 'key.pem': key, 'locked.pem': lockedKey, 'text.pem': text };
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await mkdir(join(folder, 'folder'));
    await assertTold(t, folder, args, words);
  });
}

// --- signatures ------------------------------------------------------------------------------------------------------

test('signatures without credentials', async (t) => {
  const words = ['--auth sigv4 without --credentials', 'give the file'];
  await assertTold(t, await temporaryFolder(t), ['--auth', 'sigv4'], words);
});

test('credentials without signatures', async (t) => {
  const words = ['--credentials without --auth sigv4', 'leave out --credentials'];
  await assertTold(t, await temporaryFolder(t), ['--credentials', 'credentials'], words);
});

test('credentials that are missing or a folder', async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'folder'));
  for (const path of ['missing', 'folder']) {
    await assertTold(t, folder, ['--auth', 'sigv4', '--credentials', path], ['--credentials', path]);
  }
});

test('credentials without a key', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'credentials'), '[default]\nregion = us-east-1\n');
  const words = ['credentials', 'no key', 'aws_access_key_id', 'aws_secret_access_key'];
  await assertTold(t, folder, ['--auth', 'sigv4', '--credentials', 'credentials'], words);
});

test('unreadable credentials', { skip: asRoot }, async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'credentials'), '[default]\n', { mode: 0o000 });
  await assertTold(t, folder, ['--auth', 'sigv4', '--credentials', 'credentials'], ['--credentials', 'credentials']);
});
