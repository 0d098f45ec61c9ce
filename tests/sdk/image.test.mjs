// The container image: its Dockerfile, the static program, and the image itself if an engine has it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { validate } from 'dockerfile-utils';
import { skipWithout } from './support/examples.mjs';
import {
  dockerfile,
  emptyRoot,
  engineSays,
  mostBytes,
  runInRoot,
  segmentTypes,
  skipWithoutBinary,
  skipWithoutEngine,
  skipWithoutRoot,
  stagesOf,
  startImage,
  startInRoot,
  staticBinary,
  statusField,
  textOf,
  top,
  user,
} from './support/image.mjs';
import { readLicenses } from './support/package.mjs';
import { atEnd, runCommand, runProgram, startServer, temporaryFolder, until } from './support/server.mjs';

const stages = stagesOf(dockerfile);
const [building, final] = stages;

/** The arguments of the instructions with this name in the last stage. */
const all = (name) => final.filter((each) => each.name === name).map(({ text }) => text);

/** The same for an instruction that must occur exactly once. */
function only(name) {
  assert.equal(all(name).length, 1, name);
  return all(name)[0];
}

const version = /^project\(personalize-local VERSION (\S+) /m.exec(textOf('CMakeLists.txt'))[1];
const healthcheck = () => {
  const [, flags, command] = /^(.*) CMD (\[.*\])$/.exec(only('HEALTHCHECK'));
  return {
    flags: Object.fromEntries(flags.split(' ').map((flag) => flag.slice(2).split('='))),
    command: JSON.parse(command),
  };
};
const environment = () => Object.fromEntries(all('ENV').map((text) => text.split('=')));

test('the Dockerfile is well formed', () => {
  const problems = validate(dockerfile).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
  assert.deepEqual(problems, []);
});

test('the oldest supported builders accept the Dockerfile', () => {
  assert.doesNotMatch(dockerfile, /<<|^# *syntax=|--(link|parents|exclude|mount)\b/m);
});

test('the Dockerfile compiles on the build platform, and ends with an empty root', () => {
  assert.deepEqual(
    stages.map(([from]) => from.text),
    ['--platform=$BUILDPLATFORM debian:bookworm AS build', 'scratch'],
  );
});

test('a change of the sources does not install the packages again', () => {
  const place = (pattern) => building.findIndex(({ name, text }) => pattern.test(`${name} ${text}`));
  const [installs, copies, compiles] = [/^RUN .*apt-get install/, /^COPY /, /^RUN .*cmake --build/].map(place);
  assert.ok(installs > 0 && installs < copies && copies < compiles, `${installs}, ${copies}, ${compiles}`);
});

test('the image contains only copies from the build', () => {
  const may = ['FROM', 'ARG', 'LABEL', 'COPY', 'ENV', 'EXPOSE', 'USER', 'STOPSIGNAL', 'HEALTHCHECK', 'ENTRYPOINT'];
  assert.deepEqual([...new Set(final.map(({ name }) => name))], may);
  for (const text of all('COPY')) assert.match(text, /^--from=build /);
});

test('the image runs as a numeric user that is not root and that owns /data', () => {
  assert.equal(only('USER'), `${user}:${user}`);
  assert.ok(all('COPY').includes(`--from=build --chown=${user}:${user} /image/folders/ /`));
  assert.match(building.at(-1).text, /install -d -m 755 \/image\/folders\/data$/);
});

test('the image starts the program without a shell, and SIGTERM ends it', () => {
  assert.deepEqual(JSON.parse(only('ENTRYPOINT')), ['/personalize-local']);
  assert.equal(only('STOPSIGNAL'), 'SIGTERM');
});

test('the health check runs every second, without a shell', () => {
  const { flags, command } = healthcheck();
  assert.deepEqual(command, [...JSON.parse(only('ENTRYPOINT')), 'healthcheck']);
  assert.equal(flags.interval, '1s');
  assert.deepEqual(Object.keys(flags).sort(), ['interval', 'retries', 'start-period', 'timeout']);
});

test('the image exposes the port that the program listens on', async () => {
  const { stdout } = await runProgram(['--help']);
  assert.equal(only('EXPOSE'), /default: (\d+); PERSONALIZE_LOCAL_PORT\)/.exec(stdout)[1]);
});

test('the version of the image is that of the program', async () => {
  assert.deepEqual(all('ARG'), [`VERSION=${version}`, 'REVISION=unknown']);
  const { stdout } = await runProgram(['--version']);
  assert.equal(stdout, `personalize-local ${version}\n`);
});

test('the labels of the image say what is known', async () => {
  const labels = Object.fromEntries(
    [...only('LABEL').matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const { title, description, licenses, ...rest } = labels;
  assert.equal(title, 'personalize-local');
  assert.ok(description.length > 0);
  assert.deepEqual(rest, { version: '$VERSION', revision: '$REVISION' });
  const inLibraries = (await readLicenses()).libraries.map(({ license }) => license);
  assert.deepEqual(licenses.split(' AND '), [...new Set(['Apache-2.0', ...inLibraries])].sort());
});

test('with the variables of the image the program listens on all addresses', async (t) => {
  const server = await startServer(t, { env: environment() });
  assert.equal(new URL(server.url).hostname, '0.0.0.0');
});

const ignored = textOf('.dockerignore')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const allowed = ignored.slice(1).map((line) => line.slice(1));

test('the build context contains only the named files', () => {
  assert.equal(ignored[0], '*');
  for (const line of ignored.slice(1)) assert.match(line, /^!/);
  for (const path of allowed) assert.ok(existsSync(join(top, path)), path);
});

const cmake = await skipWithout('cmake', ['--version']);
// GoogleTest is not installed in the image, so this check builds without it.
const withoutTests = ['-DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON'];
test('the build context is complete', { skip: cmake }, async (t) => {
  const folder = await temporaryFolder(t);
  for (const path of allowed) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(top, path), join(folder, path), { recursive: true });
  }
  const configured = await runCommand('cmake', ['--preset', 'static', ...withoutTests], { cwd: folder });
  assert.equal(configured.code, 0, configured.stderr);
  const plan = ['--build', '--preset', 'static', '--target', 'personalize-local', '--', '-n'];
  const planned = await runCommand('cmake', plan, { cwd: folder });
  assert.equal(planned.code, 0, planned.stdout);
});

test('the toolchain knows the platforms that an image is built for', () => {
  const { text } = building.find(({ text }) => text.includes('apt-get install'));
  const inDockerfile = [...text.matchAll(/(\w+)\) compiler=g\+\+-(\S+)/g)].map(([, ...names]) => names);
  const inToolchain = [...textOf('docker/toolchain.cmake').matchAll(/set\(processor_of_(\w+) (\w+)\)/g)];
  assert.deepEqual(
    inDockerfile,
    inToolchain.map(([, name, processor]) => [name, `${processor.replace('_', '-')}-linux-gnu`]),
  );
  assert.deepEqual(inToolchain.map(([, name]) => name).sort(), ['amd64', 'arm64']);
});

test('the static program needs no other file, and is small', { skip: skipWithoutBinary }, async () => {
  const interpreter = 3; // PT_INTERP
  const types = await segmentTypes(staticBinary);
  assert.ok(types.length > 0);
  assert.ok(!types.includes(interpreter), 'it asks for a dynamic linker');
  assert.ok((await segmentTypes(process.execPath)).includes(interpreter), 'a dynamic program is recognised');
  const { size } = statSync(staticBinary);
  assert.ok(size <= mostBytes, `${size} bytes`);
});

const skipRoot = skipWithoutRoot();

test('in an empty read-only root the program is healthy, and ends as process 1', { skip: skipRoot }, async (t) => {
  const root = await emptyRoot(t);
  const { command } = healthcheck();
  const server = await startInRoot(t, root, { ...environment(), PERSONALIZE_LOCAL_PORT: '0' });
  assert.match(
    server.stdout,
    /^personalize-local \S+ ready on http:\/\/0\.0\.0\.0:\d+ \(db :memory:, 0 resources\)\n$/,
  );
  assert.match(statusField(server.pid, 'NSpid'), /\s1$/);
  assert.equal(statusField(server.pid, 'CapEff'), '0000000000000000');

  const env = { ...environment(), PERSONALIZE_LOCAL_PORT: String(server.port) };
  assert.equal(command[0], '/personalize-local'); // runInRoot runs the same path
  assert.equal((await runInRoot(root, command.slice(1), env)).code, 0);
  process.kill(server.pid, 'SIGTERM');
  assert.deepEqual(await server.end(), { code: 0, signal: null }, server.stderr);
  assert.equal((await runInRoot(root, command.slice(1), env)).code, 1);
});

test('the empty root is really read-only', { skip: skipRoot }, async (t) => {
  const { code, stderr } = await runInRoot(await emptyRoot(t), ['--db', '/data/personalize.db', '--port', '0']);
  assert.equal(code, 2);
  assert.match(stderr, /\/data\/personalize\.db/);
});

test('the image is small and contains only the program', { skip: skipWithoutEngine }, async () => {
  const [{ Size: size, Config: config }] = JSON.parse(await engineSays('image', 'inspect', 'personalize-local:latest'));
  assert.ok(size <= mostBytes, `${size} bytes`);
  assert.equal(config.User, `${user}:${user}`);
  assert.equal(config.Labels['org.opencontainers.image.version'], version);
  assert.deepEqual(Object.keys(config.ExposedPorts), [`${only('EXPOSE')}/tcp`]);
});

const confined = ['--read-only', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'];

/** Waits until the health check of the image reports a healthy container. */
const isWell = (id) =>
  until('the container to be well', () =>
    engineSays('exec', id, ...healthcheck().command).then(
      () => true,
      () => false,
    ),
  );

test('a container is healthy, follows its variables, and ends in time', { skip: skipWithoutEngine }, async (t) => {
  const world = {
    batchInferenceJob: { batchInferenceJobArn: 'arn:aws:personalize:us-east-1:000000000000:batch-inference-job/a' },
  };
  const id = await startImage(t, ...confined, '--env', `PERSONALIZE_LOCAL_FIXTURES_JSON=${JSON.stringify(world)}`);
  await isWell(id);
  assert.match(await engineSays('logs', id), / ready on http:\/\/0\.0\.0\.0:\d+ \(db :memory:, 1 resources\)/);
  await engineSays('stop', '--time', '10', id);
  assert.equal(await engineSays('inspect', '--format', '{{.State.ExitCode}}', id), '0');
});

test('a database in a volume survives its container', { skip: skipWithoutEngine }, async (t) => {
  const volume = `personalize-local-test-${randomUUID()}`;
  await engineSays('volume', 'create', volume);
  atEnd(t, () => engineSays('volume', 'rm', volume));
  const flags = [...confined, '--volume', `${volume}:/data`, '--env', 'PERSONALIZE_LOCAL_DB=/data/personalize.db'];
  const world = {
    solutionVersion: { solutionVersionArn: 'arn:aws:personalize:us-east-1:000000000000:solution/films/1' },
  };
  const first = await startImage(t, ...flags, '--env', `PERSONALIZE_LOCAL_FIXTURES_JSON=${JSON.stringify(world)}`);
  await isWell(first);
  await engineSays('stop', first);
  const second = await startImage(t, ...flags);
  await isWell(second);
  assert.match(await engineSays('logs', second), /\(db \/data\/personalize\.db, 1 resources\)/);
});

test('the health check of the engine reports a healthy container', { skip: skipWithoutEngine }, async (t) => {
  const id = await startImage(t, ...confined);
  const health = () => engineSays('inspect', '--format', '{{.State.Health.Status}}', id);
  assert.match(await health(), /^(starting|healthy)$/);
  await until('the engine to find it healthy', async () => {
    if ((await health()) === 'healthy') return true;
    await runCommand('podman', ['healthcheck', 'run', id]).catch(() => {}); // podman needs systemd to run it by itself
    return false;
  });
});
