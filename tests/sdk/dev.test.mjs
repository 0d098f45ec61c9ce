// ./dev on systems where it installs nothing: it prints one sentence about how to proceed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { top } from './support/image.mjs';
import { runCommand, temporaryFolder } from './support/server.mjs';

const apart = ['--mount', ...(process.getuid() === 0 ? [] : ['--map-root-user'])];
const { status } = spawnSync('unshare', [...apart, 'mount', '--bind', '/dev/null', '/etc/os-release']);
const skip = status !== 0 && 'this machine does not allow new namespaces';

const tools = ['bash', 'dirname', 'getconf', 'cat', 'head', 'id', 'nproc', 'sed', 'sort', 'touch', 'uname'];

/** Runs ./dev on a system with this os-release file and only the tools above, replaced by `scripts`. */
async function runDev(t, args, { release, scripts = {} }) {
  const folder = await temporaryFolder(t);
  const mark = join(folder, 'apt-get-was-called');
  const all = { 'apt-get': `touch '${mark}'`, sudo: `touch '${mark}'`, ...scripts };
  for (const [name, text] of Object.entries(all)) {
    writeFileSync(join(folder, name), `#!/bin/bash\n${text}\n`, { mode: 0o755 });
  }
  for (const tool of tools.filter((each) => !(each in all))) {
    const place = ['/usr/bin', '/bin'].map((bin) => join(bin, tool)).find((path) => existsSync(path));
    if (place) symlinkSync(place, join(folder, tool));
  }
  writeFileSync(join(folder, 'os-release'), release);
  const script = 'mount --bind "$1" /etc/os-release && shift && PATH=$1 && shift && exec "$@"';
  const command = ['/bin/sh', '-c', script, 'sh', join(folder, 'os-release'), folder, '/bin/bash', join(top, 'dev'), ...args];
  const ended = await runCommand('unshare', [...apart, ...command]);
  return { ...ended, hasCalledApt: existsSync(mark) };
}

const fedora = 'NAME="Fedora Linux"\nID=fedora\nVERSION_ID=40\nPRETTY_NAME="Fedora Linux 40"\n';
const ubuntu = 'ID=ubuntu\nVERSION_ID="22.04"\nPRETTY_NAME="Ubuntu 22.04.5 LTS"\n';
const debian = 'ID=debian\nVERSION_ID="11"\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n';

for (const [name, release] of Object.entries({ 'Fedora Linux 40': fedora, 'Ubuntu 22.04.5 LTS': ubuntu, 'Debian GNU/Linux 11': debian })) {
  test(`on ${name} ./dev run lists missing tools and names ./dev image`, { skip }, async (t) => {
    const { code, stdout, stderr, hasCalledApt } = await runDev(t, ['run'], { release });
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, /^dev: .*\n$/);
    for (const word of [name, 'lacks', ' g++', ' cmake', ' ninja-build', './dev image']) assert.ok(stderr.includes(word), stderr);
    assert.equal(hasCalledApt, false);
  });
}

test('on a system other than Linux ./dev run names ./dev image', { skip }, async (t) => {
  const { code, stderr, hasCalledApt } = await runDev(t, ['run'], { release: '', scripts: { uname: 'echo Darwin' } });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /^dev: this is Darwin.* \.\/dev image .*\n$/);
  assert.equal(hasCalledApt, false);
});

test('an unknown verb of ./dev is refused without any tools', { skip }, async (t) => {
  const { code, stderr } = await runDev(t, ['nonsense'], { release: fedora });
  assert.equal(code, 2);
  assert.match(stderr, /dev: no such verb: nonsense\n$/);
});
