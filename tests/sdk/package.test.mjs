// The files that come with the program: its manual page, completions, service and packages.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { pages } from './support/documents.mjs';
import { completedByBash, completedByZsh, entriesOf, folder, manPage, pack, printedBy } from './support/package.mjs';
import { fixtures, readHelp, readManPage, skipPacking, skipWithout, textOf } from './support/package.mjs';
import { atEnd, Child, cleanEnvironment, runCommand, runProgram } from './support/server.mjs';
import { startServer, temporaryFolder, until } from './support/server.mjs';

const ofCapture = ['--region', '--dataset-group', '--profile', '--endpoint-url', '--as'];
const nowhere = ['healthcheck', '--url', 'http://127.0.0.1:1'];
const jsonOfFixtures = [...readdirSync(fixtures)].sort();

test('the manual page has exactly the flags, values, defaults, variables and commands of --help', async () => {
  const help = await readHelp();
  const page = readManPage();
  assert.deepEqual(page, help);

  const flags = new Set([...help.flags.map(({ flag }) => flag), '--help', '--version', '--licenses', '--url', ...ofCapture]);
  const commandLines = manPage.split('\n').filter((line) => /^(\.Dl )?personalize-local /.test(line));
  const named = [
    ...[...manPage.matchAll(/\bFl -([a-z0-9-]+)/g)].map(([, name]) => `--${name}`),
    ...commandLines.join(' ').match(/--[a-z0-9-]+/g),
  ];
  assert.ok(named.length > flags.size);
  assert.deepEqual(
    named.filter((flag) => !flags.has(flag)),
    [],
  );
  const variables = new Set(help.flags.map(({ variable }) => variable));
  const listed = [...manPage.matchAll(/PERSONALIZE_LOCAL_[A-Z]\w*/g)].map(([variable]) => variable);
  assert.deepEqual(listed.filter((variable) => !variables.has(variable)), []);
});

test('the manual page lists exactly the calls under /_local/', async (t) => {
  const server = await startServer(t);
  const { calls } = await (await fetch(`${server.url}/_local/`)).json();
  const expected = calls.map(({ method, path }) => `${method} ${path.replace(/\/\{.*/, '')}`);
  const rows = [...manPage.matchAll(/^\.It Li ((?:[A-Z]+(?: , )?)+) (\/_local\/[a-z./]*)/gm)];
  const listed = rows.flatMap(([, methods, path]) => methods.split(' , ').map((method) => `${method} ${path}`));
  assert.deepEqual([...new Set(listed)].sort(), [...new Set(expected)].sort());
});

test('mandoc finds no problem in the manual page', { skip: skipWithout('mandoc') }, async () => {
  const { stdout, stderr } = await runCommand('mandoc', ['-Tlint', join(folder, 'personalize-local.1')]);
  // Missing pages of other programs are not a fault of this one.
  const lines = (stdout + stderr).split('\n').filter((line) => line !== '');
  const faults = lines.filter((line) => !/makewhatis|referenced manual not found/.test(line));
  assert.deepEqual(faults, []);
});

test('man shows the manual page without a warning', { skip: skipWithout('man') }, async () => {
  const env = { MANWIDTH: '200', LC_ALL: 'C.UTF-8' };
  const page = join(folder, 'personalize-local.1');
  const { code, stdout, stderr } = await runCommand('man', ['--warnings', '-l', page], { env });
  assert.deepEqual([code, stderr], [0, '']);
  const text = stdout.replace(/\s+/g, ' ');
  for (const { flag, value, fallback, variable } of readManPage().flags) {
    assert.ok(text.includes(`${flag} ${value} `), flag);
    assert.ok(text.includes(`(default: ${fallback}; ${variable})`), flag);
  }
});

/** Command lines, and the candidates that completion must offer at their ends. */
const positions = [
  { name: 'a command', words: [''], offers: ['serve', 'healthcheck', 'check-fixtures', 'capture'] },
  { name: 'a command that is begun', words: ['ch'], offers: ['check-fixtures'] },
  { name: 'a command behind flags', words: ['--port', '7', 'he'], offers: ['healthcheck'] },
  { name: 'nothing behind serve', words: ['serve', ''], offers: [] },
  { name: 'a flag that is begun', words: ['--log'], offers: ['--log-format', '--log-level'] },
  { name: 'a flag of capture', words: ['capture', '--data'], offers: ['--dataset-group'] },
  { name: 'a flag of capture and of the server', words: ['capture', '--reg'], offers: ['--region'] },
  { name: 'the flags of healthcheck', words: ['healthcheck', '--u'], offers: ['--url'] },
  { name: 'no flag of another command', words: ['serve', '--u'], offers: [] },
  { name: 'words', words: ['--progression', ''], offers: ['time', 'immediate', 'calls', 'manual'] },
  { name: 'words behind an =', words: ['--progression=im'], offers: ['immediate'] },
  { name: 'all words behind an =', words: ['--log-format='], offers: ['text', 'json'] },
  { name: 'words behind a command', words: ['serve', '--quotas', ''], offers: ['off', 'aws'] },
  { name: 'no words where there are none', words: ['--port', ''], offers: [] },
  { name: 'files', words: ['--db', 'mo'], offers: ['movies.json'] },
  { name: 'files and a word', words: ['--tls-cert', 'a'], offers: ['auto', 'aws'] },
  { name: 'fixtures', words: ['--fixtures', ''], offers: jsonOfFixtures },
  { name: 'fixtures behind check-fixtures', words: ['check-fixtures', ''], offers: jsonOfFixtures },
  { name: 'more of them', words: ['check-fixtures', 'movies.json', 'the'], offers: ['theme-job.json'] },
];
const sorted = (list) => [...list].sort();

test('bash completes', { skip: skipWithout('bash') }, async (t) => {
  for (const { name, words, offers } of positions) {
    await t.test(name, async () => {
      const parts = (word) => (word.endsWith('=') ? [...word.split(/(=)/).slice(0, 2)] : word.split(/(=)/));
      const cut = words.flatMap(parts);
      assert.deepEqual(sorted(await completedByBash(cut)), sorted(offers));
    });
  }
});

test('bash and zsh offer every flag that --help has', { skip: skipWithout('bash', 'zsh') }, async (t) => {
  const expected = sorted([...(await readHelp()).flags.map(({ flag }) => flag), '--help', '--version', '--licenses']);
  assert.deepEqual(sorted(await completedByBash(['--'])), expected);
  const [ofZsh] = await completedByZsh(t, ['personalize-local --']);
  assert.deepEqual(sorted(ofZsh), expected);
});

test('bash completes names with blanks, and only files that are fixtures', { skip: skipWithout('bash') }, async (t) => {
  const cwd = await temporaryFolder(t);
  for (const name of ['two words.json', 'two.txt']) writeFileSync(join(cwd, name), '{}');
  mkdirSync(join(cwd, 'two worlds'));
  assert.deepEqual(await completedByBash(['check-fixtures', 'two'], { cwd }), ['two words.json', 'two worlds']);
  assert.deepEqual(await completedByBash(['check-fixtures', 'two\\ wor'], { cwd }), ['two words.json', 'two worlds']);
  assert.deepEqual(await completedByBash(['--db', 'two'], { cwd }), ['two words.json', 'two worlds', 'two.txt']);
});

test('zsh completes', { skip: skipWithout('zsh') }, async (t) => {
  const lines = positions.map(({ words }) => ['personalize-local', ...words].join(' '));
  const offered = await completedByZsh(t, lines);
  assert.equal(offered.length, positions.length);
  for (const [i, { name, offers }] of positions.entries()) {
    await t.test(name, () => assert.deepEqual(sorted(offered[i]), sorted(offers)));
  }
});

test('the program accepts each word that completion offers after a flag', { skip: skipWithout('bash') }, async (t) => {
  const cwd = await temporaryFolder(t); // an empty folder offers no file names
  let count = 0;
  for (const { flag } of (await readHelp()).flags) {
    for (const word of await completedByBash([flag, ''], { cwd })) {
      count += 1;
      const right = await runProgram([flag, word, ...nowhere]);
      assert.doesNotMatch(right.stderr, /expected/, `${flag} ${word}`);
      if (flag === '--tls-cert') continue; // its other values are files
      const wrong = await runProgram([flag, `${word}-not`, ...nowhere]);
      assert.match(wrong.stderr, /expected/, `${flag} ${word}-not`);
    }
  }
  assert.ok(count >= 20, `${count} words`);
});

test('the program accepts each setting in the service file', async () => {
  const settings = [...textOf('personalize-local.default').matchAll(/^#(PERSONALIZE_LOCAL_\w+)=(.+)$/gm)];
  assert.ok(settings.length > 8);
  const env = cleanEnvironment(Object.fromEntries(settings.map(([, name, value]) => [name, value])));
  const { code, stderr } = await runProgram(nowhere, { env });
  assert.equal(code, 1, stderr);
  assert.doesNotMatch(textOf('personalize-local.default'), /^[^#\n]/m);
});

/** A root folder with the installed service and the targets that it names. */
async function rootWithService(t) {
  const root = await temporaryFolder(t);
  const units = join(root, 'usr/lib/systemd/system');
  for (const each of [units, join(root, 'usr/bin')]) mkdirSync(each, { recursive: true });
  const known = ['/usr/lib/systemd/system', '/lib/systemd/system'].find((each) => existsSync(each));
  for (const name of readdirSync(known).filter((each) => each.endsWith('.target'))) {
    copyFileSync(join(known, name), join(units, name));
  }
  copyFileSync(join(folder, 'personalize-local.service'), join(units, 'personalize-local.service'));
  copyFileSync('/bin/true', join(root, 'usr/bin/personalize-local'));
  return { root, unit: join(units, 'personalize-local.service') };
}

test('systemd finds no problem in the service', { skip: skipWithout('systemd-analyze') }, async (t) => {
  const { root, unit } = await rootWithService(t);
  const args = ['verify', '--man=no', `--root=${root}`, 'personalize-local.service'];
  const verify = () => runCommand('systemd-analyze', args);
  const { code, stdout, stderr } = await verify();
  assert.deepEqual([code, stdout + stderr], [0, '']);
  writeFileSync(unit, textOf('personalize-local.service').replace('NoNewPrivileges', 'NoNewPrivilege'));
  assert.match((await verify()).stderr, /Unknown key/);
});

test('the service has a low exposure level', { skip: skipWithout('systemd-analyze') }, async (t) => {
  const { root } = await rootWithService(t);
  const threshold = ['--offline=true', '--threshold=15']; // 1.5 of 10
  const args = ['security', '--no-pager', ...threshold, `--root=${root}`, 'personalize-local.service'];
  const { code, stdout, stderr } = await runCommand('systemd-analyze', args);
  assert.equal(code, 0, stdout + stderr);
});

test('the newest entry of the changelog is for this version', async () => {
  const { stdout } = await runProgram(['--version']);
  const version = stdout.trim().split(' ')[1];
  assert.ok(textOf('debian/changelog').startsWith(`personalize-local (${version}) `));
});

test("packages use Debian's architecture names", { skip: skipWithout('cmake') }, async (t) => {
  const script = join(await temporaryFolder(t), 'name.cmake');
  const call = 'plocal_debian_architecture(name)\nmessage(NOTICE "[${name}]")\n';
  writeFileSync(script, `include(${folder}/architecture.cmake)\n${call}`);
  const names = { x86_64: 'amd64', aarch64: 'arm64', armv7l: 'armhf', i686: 'i386', ppc64le: 'ppc64el', mystery: '' };
  for (const [processor, name] of Object.entries(names)) {
    const args = ['-DCMAKE_CROSSCOMPILING=ON', `-DCMAKE_SYSTEM_PROCESSOR=${processor}`, '-P', script];
    assert.equal((await runCommand('cmake', args)).stderr.trim(), `[${name}]`, processor);
  }
});

const documents = 'share/doc/personalize-local';
const examples = jsonOfFixtures.filter((name) => name.endsWith('.json')).map((name) => `${documents}/examples/${name}`);
const everywhere = [
  'bin/personalize-local',
  'lib/systemd/system/personalize-local.service',
  'share/bash-completion/completions/personalize-local',
  `${documents}/NOTICES`,
  `${documents}/README.md`,
  ...pages.filter((page) => page !== 'README.md').map((page) => `${documents}/${page}`),
  `${documents}/docs/console.png`,
  ...examples,
];
const debian = [
  'share/lintian/overrides/personalize-local',
  'share/man/man1/personalize-local.1.gz',
  'share/zsh/vendor-completions/_personalize-local',
  `${documents}/changelog.gz`,
  `${documents}/copyright`,
];
const archived = [
  'etc/default/personalize-local',
  'share/man/man1/personalize-local.1',
  'share/zsh/site-functions/_personalize-local',
  `${documents}/LICENSE`,
];

/** Asserts that the entries belong to root, that only root may write them, and that `paths` are all. */
function assertContents(entries, paths) {
  for (const { mode, owner, path } of entries) {
    const isProgram = path.endsWith('bin/personalize-local');
    const expected = path.endsWith('/') ? 'drwxr-xr-x' : isProgram ? '-rwxr-xr-x' : '-rw-r--r--';
    assert.deepEqual([mode, owner], [expected, 'root/root'], path);
  }
  const files = entries.map(({ path }) => path).filter((path) => !path.endsWith('/'));
  assert.deepEqual(sorted(files), sorted(paths));
}

/** Asserts that the installed program serves, is healthy, and prints its version. */
async function assertRuns(t, program) {
  const { stdout } = await runProgram(['--version']);
  assert.equal(await printedBy(program, ['--version']), stdout);
  const args = ['serve', '--port', '0', '--fixtures', join(fixtures, 'movies.json')];
  const server = new Child(program, args, { env: cleanEnvironment() });
  atEnd(t, async () => {
    server.process.kill('SIGTERM');
    assert.deepEqual(await server.end(), { code: 0, signal: null }, server.stderr);
  });
  await until('the ready line', () => server.stdout.includes('\n') || server.exit);
  const url = / ready on (\S+) /.exec(server.stdout)?.[1];
  assert.ok(url, server.stderr);
  assert.equal((await runCommand(program, ['healthcheck', '--url', url])).code, 0);
}

let packages;
let packagesFolder;
before(async () => {
  if (skipPacking) return;
  packagesFolder = mkdtempSync(join(tmpdir(), 'personalize-local-'));
  packages = await pack(packagesFolder, '077');
});
after(() => packagesFolder && rmSync(packagesFolder, { recursive: true }));

test('the .deb describes itself, and starts nothing', { skip: skipPacking }, async (t) => {
  const control = await temporaryFolder(t);
  const version = (await runProgram(['--version'])).stdout.trim().split(' ')[1];
  const printed = await printedBy('dpkg-deb', ['-f', packages.deb]);
  const fields = Object.fromEntries([...printed.matchAll(/^(\S+): (.*)$/gm)].map((match) => match.slice(1)));
  const { Architecture, Maintainer, 'Installed-Size': size, ...rest } = fields;
  const Description = 'local Amazon Personalize for test suites';
  const Package = 'personalize-local';
  assert.deepEqual(rest, { Package, Version: version, Section: 'utils', Priority: 'optional', Description });
  assert.equal(basename(packages.deb), `personalize-local_${version}_${Architecture}.deb`);
  assert.match(Maintainer, /^.+ <\S+@\S+>$/);
  assert.ok(Number(size) > 1000, size);

  await printedBy('dpkg-deb', ['-e', packages.deb, control]);
  const scripts = ['postinst', 'postrm', 'prerm'];
  assert.deepEqual(readdirSync(control).sort(), ['conffiles', 'control', 'md5sums', ...scripts]);
  assert.equal(readFileSync(join(control, 'conffiles'), 'utf8'), '/etc/default/personalize-local\n');
  for (const script of scripts) {
    await printedBy('/bin/sh', ['-n', join(control, script)]);
    assert.equal(statSync(join(control, script)).mode & 0o777, 0o755, script);
    assert.doesNotMatch(readFileSync(join(control, script), 'utf8'), /\b(?:enable|start|(?<!try-)restart)\b/, script);
  }
});

test('the .deb contains exactly the expected files, and its program runs', { skip: skipPacking }, async (t) => {
  const [root, control] = [await temporaryFolder(t), await temporaryFolder(t)];
  const paths = ['etc/default/personalize-local', ...[...everywhere, ...debian].map((path) => `usr/${path}`)];
  assertContents(entriesOf(await printedBy('dpkg-deb', ['-c', packages.deb]), './'), paths);

  await printedBy('dpkg-deb', ['-x', packages.deb, root]);
  const page = await printedBy('gzip', ['-dc', join(root, 'usr/share/man/man1/personalize-local.1.gz')]);
  assert.equal(page, manPage);
  await printedBy('dpkg-deb', ['-e', packages.deb, control]);
  await printedBy('md5sum', ['--quiet', '-c', join(control, 'md5sums')], { cwd: root });
  await assertRuns(t, join(root, 'usr/bin/personalize-local'));
});

test('lintian finds no problem in the .deb', { skip: skipPacking || skipWithout('lintian') }, async () => {
  const { code, stdout } = await runCommand('lintian', ['--no-cfg', '--fail-on', 'error,warning', packages.deb]);
  assert.equal(code, 0, stdout);
});

test('the .tar.gz contains exactly the expected files, and its program runs', { skip: skipPacking }, async (t) => {
  const root = await temporaryFolder(t);
  const name = basename(packages.archive);
  assert.match(name, /^personalize-local-\d+\.\d+\.\d+-linux-[a-z0-9]+\.tar\.gz$/);
  const top = `${name.slice(0, -'.tar.gz'.length)}/`;
  assertContents(entriesOf(await printedBy('tar', ['-tvzf', packages.archive]), top), [...everywhere, ...archived]);
  await printedBy('tar', ['-xzf', packages.archive, '-C', root]);
  await assertRuns(t, join(root, top, 'bin/personalize-local'));
});

test('packaging is reproducible', { skip: skipPacking }, async (t) => {
  const others = await pack(await temporaryFolder(t), '022');
  assert.ok(readFileSync(packages.archive).equals(readFileSync(others.archive)), 'the .tar.gz');
  for (const part of ['--ctrl-tarfile', '--fsys-tarfile']) {
    const sums = [];
    for (const deb of [packages.deb, others.deb]) {
      sums.push(await printedBy('/bin/sh', ['-c', `dpkg-deb ${part} '${deb}' | sha256sum`]));
    }
    assert.equal(sums[0], sums[1], part);
  }
});
