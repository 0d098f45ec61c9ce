// The page for a start, followed word by word: its files are written, and its commands are run, with the packages that
// `./dev package` makes.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { before, test } from 'node:test';
import { parse } from 'yaml';
import { skipWithoutAws } from './support/cli.mjs';
import { blocksOf } from './support/documents.mjs';
import { compileJava, runJava, skipWithout, standInDocker } from './support/examples.mjs';
import { apart, nodeModules, packages, sharedFolder, skipNpm } from './support/npm.mjs';
import { runAction } from './support/release.mjs';
import { freePort, runCommand, startServer, temporaryFolder } from './support/server.mjs';

const page = 'docs/getting-started.md';
const named = /^(?:#|\/\/) ([\w./-]+\.\w+)\n/;

/** The files below a heading by their names, and the commands, in order. */
function contentsOf(heading) {
  const blocks = blocksOf(page).filter((block) => block.heading === heading);
  const files = blocks.filter(({ text }) => named.test(text)).map(({ text }) => [named.exec(text)[1], text]);
  const commands = blocks.filter(({ text }) => !named.test(text)).map(({ text }) => text);
  assert.ok(files.length > 0, heading);
  return { files: Object.fromEntries(files), commands };
}

/** The same in a folder of its own. */
async function application(t, heading) {
  const contents = contentsOf(heading);
  const cwd = join(await temporaryFolder(t), 'application');
  mkdirSync(cwd);
  for (const [name, text] of Object.entries(contents.files)) {
    if (!name.includes('/')) writeFileSync(join(cwd, name), text);
  }
  return { ...contents, cwd };
}

const offline = {
  PIP_NO_INDEX: '1',
  PIP_DISABLE_PIP_VERSION_CHECK: '1',
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

const shared = skipNpm ? undefined : sharedFolder();
let built;
before(async () => {
  if (skipNpm) return;
  const { archive, main, platform, wheels } = await packages(shared);
  built = join(shared, 'all');
  mkdirSync(built);
  for (const file of [archive, main, platform, ...wheels]) symlinkSync(file, join(built, basename(file)));
});

/** Runs the commands in one shell, as in one terminal. */
async function follow(commands, { cwd, env }) {
  const around = { ...offline, packages: built, ...env };
  const ended = await runCommand('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], { cwd, env: apart(around) });
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  return ended.stdout;
}

/** The first Python with what an application here has already, or undefined. */
async function findPython() {
  for (const python of ['python3', '/usr/bin/python3']) {
    if (!(await skipWithout(python, ['-c', 'import boto3, ensurepip, pytest']))) return python;
  }
  return undefined;
}
const python = await findPython();
const skipPython = skipNpm || (!python && 'no Python here has boto3, ensurepip and pytest');

/** A PATH whose Python is that of an application, which has boto3 and pytest. */
async function pythonOf(t) {
  const venv = join(await temporaryFolder(t), 'venv');
  const made = await runCommand(python, ['-m', 'venv', '--system-site-packages', venv]);
  assert.equal(made.code, 0, made.stderr);
  return { PATH: join(venv, 'bin') + delimiter + process.env.PATH };
}

test('Python', { skip: skipPython }, async (t) => {
  const { cwd, commands } = await application(t, 'Python');
  assert.match(await follow(commands, { cwd, env: await pythonOf(t) }), /^=+ 2 passed in /m);
});

test('JavaScript', { skip: skipNpm }, async (t) => {
  const { cwd, commands } = await application(t, 'JavaScript');
  writeFileSync(join(cwd, 'package.json'), '{"private": true, "type": "module"}');
  symlinkSync(nodeModules, join(cwd, '../node_modules')); // the SDK, which the application has already
  const cache = await temporaryFolder(t);
  const printed = await follow(commands, { cwd, env: { npm_config_cache: cache, NODE_OPTIONS: '--test-reporter=tap' } });
  assert.match(printed, /^# pass 2$/m);
});

test('Java', { skip: await skipWithout('javac', ['--version'], 'a JDK') }, async (t) => {
  const { files, commands } = contentsOf('Java');
  assert.match(commands[0], /^cp docker\/examples\/PersonalizeLocalContainer\.java /m); // compileJava brings it
  const { code, stdout, stderr, classes } = await compileJava(t, files);
  assert.equal(code, 0, stdout + stderr);
  const ran = await runJava(classes, 'RunTests', ['NightlyTest']);
  assert.deepEqual([ran.code, ran.stdout], [0, 'passed theJobBecomesActive\n'], ran.stderr);
});

test('Shell', { skip: skipNpm || skipWithoutAws || (await skipWithout('curl', ['--version'])) }, async (t) => {
  const { cwd, files, commands } = await application(t, 'Shell');
  const script = 'test-nightly.sh';
  writeFileSync(join(cwd, script), files[script].replaceAll('7399', String(await freePort())));
  const { env } = await standInDocker(t); // it also brings an `aws` that knows the variable
  const printed = await follow(commands, { cwd, env });
  assert.deepEqual(printed.trim().split('\n').slice(-2), [
    'passed: the job becomes active',
    'passed: a job that fails ends the script with an error',
  ]);
});

/** The application of the section about Python, and the commands of another one. */
async function withPython(t, heading) {
  const { cwd } = await application(t, 'Python');
  const { files, commands } = contentsOf(heading);
  return { cwd, commands, document: parse(Object.values(files)[0], { strict: true }) };
}

test('GitHub Actions', { skip: skipPython }, async (t) => {
  const { cwd, document } = await withPython(t, 'GitHub Actions');
  const { steps } = document.jobs.test;
  const [checkout, action, ...runs] = steps;
  assert.deepEqual([checkout.uses, action.uses], ['actions/checkout@v4', 'OWNER/personalize-local@v1.0.0']);
  const job = await runAction(t, action.with);
  assert.equal(job.code, 0, job.stderr);
  const variables = Object.fromEntries(job.env.split('\n').map((line) => line.split(/=(.*)/s)));
  const env = { ...(await pythonOf(t)), PIP_FIND_LINKS: built, ...variables };
  assert.match(await follow(runs.map(({ run }) => run), { cwd, env }), /^=+ 2 passed, 1 warning in /m);
});

test('Compose', { skip: skipPython }, async (t) => {
  const { cwd, commands, document } = await withPython(t, 'Compose');
  const { personalize, tests } = document.services;
  const [copying, up] = commands;
  assert.equal(up, 'docker compose up --exit-code-from tests\n');
  const server = await startServer(t, { env: personalize.environment });
  const env = { ...(await pythonOf(t)), PERSONALIZE_LOCAL_ENDPOINT: server.url };
  assert.deepEqual(tests.environment, { PERSONALIZE_LOCAL_ENDPOINT: 'http://personalize:7377' });
  assert.equal(tests.working_dir, '/app');
  assert.match(await follow([copying, tests.command], { cwd, env }), /^=+ 2 passed, 1 warning in /m);
});
