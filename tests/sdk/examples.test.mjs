// The examples in docker/examples: each is valid for its platform, and works with the real program.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { skipWithoutAws } from './support/cli.mjs';
import {
  folder,
  image,
  ours,
  parseJava,
  port,
  runBeside,
  runDockerExample,
  runNodeExample,
  runPythonExample,
  skipWithout,
  textOf,
} from './support/examples.mjs';
import { startS3rver } from './support/s3.mjs';
import { folderOf, runCommand, runProgram, startServer, temporaryFolder } from './support/server.mjs';
import { send } from './support/wire.mjs';

const yamlOf = async (name) => parse(await textOf(name), { strict: true });
const isText = (value) => typeof value === 'string';

async function compilePython(file, t) {
  const compiled = join(await temporaryFolder(t), 'out.pyc');
  const program = 'import py_compile, sys; py_compile.compile(*sys.argv[1:], doraise=True)';
  return runCommand('python3', ['-c', program, file, compiled]);
}

/** The syntax check of each example: the reason to skip it, or a function that returns `{code, stderr, stdout}`. */
const checks = {
  'PersonalizeContainerTest.java': {
    skip: await skipWithout('javac', ['--version'], 'a JDK'),
    run: (file) => parseJava(file),
  },
  'PersonalizeLocalContainer.java': {
    skip: await skipWithout('javac', ['--version'], 'a JDK'),
    run: (file) => parseJava(file),
  },
  'compose.yaml': { run: () => yamlOf('compose.yaml').then(() => ({ code: 0 })) },
  'compose-s3.yaml': { run: () => yamlOf('compose-s3.yaml').then(() => ({ code: 0 })) },
  go: {
    skip: await skipWithout('gofmt', ['-h'], 'gofmt').then((skip) => skip && 'Go is not installed; ./dev setup go'),
    run: async (file) => {
      const unformatted = await runCommand('gofmt', ['-l', file]);
      return { ...unformatted, code: unformatted.code || unformatted.stdout.length };
    },
  },
  'docker-run.sh': { run: (file) => runCommand('bash', ['-n', file]) },
  fixtures: { run: (file) => runProgram(['check-fixtures', file]) },
  npm: { run: (file) => runCommand(process.execPath, ['--check', join(file, 'nightly.test.mjs')]) },
  pytest: {
    skip: await skipWithout('python3', ['--version']),
    run: (file, t) => compilePython(join(file, 'test_nightly.py'), t),
  },
  'github-actions.yml': { run: () => yamlOf('github-actions.yml').then(() => ({ code: 0 })) },
  'gitlab-ci.yml': { run: () => yamlOf('gitlab-ci.yml').then(() => ({ code: 0 })) },
  'personalize.test.mjs': { run: (file) => runCommand(process.execPath, ['--check', file]) },
  'test_personalize.py': {
    skip: await skipWithout('python3', ['--version']),
    run: compilePython,
  },
};

/** Those that are not about the image. Other tests run them: go.test, java.test, npm.test and test_python_package. */
const withoutImage = ['fixtures', 'go', 'npm', 'pytest', 'PersonalizeLocalContainer.java'];
const examplesOfTheImage = Object.keys(checks).filter((each) => !withoutImage.includes(each));

test('every example is tested', async () => {
  assert.deepEqual((await readdir(folder)).sort(), Object.keys(checks).sort());
});

for (const [name, { skip, run }] of Object.entries(checks)) {
  test(`the example has valid syntax: ${name}`, { skip }, async (t) => {
    const { code, stdout, stderr } = await run(join(folder, name), t);
    assert.equal(code, 0, stdout + stderr);
  });
}

test('shellcheck finds no problem', { skip: await skipWithout('shellcheck', ['--version']) }, async () => {
  const { code, stdout } = await runCommand('shellcheck', [join(folder, 'docker-run.sh')]);
  assert.equal(code, 0, stdout);
});

test('every example names the image that ./dev image builds, and its port', async () => {
  for (const name of examplesOfTheImage) {
    const text = await textOf(name);
    const named = text.match(/personalize-local:\w[\w.-]*\w/g) ?? [];
    assert.ok(named.length > 0, `${name} names no image`);
    assert.deepEqual([...new Set(named)], [image], name);
    if (name !== 'gitlab-ci.yml') assert.match(text, new RegExp(`\\b${port}\\b`), name);
  }
  const { stdout } = await runProgram(['--help']);
  assert.match(stdout, new RegExp(`default: ${port}; PERSONALIZE_LOCAL_PORT`));
});

test('the program knows every variable that an example names', async () => {
  const { stdout: help } = await runProgram(['--help']);
  const known = new Set(help.match(/PERSONALIZE_LOCAL_[A-Z0-9_]+/g));
  for (const name of examplesOfTheImage) {
    const named = (await textOf(name)).match(/PERSONALIZE_LOCAL_[A-Z0-9_]+/g) ?? [];
    assert.ok(named.length > 0, `${name} gives no variable`);
    for (const variable of named) assert.ok(known.has(variable), `${name}: ${variable}`);
  }
});

const client = (endpoint) => ({
  AWS_ENDPOINT_URL_PERSONALIZE: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});

/** The variables, with paths inside a container replaced by those of the mounted folders. */
function mounted(environment, volumes) {
  const inside = Object.entries(environment).map(([name, value]) => {
    const [source] = volumes.map((each) => each.split(':')).find(([, target]) => target === value) ?? [];
    return [name, source ? join(folder, source) : value];
  });
  return Object.fromEntries(inside);
}

test('Compose: the application waits until Personalize is healthy, and has its address', async () => {
  const { services, ...rest } = await yamlOf('compose.yaml');
  assert.deepEqual(rest, {});
  assert.deepEqual(Object.keys(services), ['personalize', 'app']);
  const { personalize, app } = services;
  assert.deepEqual(app.depends_on, { personalize: { condition: 'service_healthy' } });
  assert.deepEqual(app.environment, client(`http://personalize:${port}`));
  assert.equal(personalize.image, image);
  assert.equal(personalize.healthcheck, undefined, 'the image has its own');
  assert.equal(personalize.command, undefined, 'variables alone');
  assert.deepEqual(personalize.ports, [`127.0.0.1:${port}:${port}`]);
  assert.equal(personalize.read_only, true);
  assert.deepEqual(personalize.cap_drop, ['ALL']);
  assert.deepEqual(personalize.volumes, ['./fixtures:/fixtures:ro']);
  assert.equal(personalize.environment.PERSONALIZE_LOCAL_FIXTURES, '/fixtures');
  assert.ok(Object.values(personalize.environment).every(isText), 'YAML would read unquoted numbers as numbers');
});

test("Compose: the application's command finds the mounted files", { skip: skipWithoutAws }, async (t) => {
  const { personalize, app } = (await yamlOf('compose.yaml')).services;
  assert.ok(app.command.every(isText));
  assert.match(app.image, /^amazon\/aws-cli:/); // its entry point is `aws`
  const server = await startServer(t, { env: mounted(personalize.environment, personalize.volumes) });
  const { code, stdout, stderr } = await runBeside(t, server, 'aws', app.command, app.environment);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, 'ACTIVE\n');
});

test('Compose with S3: the application waits for both, which have their addresses', async () => {
  const { services, ...rest } = await yamlOf('compose-s3.yaml');
  assert.deepEqual(rest, {});
  assert.deepEqual(Object.keys(services), ['s3', 'personalize', 'app']);
  const { s3, personalize, app } = services;
  assert.match(s3.image, /^localstack\/localstack:\d/); // it has a health check, and listens on 4566
  assert.deepEqual(s3.environment, { SERVICES: 's3' });
  assert.equal(personalize.image, image);
  assert.equal(personalize.environment.PERSONALIZE_LOCAL_S3, 'http://s3:4566');
  assert.ok(Object.values(personalize.environment).every(isText));
  assert.deepEqual(app.depends_on, {
    s3: { condition: 'service_healthy' },
    personalize: { condition: 'service_healthy' },
  });
  const endpoints = { AWS_ENDPOINT_URL_S3: 'http://s3:4566', AWS_REGION: 'us-east-1' };
  const key = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  assert.deepEqual(app.environment, { AWS_ENDPOINT_URL_PERSONALIZE: `http://personalize:${port}`, ...endpoints, ...key });
});

test("Compose with S3: the application's import is ACTIVE", { skip: skipWithoutAws }, async (t) => {
  const { personalize, app } = (await yamlOf('compose-s3.yaml')).services;
  const s3 = await startS3rver(t);
  const env = { ...personalize.environment, ...s3.env, PERSONALIZE_LOCAL_S3: s3.url };
  const server = await startServer(t, { env });
  const [command, ...flags] = app.entrypoint;
  const args = [...flags, ...app.command.map((text) => text.replaceAll('$$', '$'))]; // as Compose reads it
  const around = { ...app.environment, ...s3.env, AWS_ENDPOINT_URL_S3: s3.url };
  const { code, stdout, stderr } = await runBeside(t, server, command, args, around);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /\nACTIVE\n$/);
  const dataset = 'arn:aws:personalize:us-east-1:000000000000:dataset/films/USERS';
  const { body } = await send(`${server.url}/_local/data?dataset=${dataset}`);
  for (const row of ['anna', 'Oslo']) assert.ok(body.includes(row), `no ${row} in ${body}`);
});

test('GitHub Actions: the service has only allowed settings, and the steps have its address', async () => {
  const { jobs, on, name, ...rest } = await yamlOf('github-actions.yml');
  assert.deepEqual(rest, {});
  assert.ok(name && on.length > 0);
  const { services, steps, env, 'runs-on': machine } = jobs.test;
  assert.match(machine, /^ubuntu-/); // only Linux machines have services
  const { personalize } = services;
  // A service has no command and no files of the repository, and uses the health check of the image.
  assert.deepEqual(Object.keys(personalize).sort(), ['env', 'image', 'ports']);
  assert.equal(personalize.image, image);
  assert.deepEqual(personalize.ports, [`${port}:${port}`]);
  assert.ok(Object.values(personalize.env).every(isText));
  assert.deepEqual(env, client(`http://127.0.0.1:${port}`)); // steps run on the host, not in a container
  for (const step of steps) assert.ok(isText(step.run) !== isText(step.uses), JSON.stringify(step));
});

test('GitHub Actions: the steps run', { skip: skipWithoutAws }, async (t) => {
  const { services, steps, env } = (await yamlOf('github-actions.yml')).jobs.test;
  const server = await startServer(t, { env: services.personalize.env });
  const printed = [];
  for (const { run } of steps.filter((step) => step.run)) {
    const { code, stdout, stderr } = await runBeside(t, server, 'bash', ['-e', '-c', run], env);
    assert.equal(code, 0, `${run}\n${stderr}`);
    printed.push(stdout);
  }
  assert.equal(printed.length, 2);
  assert.match(printed[1], /:batch-inference-job\/tonight"\n}\nACTIVE\nACTIVE\n$/);
});

test('GitLab: the service has only allowed settings, and the script has its name', async () => {
  const { test: job, ...rest } = await yamlOf('gitlab-ci.yml');
  assert.deepEqual(rest, {});
  assert.deepEqual(job.services, [{ name: image, alias: 'personalize' }]);
  assert.ok(Object.values(job.variables).every(isText));
  const { variables } = job;
  assert.deepEqual(
    { ...variables, ...ours(variables) },
    { ...ours(variables), ...client(`http://personalize:${port}`) },
  );
  assert.ok(Object.keys(ours(variables)).length > 0);
  // GitLab expands the names of other variables in a value.
  for (const value of Object.values(variables)) assert.ok(!value.includes('$'), value);
  assert.deepEqual(job.image.entrypoint, [''], 'a script needs a shell');
  assert.ok(job.script.every(isText));
});

test('GitLab: the script runs', { skip: skipWithoutAws }, async (t) => {
  const { variables, script } = (await yamlOf('gitlab-ci.yml')).test;
  const server = await startServer(t, { env: ours(variables) });
  const lines = ['set -eo pipefail', ...script].join('\n');
  const { code, stdout, stderr } = await runBeside(t, server, 'bash', ['-c', lines], variables);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /ACTIVE\nACTIVE\n$/);
});

test('Testcontainers for Node: the example passes, and fails if the service behaves differently', async (t) => {
  const passed = await runNodeExample(t);
  assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  assert.match(passed.stdout, /^# pass 1$/m);
  const failed = await runNodeExample(t, (text) => text.replace("failureReason: 'Invalid S3", "failureReason: 'Other"));
  assert.notEqual(failed.code, 0);
  assert.match(failed.stdout, /\+ 'Other input path'/);
});

const boto3 = await skipWithout('python3', ['-c', 'import boto3'], 'boto3');
test(
  'Testcontainers for Python: the example passes, and fails where the service does otherwise',
  { skip: boto3 },
  async (t) => {
    const passed = await runPythonExample(t);
    assert.equal(passed.code, 0, passed.stderr);
    assert.match(passed.stderr, /^Ran 1 test in .*\n\nOK$/m);
    assert.doesNotMatch(passed.stderr, /Warning/); // every handle is closed
    const failed = await runPythonExample(t, (text) =>
      text.replace('"failureReason": "Invalid S3', '"failureReason": "Other'),
    );
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /- Other input path/);
  },
);

const health = ['sh', '-c', 'curl --silent --fail "$AWS_ENDPOINT_URL_PERSONALIZE/_local/health"'];

test('plain docker: the command finds a healthy container, which is removed afterwards', async (t) => {
  const { code, stdout, stderr, flags, commands } = await runDockerExample(t, health);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).resources.batchInferenceJobs, 2);
  assert.equal(flags['read-only'], true);
  assert.deepEqual(flags['cap-drop'], ['ALL']);
  assert.deepEqual(flags.publish, [`127.0.0.1::${port}`]);
  assert.deepEqual(flags.volume, [`${join(folder, 'fixtures')}:/fixtures:ro`, 'personalize-data:/data']);
  assert.equal(commands[0], 'run');
  assert.equal(commands.at(-3), 'port');
  assert.deepEqual(commands.slice(-2), ['stop', 'rm']);
});

test('plain docker: the exit code is that of the command', async (t) => {
  const { code, commands } = await runDockerExample(t, ['sh', '-c', 'exit 3']);
  assert.equal(code, 3);
  assert.deepEqual(commands.slice(-2), ['stop', 'rm']);
});

test('plain docker: a container that ends at once is reported, and the command does not run', async (t) => {
  const bad = await folderOf(t, { 'bad.json': { batchInferenceJob: { status: 'ACTIVE' } } });
  const { code, stdout, stderr, commands } = await runDockerExample(t, ['echo', 'run'], { FIXTURES: bad });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /bad\.json/);
  assert.match(stderr, /the container is exited unhealthy\n$/);
  assert.deepEqual(commands.slice(-3), ['logs', 'stop', 'rm']);
});

test('plain docker: without a command no container starts', async (t) => {
  const { code, stderr, commands } = await runDockerExample(t, []);
  assert.equal(code, 2);
  assert.match(stderr, /the command to run/);
  assert.deepEqual(commands, ['']);
});
