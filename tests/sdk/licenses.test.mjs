// What --licenses prints: a notice for every library that is in the program.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { printedBy, readLicenses, skipWithout, staticBinary } from './support/package.mjs';

/** Each library by its name in the list: the packages of Debian that bring its files. */
const packagesOf = {
  Boost: /^libboost[\d.]*-dev$/,
  CLI11: /^libcli11-dev$/,
  fmt: /^libfmt-dev$/,
  'GCC runtime libraries': /^lib(?:stdc\+\+|gcc)-\d+-dev$/,
  'GNU C library': /^libc6-dev$/,
  jemalloc: /^libjemalloc-dev$/,
  'JSON for Modern C++': /^nlohmann-json3-dev$/,
  OpenSSL: /^libssl-dev$/,
  RE2: /^libre2-dev$/,
  spdlog: /^libspdlog-dev$/,
  SQLite: /^libsqlite3-dev$/,
  zlib: /^zlib1g-dev$/,
  zstd: /^libzstd-dev$/,
};

/** Packages of which nothing gets into the program. */
const interfacesAlone = { 'linux-libc-dev': 'the numbers and structures of the kernel' };

const notices = '/usr/share/doc/libc6/copyright';
const skipNotices = !existsSync(notices) && `there is no ${notices}: this is not Debian or Ubuntu`;

test('every library in the list has its notice, and every notice is in the list', { skip: skipNotices }, async () => {
  const { text, libraries, headings } = await readLicenses();
  assert.ok(libraries.length >= 11, text.slice(0, 1000));
  assert.deepEqual(headings, libraries.map(({ name }) => name));
  for (const { name, license } of libraries) {
    assert.ok(name in packagesOf, name);
    assert.match(license, /^[\w.-]+(?: WITH [\w.-]+)?$/);
  }
});

test('the notices say what their licenses ask for', { skip: skipNotices }, async () => {
  const { text } = await readLicenses();
  const words = text.replace(/\s+/g, ' ');
  for (const each of [
    'Copyright: 2013-2022 Niels Lohmann', // JSON
    'Neither the name of Google Inc. nor the names of its contributors', // RE2
    'The GNU C Library is free software', // glibc
    'You have permission to propagate a work of Target Code', // GCC
    'Boost Software License - Version 1.0',
  ]) {
    assert.ok(words.includes(each), each);
  }
});

test('the text of each license is there once, and notices of packaging and tests are not', { skip: skipNotices }, async () => {
  const { text } = await readLicenses();
  const count = (pattern) => [...text.matchAll(pattern)].length;
  assert.equal(count(/^ +Apache License$/gm), 1);
  assert.equal(count(/^ +GNU LESSER GENERAL PUBLIC LICENSE\n +Version 2\.1/gm), 1);
  assert.equal(count(/^ +GNU GENERAL PUBLIC LICENSE\n +Version 3/gm), 1);
  assert.doesNotMatch(text, /^(?:Files: |\s)*(?:debian|tests?)\//m);
  assert.ok(text.length < 160_000, `${text.length} characters`);
});

/** The package of each of these files, by what the package manager has installed. */
function ownersOf(files) {
  const wanted = new Set(files);
  const owners = new Map();
  const lists = '/var/lib/dpkg/info';
  for (const list of readdirSync(lists).filter((name) => name.endsWith('.list'))) {
    for (const path of readFileSync(join(lists, list), 'utf8').split('\n')) {
      if (wanted.has(path)) owners.set(path, list.replace(/(?::\w+)?\.list$/, ''));
    }
  }
  return owners;
}

const skipBuild = staticBinary ? skipWithout('ninja', 'dpkg') : 'PLOCAL_STATIC_BINARY names no static program';

test('all that the static program is made of is in the list', { skip: skipNotices || skipBuild }, async () => {
  const build = dirname(staticBinary);
  const commands = await printedBy('ninja', ['-C', build, '-t', 'commands', 'personalize-local']);
  const objects = (await printedBy('ninja', ['-C', build, '-t', 'deps'])).split('\n\n');
  const headers = objects.filter((object) => !object.startsWith('tests/')).join('\n');
  const archives = [...commands.matchAll(/(?<=\s)\/\S+\.a(?=\s|$)/g)];
  const parts = [...archives, ...headers.matchAll(/^ {4}(\/usr\/\S+)$/gm)].map((match) => match[1] ?? match[0]);
  assert.ok(archives.length >= 4 && parts.length > 1000, `${archives.length} archives, ${parts.length} parts`);
  const owners = ownersOf(parts.map((path) => normalize(path)));
  const packages = [...new Set(owners.values())].filter((name) => !(name in interfacesAlone));
  const nameOf = (name) => Object.keys(packagesOf).find((library) => packagesOf[library].test(name)) ?? name;
  const { libraries } = await readLicenses(staticBinary);
  assert.deepEqual([...new Set(packages.map(nameOf))].sort(), libraries.map(({ name }) => name).sort());
});
