// The workflows and the action for GitHub: their form, and their scripts with stand-ins for what publishes.
import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { textOf, top } from './support/documents.mjs';
import { nodeModules } from './support/npm.mjs';
import { printedBy, skipWithout } from './support/package.mjs';
import { runAction, yamlOf } from './support/release.mjs';
import { runCommand, temporaryFolder } from './support/server.mjs';

const files = ['action.yml', '.github/workflows/ci.yml', '.github/workflows/release.yml'];
const stepsOf = (workflow) => Object.values(workflow.jobs ?? { runs: workflow.runs }).flatMap(({ steps }) => steps);

const validator = join(nodeModules, '@action-validator/cli/cli.mjs');
const skipValidation = !existsSync(validator) && 'not installed: @action-validator/cli';

for (const file of files) {
  test(`the file fits the schema of GitHub: ${file}`, { skip: skipValidation }, async () => {
    const { code, stdout, stderr } = await runCommand(process.execPath, [validator, join(top, file)]);
    assert.equal(code, 0, stdout + stderr);
  });
}

test('scripts of steps get what they use by variables, never inserted into their text', () => {
  for (const file of files) {
    for (const { run, env = {} } of stepsOf(yamlOf(file))) {
      assert.ok(!run?.includes('${{'), `${file}: ${run}`);
      for (const value of Object.values(env)) assert.match(value, /^\$\{\{ [\w.]+ \}\}$/);
    }
  }
});

test('shellcheck finds no problem in the scripts', { skip: skipWithout('shellcheck') }, async () => {
  const scripts = ['server/package/release.sh', 'docker/sidecar.sh'].map((name) => join(top, name));
  const flags = ['--external-sources', '--source-path=SCRIPTDIR'];
  const { code, stdout } = await runCommand('shellcheck', [...flags, ...scripts]);
  assert.equal(code, 0, stdout);
});

test('ci.yml runs the verbs of .ci/run', () => {
  const verbs = [...textOf('.ci/run').matchAll(/^\.\/dev .*$/gm)].map(([verb]) => verb);
  assert.ok(verbs.length > 1);
  const run = stepsOf(yamlOf('.github/workflows/ci.yml')).flatMap((step) => step.run ?? []);
  assert.deepEqual(run, verbs);
});

const version = /^project\(personalize-local VERSION (\S+) /m.exec(textOf('CMakeLists.txt'))[1];

/** A repository with what a release needs and two tags, and archives of both processors in its folder `release`. */
async function repository(t) {
  const root = await temporaryFolder(t);
  for (const path of ['CMakeLists.txt', 'server/package', 'docker/Dockerfile', 'docker/sidecar.sh']) {
    cpSync(join(top, path), join(root, path), { recursive: true });
  }
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.invalid'];
  const git = (...args) => printedBy('git', [...identity, ...args], { cwd: root });
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'Begin');
  await git('tag', 'v0.9.0');
  for (const subject of ['Add a call', 'Fix $HOME `and` more']) {
    await git('commit', '--quiet', '--allow-empty', '--message', subject);
  }
  await git('tag', `v${version}`);
  for (const processor of ['amd64', 'arm64']) {
    const name = `personalize-local-${version}-linux-${processor}`;
    const made = join(root, 'made', name);
    const documents = join(made, 'share/doc/personalize-local');
    for (const each of [join(made, 'bin'), documents, join(root, 'release')]) {
      mkdirSync(each, { recursive: true });
    }
    writeFileSync(join(made, 'bin/personalize-local'), processor);
    writeFileSync(join(documents, 'LICENSE'), 'license');
    writeFileSync(join(documents, 'NOTICES'), 'notice');
    writeFileSync(join(root, `release/personalize-local_${version}_${processor}.deb`), processor);
    await printedBy('tar', ['-czf', join(root, 'release', `${name}.tar.gz`), '-C', join(root, 'made'), name]);
  }
  return root;
}

/** A PATH with stand-ins for what publishes, which write their arguments and stdin into the file `asked`. */
async function publishers(t) {
  const bin = await temporaryFolder(t);
  for (const name of ['docker', 'gh', 'npm']) {
    const asked = `{ printf '%s' ${name}; printf ' %s' "$@"; echo; } >>'${bin}/asked'`;
    writeFileSync(join(bin, name), `#!/bin/sh\n${asked}\n[ "$1" != login ] || cat >>'${bin}/asked'\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const read = () => readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n');
  return { path: bin + delimiter + process.env.PATH, read };
}

test('the steps of a release publish the image, the files and the packages of both processors', async (t) => {
  const root = await repository(t);
  const { path, read } = await publishers(t);
  const values = { 'github.ref_name': `v${version}`, 'secrets.GITHUB_TOKEN': 'secret', 'secrets.NPM_TOKEN': 'token' };
  const valueOf = (text) => values[text.slice(4, -3)];
  const filled = (env) => Object.fromEntries(Object.entries(env).map(([name, text]) => [name, valueOf(text)]));
  const { env: common, jobs } = yamlOf('.github/workflows/release.yml');
  const machine = { PATH: path, GITHUB_REPOSITORY_OWNER: 'Somebody', GITHUB_ACTOR: 'robot' };
  const printed = [];
  for (const { run, env = {} } of [jobs.build.steps[1], ...jobs.image.steps, ...jobs.publish.steps]) {
    if (!run) continue;
    const place = { cwd: root, env: { ...machine, ...filled(common), ...filled(env) } };
    const { code, stdout, stderr } = await runCommand('bash', ['-euo', 'pipefail', '-c', run], place);
    assert.equal(code, 0, `${run}\n${stderr}`);
    printed.push(stdout);
  }
  assert.equal(printed[0], `${version}\n`);

  const name = 'ghcr.io/somebody/personalize-local';
  const [login, secret, build, release, ...npm] = read();
  assert.deepEqual([login, secret], ['docker login ghcr.io --username robot --password-stdin', 'secret']);
  assert.match(build, /^docker buildx build .*--platform linux\/amd64,linux\/arm64 --push /);
  assert.ok(build.includes(` --tag ${name}:${version} --tag ${name}:latest `), build);
  const asset = (file) => `release/${file}`;
  const wheels = readdirSync(join(root, 'release/wheels')).sort();
  assert.equal(wheels.length, 3);
  const assets = [
    ...['amd64', 'arm64'].map((each) => `personalize-local_${version}_${each}.deb`),
    ...['amd64', 'arm64'].map((each) => `personalize-local-${version}-linux-${each}.tar.gz`),
    ...[version, `linux-arm64-${version}`, `linux-x64-${version}`].map((each) => `personalize-local-${each}.tgz`),
    ...wheels.map((each) => `wheels/${each}`),
    'SHA256SUMS',
  ];
  const [before, after] = release.split(' --notes-file release/notes.md ');
  assert.equal(before, `gh release create v${version} --verify-tag --title v${version}`);
  assert.deepEqual(after.split(' ').sort(), assets.map(asset).sort());
  const notes = readFileSync(join(root, 'release/notes.md'), 'utf8');
  assert.equal(notes, 'Changes since v0.9.0:\n\n- Add a call\n- Fix $HOME `and` more\n');
  const publish = 'npm publish --access public --provenance release/personalize-local-';
  const order = [`linux-arm64-${version}`, `linux-x64-${version}`, version];
  assert.deepEqual(npm, order.map((each) => `${publish}${each}.tgz`));

  await printedBy('sha256sum', ['--quiet', '--check', 'SHA256SUMS'], { cwd: join(root, 'release') });
  const main = join(root, `release/personalize-local-${version}.tgz`);
  const manifest = JSON.parse(await printedBy('tar', ['-xOzf', main, 'package/package.json']));
  assert.deepEqual(manifest.personalizeLocal, { image: `${name}:${version}` });
  const pure = join(root, 'release/wheels', wheels.find((each) => each.endsWith('-any.whl')));
  const reading = 'zipfile.ZipFile(sys.argv[1]).read("personalize_local/_release.py").decode()';
  assert.match(await printedBy('python3', ['-c', `import sys, zipfile; print(${reading})`, pure]), new RegExp(`IMAGE = "${name}:${version}"`));
});

test('a tag that is not the version is refused, and the first release has no changes', async (t) => {
  const root = await repository(t);
  const script = (...args) => runCommand(join(root, 'server/package/release.sh'), args);
  const { code, stderr } = await script('version', 'v9.9.9');
  assert.equal(code, 2);
  assert.equal(stderr, `release.sh: the tag is v9.9.9, and the version in CMakeLists.txt is ${version}\n`);
  assert.equal((await script('notes', 'v0.9.0')).stdout, 'The first release.\n');
  assert.equal((await script('nonsense')).code, 2);
});

test('the action starts the server and sets the variables of clients', async (t) => {
  const settings = 'PERSONALIZE_LOCAL_PROGRESSION=calls\nPERSONALIZE_LOCAL_CALLS=5\n';
  const { code, stderr, env, output, flags } = await runAction(t, { fixtures: 'fixtures', settings });
  assert.equal(code, 0, stderr);
  const endpoint = /^endpoint=(http:\/\/127\.0\.0\.1:\d+)$/.exec(output)[1];
  const variables = Object.fromEntries(env.split('\n').map((line) => line.split(/=(.*)/s)));
  assert.deepEqual(variables, {
    AWS_ENDPOINT_URL_PERSONALIZE: endpoint,
    AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: endpoint,
    AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: endpoint,
    PERSONALIZE_LOCAL_ENDPOINT: endpoint,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  });
  assert.deepEqual(flags.publish, ['127.0.0.1:7377:7377']);
  const lifecycle = await (await fetch(`${endpoint}/_local/lifecycle`)).json();
  assert.deepEqual([lifecycle.default.progression, lifecycle.default.calls], ['calls', 5]);
  assert.equal((await (await fetch(`${endpoint}/_local/health`)).json()).resources.batchInferenceJobs, 2);
});

test('the action keeps the credentials and the region of a job, and fails with the log of the server', async (t) => {
  const own = { AWS_ACCESS_KEY_ID: 'mine', AWS_REGION: 'eu-west-1' };
  const kept = await runAction(t, { image: 'registry/mine:1', port: '7400' }, own);
  assert.equal(kept.code, 0, kept.stderr);
  assert.doesNotMatch(kept.env, /ACCESS_KEY|REGION/);
  assert.deepEqual(kept.flags.publish, ['127.0.0.1:7400:7377']);
  const failed = await runAction(t, { settings: 'PERSONALIZE_LOCAL_CALLS=0' });
  assert.equal(failed.code, 1);
  assert.match(failed.stderr, /PERSONALIZE_LOCAL_CALLS: expected [^]*the container is exited unhealthy\n$/);
});
