// The npm packages, packed and installed as a stranger would, without a registry.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { folder, pack, printedBy, skipPacking, skipWithout, staticBinary } from './package.mjs';
import { atEnd, Child, cleanEnvironment, runCommand, temporaryFolder } from './server.mjs';

const placeOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const engine = placeOf('stand_ins/engine.mjs');
export const nodeModules = placeOf('../node_modules');
export const example = placeOf('../../../docker/examples/npm');

export const skipNpm = skipPacking || skipWithout('npm', 'python3');

/** A folder for all tests of this file, removed after them. */
export function sharedFolder() {
  const made = mkdtempSync(join(tmpdir(), 'personalize-local-'));
  after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Packs the packages from an archive into a folder, and returns their paths in the order of their names. */
export async function packAll(archive, into) {
  await printedBy('python3', [join(folder, 'npm_and_wheels.py'), '--into', into, archive]);
  return readdirSync(into).sort().map((name) => join(into, name));
}

/** The packages of the static program: `{archive, main, platform, wheels}`. */
export async function packages(into) {
  const { archive } = await pack(join(into, 'archive'), '022', 'TGZ');
  const all = await packAll(archive, join(into, 'packages'));
  const [main, platform, ...more] = all.filter((path) => path.endsWith('.tgz'));
  assert.deepEqual(more, []);
  return { archive, main, platform, wheels: all.filter((path) => path.endsWith('.whl')) };
}

/** Installs packages into a new application, beside the AWS SDK and TypeScript, and returns its folder. */
export async function install(into, ...tarballs) {
  mkdirSync(into);
  writeFileSync(join(into, 'package.json'), '{"private": true}');
  const quiet = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await printedBy('npm', ['install', ...quiet, '--cache', join(into, '.cache'), ...tarballs], { cwd: into });
  symlinkSync(join(nodeModules, '@aws-sdk'), join(into, 'node_modules/@aws-sdk'));
  return into;
}

/** What an application that imports the package gets. */
export const imported = (app) => import(pathToFileURL(join(app, 'node_modules/personalize-local/lib/index.mjs')));

/** The environment of a process that is a test of its own, and none of this runner. */
export const apart = (extra = {}) => ({
  NODE_TEST_CONTEXT: undefined,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...extra,
});

/** Runs a module, given as text, in the application: `{code, stdout, stderr}`. */
export function runModule(app, text, env = {}) {
  const args = ['--input-type=module', '--eval', text];
  return runCommand(process.execPath, args, { cwd: app, env: apart(env) });
}

/** A process that runs a module in the application, and that may be killed. */
export function startModule(t, app, text, env = {}) {
  const args = ['--input-type=module', '--eval', text];
  const child = new Child(process.execPath, args, { cwd: app, env: cleanEnvironment(apart(env)) });
  atEnd(t, () => child.process.kill('SIGKILL'));
  return child;
}

/** Runs the tests of the example in the application, after `change` has edited them. */
export async function runExample(app, change) {
  for (const name of ['nightly.mjs', 'nightly.test.mjs']) copyFileSync(join(example, name), join(app, name));
  if (change) change(join(app, 'nightly.test.mjs'));
  const args = ['--test-reporter=tap', '--test', 'nightly.test.mjs'];
  return runCommand(process.execPath, args, { cwd: app, env: apart() });
}

/** A PATH with stand-ins for these container engines, and a folder for what they are asked: `{env, state}`. */
export async function enginesNamed(t, names, fault = '') {
  const state = await temporaryFolder(t);
  const bin = await temporaryFolder(t);
  for (const name of names) {
    const script = `#!/bin/sh\nSTAND_IN_NAME="$0" exec '${process.execPath}' '${engine}' "$@"\n`;
    writeFileSync(join(bin, name), script, { mode: 0o755 });
  }
  const standing = { STAND_IN_STATE: state, STAND_IN_PORT: '7377', STAND_IN_FAULT: fault, PLOCAL_BINARY: staticBinary };
  return { env: { PATH: bin, ...standing }, state };
}

/** True if the process runs. One that has ended but was not waited for does not. */
export function isRunning(pid) {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}
