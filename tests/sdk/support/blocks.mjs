// Runs the code blocks of the pages for users as a reader would, against the program under test.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { aws, skipWithoutAws } from './cli.mjs';
import { blocksOf } from './documents.mjs';
import { compileJava, ours, parseJava, runBeside, runJava, skipWithout } from './examples.mjs';
import * as filmSchemas from './film_schemas.mjs';
import { folder as packageFolder } from './package.mjs';
import { folderOf, freePort, runCommand, runProgram, startServer } from './server.mjs';
import { control } from './wire.mjs';

const placeOf = (path) => fileURLToPath(new URL(path, import.meta.url));
export const exampleWorld = placeOf('../../../fixtures');
const nodeModules = placeOf('../node_modules');
const standIns = placeOf('stand_ins');
const serverInTheText = 'http://127.0.0.1:7377';

const noSettings = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
const environment = { ...noSettings, AWS_PAGER: '', TZ: 'UTC' };
const skipWithoutBoto3 = await skipWithout('python3', ['-c', 'import boto3'], 'boto3');
const skipWithoutCurl = await skipWithout('curl', ['--version']);
const skipWithoutSdk =
  !existsSync(nodeModules) && 'the AWS SDK for JavaScript is not installed; run npm ci in tests/sdk';

/** A text of a page with the address of this server instead of the one on the page. */
function against(server, text) {
  assert.ok(text.includes(serverInTheText), `nothing names the server ${serverInTheText}`);
  return text.replaceAll(serverInTheText, server.url);
}

async function runShell(t, text, flags = '-euo') {
  const bin = await folderOf(t, {});
  await symlink(aws, join(bin, 'aws'));
  const env = { ...environment, PATH: bin + delimiter + process.env.PATH };
  return runCommand('bash', [flags, 'pipefail', '-c', text], { env, cwd: bin });
}

/** A folder with these files and the program as `personalize-local`, and an environment that finds it. */
async function withProgram(t, files) {
  const folder = await folderOf(t, files);
  await symlink(resolve(process.env.PLOCAL_BINARY), join(folder, 'personalize-local'));
  return { cwd: folder, env: { ...environment, PATH: folder + delimiter + process.env.PATH } };
}

/**
 * The same with the npm and pip packages as their sources are, where the program of the packages is the one under test.
 * npm.test.mjs and test_python_package.py install the real packages.
 */
async function withPackages(t, files) {
  const { cwd, env } = await withProgram(t, files);
  const program = resolve(process.env.PLOCAL_BINARY);
  const own = join(cwd, 'node_modules/@personalize-local', `${process.platform}-${process.arch}`);
  await mkdir(join(own, 'bin'), { recursive: true });
  await writeFile(join(own, 'package.json'), '{}');
  await symlink(program, join(own, 'bin/personalize-local'));
  await cp(join(packageFolder, 'npm'), join(cwd, 'node_modules/personalize-local'), { recursive: true });
  await symlink(join(nodeModules, '@aws-sdk'), join(cwd, 'node_modules/@aws-sdk'));
  const inPython = join(cwd, 'personalize_local');
  await cp(join(packageFolder, 'python/personalize_local'), inPython, { recursive: true });
  await mkdir(join(inPython, 'bin'));
  await symlink(program, join(inPython, 'bin/personalize-local'));
  await symlink(join(standIns, 'pytest.py'), join(cwd, 'pytest.py'));
  return { cwd, env };
}

/** For each language: how its text is run, why it is skipped, and how its comments begin. */
export const languages = {
  sh: { skip: skipWithoutAws, comment: '# ', run: (t, text) => runShell(t, text) },
  python: {
    skip: skipWithoutBoto3,
    comment: '# ',
    async run(t, text) {
      const cwd = await folderOf(t, { 'example.py': text });
      return runCommand('python3', ['example.py'], { env: environment, cwd });
    },
  },
  js: {
    skip: skipWithoutSdk,
    comment: '// ',
    async run(t, text) {
      const cwd = await folderOf(t, { 'example.mjs': text });
      await symlink(nodeModules, join(cwd, 'node_modules'));
      return runCommand(process.execPath, ['example.mjs'], { env: environment, cwd });
    },
  },
};

/** Runs a text in a language against the server: `{code, stdout, stderr}`. */
export const runText = (t, server, language, text) => languages[language].run(t, against(server, text));

const succeeded = ({ code, stdout, stderr }) => {
  assert.equal(code, 0, stdout + stderr);
  return stdout;
};

// Each of the following is `{skip, run(t, block)}`: the test of one kind of block.

/** Commands that run one after the other in one shell. Everything in progress ends before each of them. */
export const tour = {
  skip: skipWithoutAws || skipWithoutCurl,
  async run(t, steps) {
    const server = await startServer(t, { flags: ['--fixtures', exampleWorld] });
    const idle = `curl -fsS -X POST ${server.url}/_local/clock/advance -d '{"until": "idle"}' > /dev/null`;
    const script = steps.map(({ text }) => `${text}\necho next step\n${idle}`).join('\n');
    const { stdout, stderr } = await runShell(t, `exec 2>&1\n${against(server, script)}`, '-uo');
    const onOneLine = (text) => text.trim().replace(/\s+/g, ' ');
    const printed = stdout.split('next step\n').slice(0, -1).map(onOneLine);
    assert.deepEqual(printed, steps.map((step) => onOneLine(step.printed)), stderr);
  },
};

export const deployment = {
  skip: skipWithoutAws || skipWithoutCurl,
  async run(t, { text }) {
    const server = await startServer(t, { flags: ['--pending', '20ms', '--in-progress', '30ms'] });
    succeeded(await runText(t, server, 'sh', text));
    const { counts } = await control(server, 'GET', 'requests?limit=0');
    const { CreateCampaign, UpdateCampaign, DeleteCampaign, GetSolutionMetrics } = counts;
    assert.deepEqual([CreateCampaign, UpdateCampaign, DeleteCampaign, GetSolutionMetrics], [1, 1, 1, 1]);
    assert.equal((await control(server, 'GET', 'health')).resources.campaigns ?? 0, 0);
  },
};

/** Calls of curl, each of which must succeed. The output must match the expression. */
export const calls = (printed) => ({
  skip: skipWithoutCurl,
  async run(t, { text }) {
    const server = await startServer(t, { flags: ['--fixtures', exampleWorld] });
    const strict = against(server, text).replace(/^curl /gm, 'curl -fsS ');
    const stdout = succeeded(await runCommand('bash', ['-euo', 'pipefail', '-c', strict]));
    assert.match(stdout, printed);
  },
});

/** Calls of curl about the rows of a dataset of films, beside a file of its first items. */
export const rows = {
  skip: skipWithoutCurl,
  async run(t, { text }) {
    const schemaArn = 'arn:aws:personalize:us-east-1:000000000000:schema/items';
    const dataset = { datasetArn: /^items=(.+)$/m.exec(text)[1], schemaArn };
    const world = { schemas: [{ schemaArn, schema: filmSchemas.items }], datasets: [dataset] };
    const server = await startServer(t, { world });
    const cwd = await folderOf(t, { 'items.csv': 'ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP\nfilm-1,,,1\nfilm-2,,,1\n' });
    const strict = against(server, text).replace(/^curl /gm, 'curl -fsS ');
    const printed = succeeded(await runCommand('bash', ['-euo', 'pipefail', '-c', strict], { env: environment, cwd }));
    assert.match(printed, /"rows":2.*"rows":1.*"next":"film-2".*film-7,Drama\|Crime,,1700000000/s);
  },
};

const nightly = 'arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly';

/** A body for a call under `/_local/`, in a world with the job `nightly`. */
export const body = (method, path) => ({
  skip: false,
  async run(t, { text }) {
    const job = { batchInferenceJobArn: nightly, status: 'PENDING' };
    const server = await startServer(t, { world: { batchInferenceJob: job } });
    const answer = await control(server, method, path, JSON.parse(text));
    assert.ok(!answer.error, answer.error);
  },
});

/** A body for a call under `/_local/`, in the example world. */
export const exampleBody = (method, path) => ({
  skip: false,
  async run(t, { text }) {
    const server = await startServer(t, { flags: ['--fixtures', exampleWorld] });
    await control(server, method, path, JSON.parse(text));
  },
});

/** What is in force after a PUT of the `set` in the block: the answer is the block. */
export const inForce = (path) => ({
  skip: false,
  async run(t, { text }) {
    const server = await startServer(t, {});
    const printed = JSON.parse(text);
    assert.deepEqual(await control(server, 'PUT', path, printed.set), printed);
    assert.deepEqual(await control(server, 'GET', path), printed);
  },
});

/** A part of the answer of `/_local/health`. */
export const health = {
  skip: false,
  async run(t, { text }) {
    const server = await startServer(t, { flags: ['--fixtures', exampleWorld] });
    const [printed, answer] = [JSON.parse(text), await control(server, 'GET', 'health')];
    assert.deepEqual(printed, { ...answer, resources: { ...printed.resources } });
    for (const [kind, count] of Object.entries(printed.resources)) assert.equal(answer.resources[kind], count, kind);
  },
};

export const fixture = {
  skip: false,
  async run(t, { text }) {
    const folder = await folderOf(t, { 'world.json': text });
    succeeded(await runProgram(['check-fixtures', join(folder, 'world.json')]));
  },
};

/** Puts an event into the world that the page makes. The page then asks what became of it, and prints the answer. */
export const event = {
  skip: skipWithoutSdk || skipWithoutCurl,
  async run(t, { page, text }) {
    const [world, , question, printed] = blocksOf(page).map((block) => block.text);
    const server = await startServer(t);
    succeeded(await runText(t, server, 'js', `${world}\n${text}`));
    const answer = JSON.parse(succeeded(await runCommand('bash', ['-euc', against(server, question)])));
    for (const entry of answer.events) delete entry.at;
    assert.deepEqual(answer, JSON.parse(printed));
  },
};

/** Code that reads the stream until a resource is ACTIVE. */
export const stream = {
  skip: skipWithoutSdk,
  async run(t, { text }) {
    const world = { batchInferenceJob: { batchInferenceJobArn: nightly, status: 'PENDING' } };
    const server = await startServer(t, { world, flags: ['--clock', 'frozen'] });
    let isOver = false;
    const running = runText(t, server, 'js', text).finally(() => (isOver = true));
    const turn = (to) => control(server, 'POST', 'transition', { arn: nightly, to, force: true });
    while (!isOver) {
      await turn('PENDING');
      await turn('ACTIVE');
    }
    assert.match(succeeded(await running), /batch-inference-job\/nightly ACTIVE command\n$/);
  },
};

/** The report of `check-fixtures` about a fourth job with an unknown status. */
export const problem = {
  skip: false,
  async run(t, { text }) {
    const job = (status, i) => ({ batchInferenceJobArn: `${nightly}-${i}`, status });
    const batchInferenceJobs = ['ACTIVE', 'ACTIVE', 'ACTIVE', 'DONE'].map(job);
    const folder = await folderOf(t, { 'jobs.json': { batchInferenceJobs } });
    const { stderr } = await runProgram(['check-fixtures', 'jobs.json'], { cwd: folder });
    assert.equal(stderr.trim(), text.trim().replace(/\s+/g, ' '));
  },
};

/** The line that a server with the example world prints when it is ready. */
export const readyLine = {
  skip: false,
  async run(t, { text }) {
    const server = await startServer(t, { flags: ['--fixtures', exampleWorld] });
    assert.equal(server.readyLine, against(server, text).trim());
  },
};

/** Variables for a client, and optionally a command that uses them. */
export const variables = {
  skip: skipWithoutAws,
  async run(t, { text }) {
    const server = await startServer(t);
    const command = /^aws /m.test(text) ? '' : '\naws personalize list-solutions';
    const printed = succeeded(await runBeside(t, server, 'bash', ['-euc', against(server, text) + command], {}));
    assert.deepEqual(JSON.parse(printed), { solutions: [] });
    assert.equal((await control(server, 'GET', 'requests')).requests[0].operation, 'ListSolutions');
  },
};

/** A profile `local` for the file ~/.aws/config. */
export const profile = {
  skip: skipWithoutBoto3,
  async run(t, { text }) {
    const server = await startServer(t);
    const cwd = await folderOf(t, { config: against(server, text) });
    const env = { AWS_CONFIG_FILE: join(cwd, 'config'), AWS_PROFILE: 'local', AWS_ACCESS_KEY_ID: 'local' };
    const program = 'import boto3; print(boto3.client("personalize").list_solutions()["solutions"])';
    const running = runCommand('python3', ['-c', program], { cwd, env: { ...env, AWS_SECRET_ACCESS_KEY: 'local' } });
    assert.equal(succeeded(await running), '[]\n');
  },
};

/** Tests for pytest with its plugin. Tests of a block run again with the block that follows it, if that has none. */
export const pytest = {
  skip: skipWithoutBoto3,
  async run(t, { page, text }) {
    const first = blocksOf(page).find(({ language, text }) => language === 'python' && text.includes('def test_'));
    const whole = first.text === text ? text : `${first.text}\n${text}`;
    const { cwd, env } = await withPackages(t, { 'example.py': whole });
    const printed = succeeded(await runCommand('python3', ['-B', 'pytest.py', 'example'], { cwd, env }));
    assert.equal(printed, '1 passed\n');
  },
};

// This process runs under `node --test`; a child would report to the same runner.
const apart = { NODE_TEST_CONTEXT: undefined, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

export const jest = {
  skip: skipWithoutSdk,
  async run(t, { text }) {
    const { cwd, env } = await withPackages(t, { 'example.mjs': text });
    const args = ['--import', join(standIns, 'jest.mjs'), '--test-reporter=tap', 'example.mjs'];
    const printed = succeeded(await runCommand(process.execPath, args, { cwd, env: { ...env, ...apart } }));
    assert.match(printed, /^# pass 1$/m);
  },
};

/** A module that uses the npm package, and prints what the comment at its end says. */
export const module = {
  skip: skipWithoutSdk,
  async run(t, { text }) {
    const { cwd, env } = await withPackages(t, { 'example.mjs': text });
    const printed = succeeded(await runCommand(process.execPath, ['example.mjs'], { cwd, env }));
    assert.equal(`// ${printed}`, text.slice(text.lastIndexOf('// ')));
  },
};

/** Java is only parsed, since the SDK for Java is not installed. */
export const java = {
  skip: await skipWithout('javac', ['--version'], 'a JDK'),
  async run(t, { text }) {
    const folder = await folderOf(t, { 'Example.java': text });
    succeeded(await parseJava(join(folder, 'Example.java')));
  },
};

/** A class of tests without its imports. It runs with stand-ins for the libraries that it uses. */
export const junit = {
  skip: await skipWithout('javac', ['--version'], 'a JDK'),
  async run(t, { text }) {
    const used = ['org.junit.jupiter.api.Test', 'org.testcontainers.junit.jupiter.*', 'java.time.Duration'];
    const imports = [...used, 'software.amazon.awssdk.services.personalize.PersonalizeClient'];
    const head = imports.map((name) => `import ${name};\n`).join('');
    const asserting = 'import static org.junit.jupiter.api.Assertions.assertEquals;\n';
    const [, name] = /^class (\w+)/m.exec(text);
    const { classes, ...compiled } = await compileJava(t, { [`${name}.java`]: asserting + head + text });
    succeeded(compiled);
    assert.match(succeeded(await runJava(classes, 'RunTests', [name])), /^passed /);
  },
};

/** A script that starts the program on port 7399 and runs `script-under-test.sh` meanwhile. */
export const script = {
  skip: skipWithoutCurl,
  async run(t, { text }) {
    const underTest = '#!/bin/sh\ncurl -fsS "$AWS_ENDPOINT_URL/_local/health" > health.json\n';
    const { cwd, env } = await withProgram(t, { 'script-under-test.sh': underTest });
    await symlink(exampleWorld, join(cwd, 'fixtures'));
    const port = String(await freePort());
    const whole = `chmod +x script-under-test.sh\n${text.replaceAll('7399', port)}\nwait $server\ncat health.json`;
    // The server of the script must end with the script.
    const printed = succeeded(await runCommand('timeout', ['40', 'bash', '-euc', whole], { cwd, env }));
    assert.match(printed, /ready on/);
    assert.equal(JSON.parse(printed.trim().split('\n').at(-1)).ready, true);
  },
};

/** A settings file for a platform: it must be well formed, and the program must accept its variables. */
export const yaml = {
  skip: false,
  async run(t, { text }) {
    const document = parse(text, { strict: true });
    const services = document.services ?? document.jobs.test.services;
    const { env, environment: given = env } = services.personalize;
    const world = ours(given).PERSONALIZE_LOCAL_FIXTURES && { PERSONALIZE_LOCAL_FIXTURES: exampleWorld };
    await startServer(t, { env: { ...ours(given), ...world } });
  },
};
