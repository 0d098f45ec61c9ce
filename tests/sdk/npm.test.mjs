// The npm packages, installed from their tarballs: what they hold, and what an application does with them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import {
  CreateBatchInferenceJobCommand,
  DescribeBatchInferenceJobCommand,
  ListBatchInferenceJobsCommand,
  PersonalizeClient,
} from '@aws-sdk/client-personalize';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import * as filmSchemas from './support/film_schemas.mjs';
import { apart, enginesNamed, imported, install, isRunning, nodeModules, packAll, packages } from './support/npm.mjs';
import { runExample, runModule, sharedFolder, skipNpm, startModule } from './support/npm.mjs';
import { entriesOf, folder, printedBy, readHelp } from './support/package.mjs';
import { arn, jobNamed } from './support/personalize.mjs';
import { atEnd, folderOf, runCommand, runProgram, startServer, temporaryFolder, until } from './support/server.mjs';

let packed, app, local;
const shared = skipNpm ? undefined : sharedFolder();
before(async () => {
  if (skipNpm) return;
  packed = await packages(shared);
  app = await install(join(shared, 'app'), packed.main, packed.platform);
  local = await imported(app);
});

const check = (name, run) => test(name, { skip: skipNpm }, run);
const declared = readFileSync(join(folder, 'npm/lib/index.d.cts'), 'utf8');
const inApp = (path) => join(app, 'node_modules', path);
const versionOf = async () => (await runProgram(['--version'])).stdout.trim().split(' ')[1];

/** A server that is stopped after the test, with its client. */
async function started(t, options) {
  const server = await local.start(options);
  atEnd(t, () => server.stop());
  return server;
}

function clientOf(t, tenant) {
  const client = new PersonalizeClient({ ...tenant.clientConfig, maxAttempts: 1 });
  atEnd(t, () => client.destroy());
  return client;
}

check('the packages hold the expected files, and run nothing when they are installed', async () => {
  const filesOf = async (tarball) => entriesOf(await printedBy('tar', ['-tvzf', tarball]), 'package/');
  const main = await filesOf(packed.main);
  const names = main.map(({ path }) => path);
  const lib = ['child', 'control', 'image', 'index', 'program', 'server', 'tenant'].map((name) => `lib/${name}.cjs`);
  const others = ['LICENSE', 'README.md', 'bin/personalize-local.cjs', 'package.json'];
  const types = ['lib/index.d.cts', 'lib/index.d.mts', 'lib/index.mjs'];
  assert.deepEqual([...names].sort(), [...lib, ...others, ...types].sort());

  const platform = (await filesOf(packed.platform)).map(({ path }) => path);
  assert.deepEqual(platform, ['LICENSE', 'NOTICES', 'README.md', 'bin/personalize-local', 'package.json']);

  for (const { mode, owner, path } of [...main, ...(await filesOf(packed.platform))]) {
    assert.deepEqual([mode, owner], [path.startsWith('bin/') ? '-rwxr-xr-x' : '-rw-r--r--', '0/0'], path);
  }
  for (const name of ['personalize-local', '@personalize-local/linux-x64']) {
    if (!existsSync(inApp(name))) continue;
    assert.equal(JSON.parse(readFileSync(inApp(`${name}/package.json`))).scripts, undefined, name);
  }
});

check('the version of all packages is that of the program', async () => {
  const version = await versionOf();
  const manifest = JSON.parse(readFileSync(inApp('personalize-local/package.json')));
  assert.equal(manifest.version, version);
  assert.deepEqual([...new Set(Object.values(manifest.optionalDependencies))], [version]);
  assert.deepEqual(manifest.personalizeLocal, { image: `personalize-local:${version}` });
  for (const file of [packed.main, packed.platform, ...packed.wheels]) assert.ok(file.includes(`-${version}`), file);
  assert.equal(packed.wheels.length, 2);
});

check('packing is reproducible', async (t) => {
  const again = await packAll(packed.archive, await temporaryFolder(t));
  const first = [packed.main, packed.platform, ...packed.wheels].sort();
  assert.equal(again.length, first.length);
  for (const [i, file] of again.entries()) assert.ok(readFileSync(file).equals(readFileSync(first[i])), file);
});

check('npx runs the program, with its exit code', async () => {
  const npx = (...args) => runCommand('npx', ['--offline', 'personalize-local', ...args], { cwd: app });
  const { code, stdout } = await npx('--version');
  assert.deepEqual([code, stdout], [0, (await runProgram(['--version'])).stdout]);
  const refused = await npx('--prot', '1');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /did you mean --port\?/);
});

check('the command passes signals on to the program', async (t) => {
  const child = startModule(t, app, `
    import { spawn } from 'node:child_process';
    const stdio = ['ignore', 'pipe', 'inherit'];
    const child = spawn('node_modules/.bin/personalize-local', ['--port', '0'], { stdio });
    child.stdout.once('data', () => child.kill('SIGTERM'));
    child.once('exit', (code, signal) => console.log(code, signal));`);
  assert.deepEqual(await child.end(), { code: 0, signal: null });
  assert.equal(child.stdout, '0 null\n', child.stderr);
});

check('modules and CommonJS get the same', async () => {
  const names = ['ControlError', 'Server', 'StartError', 'Tenant', 'start'];
  const esm = await runModule(app, "import * as all from 'personalize-local'; console.log(Object.keys(all).join())");
  assert.equal(esm.stdout, `${names.join()}\n`, esm.stderr);
  const text = "console.log(Object.keys(require('personalize-local')).sort().join())";
  const { stdout, stderr } = await runCommand(process.execPath, ['--eval', text], { cwd: app, env: apart() });
  assert.equal(stdout, `${names.join()}\n`, stderr);
  const same = `import { start } from 'personalize-local'; import { createRequire } from 'node:module';
    console.log(createRequire(import.meta.url)('personalize-local').start === start)`;
  writeFileSync(join(app, 'same.mjs'), same);
  assert.equal(await printedBy(process.execPath, ['same.mjs'], { cwd: app }), 'true\n');
});

const tsc = join(nodeModules, 'typescript/bin/tsc');
const typed = {
  'right.mts': `import { start, type Rule, StartError } from 'personalize-local';
    const rule: Rule = { match: { operation: 'List*' }, times: 2, error: { type: 'ThrottlingException' } };
    const server = await start({ progression: 'calls', calls: 1, fixtures: ['a', 'b'], fixturesJson: {} });
    const tenant = await server.tenant('111122223333');
    const [{ id, fired }] = await tenant.rules.add(rule);
    const now: string = (await tenant.clock.advance(1_000)).now;
    const status: string = (await server.wait(tenant.arn('solution/x'), { status: 'ACTIVE', timeout: '1s' })).status;
    export const all = [id.length, fired + 1, now, status, server.clientConfig.credentials.accessKeyId];
    export const isStart = (error: unknown): string => (error instanceof StartError ? error.stderr : '');
    await server.stop();`,
  'right.cts': `import local = require('personalize-local');
    export const server: Promise<local.Server> = local.start({ clock: 'frozen' });`,
  'wrong.mts': `import { start } from 'personalize-local';
    await start({ progresion: 'calls' });
    await start({ progression: 'fast' });
    (await start()).tenant(111122223333);
    (await start()).clock.go();`,
};
const skipTypes = skipNpm || (!existsSync(tsc) && 'not installed: typescript');

test('TypeScript accepts right uses in both kinds of modules, and refuses wrong ones', { skip: skipTypes }, async () => {
  for (const [name, text] of Object.entries(typed)) writeFileSync(join(app, name), text);
  const compilerOptions = { noEmit: true, strict: true, module: 'nodenext', target: 'es2022', types: [] };
  const compile = (...files) => {
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
    return runCommand(process.execPath, [tsc, '--project', '.', '--pretty', 'false'], { cwd: app });
  };
  const right = await compile('right.mts', 'right.cts');
  assert.equal(right.code, 0, right.stdout);
  const wrong = await compile('wrong.mts');
  const lines = [...wrong.stdout.matchAll(/^wrong\.mts\((\d+),/gm)].map(([, line]) => Number(line));
  assert.deepEqual(lines, [2, 3, 4, 5], wrong.stdout);
});

check('the types have every flag of the program', async () => {
  const [, body] = /^export interface Flags \{\n([^]*?)^\}/m.exec(declared);
  const names = [...body.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name);
  const camel = (flag) => flag.slice(2).replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const flags = (await readHelp()).flags.map(({ flag }) => camel(flag)).filter((name) => name !== 'endWith');
  assert.deepEqual([...names].sort(), flags.sort());
});

check('the example passes, and fails if the service behaves differently', async () => {
  const passed = await runExample(app);
  assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  assert.match(passed.stdout, /^# pass 4$/m);
  const failed = await runExample(app, (file) => {
    writeFileSync(file, readFileSync(file, 'utf8').replace("inProgress: '1h'", "inProgress: '8h'"));
  });
  assert.equal(failed.code, 1);
  assert.match(failed.stdout, /^# fail 3$/m);
});

const itemsArn = arn('dataset/club/ITEMS');
const world = {
  schemas: [{ schemaArn: arn('schema/items'), schema: filmSchemas.items }],
  datasets: [{ datasetArn: itemsArn, schemaArn: arn('schema/items'), datasetType: 'ITEMS' }],
  eventTracker: { eventTrackerArn: arn('event-tracker/1a2b3c4d'), trackingId: '5e6f7081-1111-4222-8333-944455566677' },
  solutionVersions: [{ solutionVersionArn: arn('solution/films/1a2b3c4d') }],
};
const create = (client, name, more) => client.send(new CreateBatchInferenceJobCommand(jobNamed(name, more)));
const describe = async (client, batchInferenceJobArn) => {
  const command = new DescribeBatchInferenceJobCommand({ batchInferenceJobArn });
  return (await client.send(command)).batchInferenceJob;
};

check('a real client works with the configuration, and the clock moves when the test says so', async (t) => {
  const server = await started(t, { fixturesJson: world, inProgress: '2h' });
  const client = clientOf(t, server);
  const frozen = await server.clock.freeze(new Date('2026-12-24T12:00:00Z'));
  assert.deepEqual([frozen.mode, frozen.now.slice(0, 19)], ['frozen', '2026-12-24T12:00:00']);
  const { batchInferenceJobArn } = await create(client, 'nightly');
  assert.equal(batchInferenceJobArn, server.arn('batch-inference-job/nightly'));
  await server.clock.advance(1_500);
  assert.equal((await describe(client, batchInferenceJobArn)).status, 'IN PROGRESS');
  await server.clock.advance('90m');
  assert.equal((await describe(client, batchInferenceJobArn)).status, 'IN PROGRESS');
  await server.clock.advanceUntilIdle();
  const job = await describe(client, batchInferenceJobArn);
  assert.equal(job.status, 'ACTIVE');
  assert.equal(job.creationDateTime.toISOString().slice(0, 19), '2026-12-24T12:00:00');
  assert.equal((await server.clock.run(60)).speed, 60);
  assert.equal((await server.clock.set({ mode: 'frozen' })).mode, 'frozen');
  assert.equal((await server.clock.get()).mode, 'frozen');
});

check('rules make requests fail, and are listed, replaced and removed', async (t) => {
  const server = await started(t);
  const client = clientOf(t, server);
  const list = () => client.send(new ListBatchInferenceJobsCommand({}));
  const error = { type: 'ThrottlingException', message: 'Rate exceeded' };
  const [{ id, fired }] = await server.rules.add({ match: { operation: 'List*' }, times: 1, error });
  assert.equal(fired, 0);
  await assert.rejects(list(), { name: 'ThrottlingException' });
  await list();
  assert.deepEqual((await server.rules.list()).map((rule) => [rule.id, rule.fired]), [[id, 1]]);
  const rule = { match: {}, delay: '0s' };
  const [first, second] = await server.rules.replace([rule, { id: 'second', ...rule }]);
  assert.notEqual(first.id, second.id);
  await server.rules.remove('second');
  assert.deepEqual((await server.rules.list()).map((rule) => rule.id), [first.id]);
  await server.rules.clear();
  assert.deepEqual(await server.rules.list(), []);
});

check('statuses follow the lifecycle, change when the test says so, and can be waited for', async (t) => {
  const server = await started(t, { fixturesJson: world, progression: 'manual' });
  const client = clientOf(t, server);
  const job = (await create(client, 'one')).batchInferenceJobArn;
  assert.equal((await server.transition(job)).status, 'IN PROGRESS');
  const waiting = server.wait(job, { timeout: '30s' });
  await server.transition(job, { to: 'CREATE FAILED', failureReason: 'No objects found' });
  assert.equal((await waiting).status, 'CREATE FAILED');
  assert.equal((await describe(client, job)).failureReason, 'No objects found');
  await assert.rejects(server.wait(job, { status: 'ACTIVE', timeout: 1_000 }), { name: 'ControlError', status: 409 });
  const seen = (await server.history(job)).map(({ status }) => status);
  assert.deepEqual(seen, ['PENDING', 'IN PROGRESS', 'CREATE FAILED']);
  const { set } = await server.lifecycle.set({ default: { progression: 'immediate' } });
  assert.deepEqual((await server.lifecycle.get()).set, set);
  const other = (await create(client, 'two')).batchInferenceJobArn;
  assert.equal((await describe(client, other)).status, 'ACTIVE');
  await server.quotas.set({ limits: { batchInferenceJobsInProgress: 2 } });
  assert.equal((await server.quotas.get()).limits.batchInferenceJobsInProgress, 2);
});

check('rows, events, requests and the state can be read and changed', async (t) => {
  const server = await started(t, { fixturesJson: world });
  const row = (ITEM_ID) => ({ ITEM_ID, CREATION_TIMESTAMP: 1 });
  assert.equal((await server.data.replace(itemsArn, 'ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP\nfilm-1,,,1\n')).rows, 1);
  assert.equal((await server.data.add(itemsArn, [row('film-2'), row('film-3')])).rows, 2);
  const page = await server.data.get(itemsArn, { limit: 2 });
  assert.deepEqual(page.rows.map((each) => each.ITEM_ID), ['film-1', 'film-2']);
  assert.equal((await server.data.get(itemsArn, { after: page.next })).rows.length, 1);

  const events = new PersonalizeEventsClient(server.clientConfig);
  atEnd(t, () => events.destroy());
  const eventList = [{ eventType: 'watch', sentAt: new Date(1_000), itemId: 'film-1' }];
  const { trackingId } = world.eventTracker;
  await events.send(new PutEventsCommand({ trackingId, sessionId: 's', userId: 'u', eventList })).catch(() => {});
  const [event, ...more] = await server.events.list({ userId: 'u' });
  assert.deepEqual([event.userId, more.length], ['u', 0]);
  await server.events.clear();
  assert.deepEqual(await server.events.list(), []);

  await clientOf(t, server).send(new ListBatchInferenceJobsCommand({}));
  const { requests, counts } = await server.requests({ operation: 'ListBatchInferenceJobs', limit: 1 });
  assert.equal(requests[0].operation, 'ListBatchInferenceJobs');
  assert.equal(counts.ListBatchInferenceJobs, 1);
  await server.clearRequests();
  assert.deepEqual((await server.requests()).requests, []);

  const state = await server.state.get({ data: false });
  await server.reset({ fixtures: false });
  assert.deepEqual((await server.health()).resources, {});
  await server.state.replace(state);
  await server.state.add({ solutionVersion: { solutionVersionArn: arn('solution/other/1a2b3c4d') } });
  assert.equal((await server.health()).resources.solutionVersions, 2);
  await server.reset();
  assert.equal((await server.health()).resources.solutionVersions, 1);
  assert.match(await server.call('GET', 'metrics'), /^# HELP /);
});

check('models are trained and explained', async (t) => {
  const server = await started(t, { fixtures: join(folder, '../../fixtures') });
  const solution = arn('solution/shop-for-you/11aa22bb');
  assert.equal((await server.train(solution)).arn, solution);
  const input = { campaignArn: arn('campaign/shop-for-you'), userId: 'user-1' };
  const { items } = await server.explain({ operation: 'GetRecommendations', input });
  assert.ok(items.length > 0);
});

check('every method is called in these tests', async (t) => {
  const server = await started(t);
  const text = readFileSync(new URL(import.meta.url), 'utf8');
  const own = Object.getOwnPropertyNames(local.Tenant.prototype).filter((name) => name !== 'constructor');
  const facets = Object.entries(server).filter(([, value]) => typeof value === 'object');
  const methods = facets.flatMap(([facet, value]) => Object.keys(value).map((name) => `${facet}.${name}`));
  assert.ok(methods.length > 20);
  const isCalled = (name) => new RegExp(`\\.${name.replace('.', '\\.')}\\b`).test(text);
  const all = [...own, ...methods, 'tenant', 'stop', 'log', 'httpsEndpoint'];
  assert.deepEqual(all.filter((name) => !isCalled(name)), []);
  const isDeclared = (name) => new RegExp(`\\b${name.split('.').at(-1)}\\b[(:]`).test(declared);
  assert.deepEqual(all.filter((name) => !isDeclared(name)), []);
});

check('tenants run in parallel, and see nothing of each other', async (t) => {
  const server = await started(t, { fixturesJson: world, clock: 'frozen', inProgress: '1h' });
  const suite = async (outcome) => {
    const tenant = await server.tenant();
    const client = clientOf(t, tenant);
    await tenant.rules.add({ match: { jobName: 'nightly' }, lifecycle: { outcome } });
    const version = { solutionVersionArn: tenant.arn('solution/films/1a2b3c4d') };
    const { batchInferenceJobArn } = await create(client, 'nightly', version);
    await tenant.clock.advance('2h');
    const { counts } = await tenant.requests();
    return { account: tenant.account, counts, status: (await describe(client, batchInferenceJobArn)).status };
  };
  const outcomes = Array.from({ length: 8 }, (_, i) => (i % 2 ? 'ACTIVE' : 'CREATE FAILED'));
  const ended = await Promise.all(outcomes.map(suite));
  assert.deepEqual(ended.map(({ status }) => status), outcomes);
  assert.equal(new Set(ended.map(({ account }) => account)).size, outcomes.length);
  for (const { account, counts } of ended) {
    assert.match(account, /^\d{12}$/);
    assert.deepEqual(counts, { CreateBatchInferenceJob: 1 });
  }
  assert.equal((await server.requests()).counts.CreateBatchInferenceJob, outcomes.length);
  const named = await server.tenant('111122223333');
  assert.equal(named.env.AWS_ACCESS_KEY_ID, '111122223333');
  assert.equal(named.env.AWS_ENDPOINT_URL_PERSONALIZE, server.endpoint);
});

check('a server with HTTPS tells both addresses', async (t) => {
  const home = process.env.XDG_DATA_HOME;
  process.env.XDG_DATA_HOME = await temporaryFolder(t);
  atEnd(t, () => (home === undefined ? delete process.env.XDG_DATA_HOME : (process.env.XDG_DATA_HOME = home)));
  const server = await started(t, { tlsCert: 'auto', tlsPort: 0, host: '0.0.0.0' });
  assert.match(server.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.match(server.httpsEndpoint, /^https:\/\/127\.0\.0\.1:\d+$/);
  assert.match(await server.call('GET', 'ca.pem'), /BEGIN CERTIFICATE/);
});

check('a start that fails says why, with what the program wrote', async (t) => {
  const bad = join(await folderOf(t, { 'bad.json': { batchInferenceJob: { status: 'ACTIVE' } } }), 'bad.json');
  const silent = join(await folderOf(t, { silent: '#!/bin/sh\necho $$ >&2\nexec sleep 600\n' }), 'silent');
  await printedBy('chmod', ['755', silent]);
  const cases = [
    [{ progresion: 'calls' }, 2, /exit code 2\n.*did you mean --progression\?/],
    [{ fixtures: bad }, 2, /bad\.json.*batchInferenceJobArn/],
    [{ program: '/no/such/program' }, null, /ENOENT/],
    [{ program: silent, startTimeout: 500 }, null, /not ready within 500 ms\n\d+/],
    [{ program: '/bin/true' }, 0, /exit code 0/],
  ];
  for (const [options, exitCode, message] of cases) {
    const error = await local.start(options).then(() => assert.fail(JSON.stringify(options)), (each) => each);
    assert.ok(error instanceof local.StartError, error.stack);
    assert.equal(error.exitCode, exitCode, error.message);
    assert.match(error.message, message);
    if (options.program === silent) await until('the end of it', () => !isRunning(error.stderr.trim()));
  }
  const long = 'x'.repeat(200_000);
  await assert.rejects(local.start({ fixturesJson: { long } }), /write it to a file, and give the path as fixtures/);
});

check('a stopped server is gone, and stopping it again does nothing', async (t) => {
  const server = await started(t);
  await server.rules.list();
  await server.stop();
  await server.stop();
  assert.match(server.log, /operation="GET \/_local\/rules" status=200/);
  await assert.rejects(server.health(), { name: 'ControlError', status: undefined });
});

const printPid = `
  import { readdirSync, readFileSync } from 'node:fs';
  import { start } from 'personalize-local';
  await start();
  const children = readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim();
  console.log(children);`;

check('the server ends with its parent, even if that is killed', async (t) => {
  const parent = startModule(t, app, `${printPid} setInterval(() => {}, 1000);`);
  const pid = Number(await until('the server', () => parent.stdout.trim() || parent.exit));
  assert.ok(isRunning(pid), parent.stderr);
  parent.process.kill('SIGKILL');
  await until('the end of the server', () => !isRunning(pid));
});

check('a parent that does not stop the server can end, and the server ends too', async () => {
  const { code, stdout, stderr } = await runModule(app, printPid);
  assert.equal(code, 0, stderr);
  await until('the end of the server', () => !isRunning(Number(stdout)));
});

check('an interrupt from the terminal does not end the server before the tests do', async () => {
  const text = `
    import { start } from 'personalize-local';
    process.on('SIGINT', async () => {
      console.log((await server.health()).ready);
      await server.stop();
    });
    const server = await start();
    process.kill(0, 'SIGINT'); // the whole process group, as a terminal does
    setTimeout(() => {}, 100);`;
  const args = ['--wait', process.execPath, '--input-type=module', '--eval', text];
  const { stdout, stderr } = await runCommand('setsid', args, { cwd: app, env: apart() });
  assert.equal(stdout, 'true\n', stderr);
});

check('a variable names a server that runs already', async (t) => {
  const sidecar = await startServer(t, { world });
  const env = { PERSONALIZE_LOCAL_ENDPOINT: `${sidecar.url}/` };
  const text = `
    import { start } from 'personalize-local';
    const server = await start({ progression: 'calls', region: 'us-east-1' });
    const tenant = await server.tenant('111122223333');
    await tenant.rules.add({ match: {}, delay: '0s' });
    console.log(server.endpoint, (await tenant.health()).resources.solutionVersions);
    await server.stop();`;
  const { code, stdout, stderr } = await runModule(app, text, env);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `${sidecar.url} 1\n`);
  assert.match(stderr, /these options do not reach it: progression/);
  assert.equal(sidecar.exit, undefined);
  await sidecar.stop();
  const gone = await runModule(app, text, env);
  assert.equal(gone.code, 1);
  assert.match(gone.stderr, /StartError: .*PERSONALIZE_LOCAL_ENDPOINT is http:\S+, and no server is ready there/);
});

check('the program that is started ignores the variables of the package', async () => {
  const env = { PERSONALIZE_LOCAL_ENDPOINT: '', PERSONALIZE_LOCAL_IMAGE: 'x', PERSONALIZE_LOCAL_CALLS: '7' };
  const text = `
    import { start } from 'personalize-local';
    const server = await start();
    console.log((await server.lifecycle.get()).default.calls);
    await server.stop();`;
  const { stdout, stderr } = await runModule(app, text, env);
  assert.equal(stdout, '7\n', stderr);
});

const inContainer = (options, more = '') => `
  import { start } from 'personalize-local';
  const server = await start(${JSON.stringify(options)});
  console.log(server.endpoint, (await server.health()).resources.batchInferenceJobs);
  ${more}`;

let bare;
/** An application where the package of the platform is missing, as on macOS and Windows. */
async function withoutProgram() {
  bare ??= await install(join(shared, 'bare'), packed.main);
  assert.ok(!existsSync(join(bare, 'node_modules/@personalize-local')));
  return bare;
}

check('where there is no program, the image runs by docker or podman, with the same API', async (t) => {
  const fixtures = join(folder, '../../docker/examples/fixtures');
  for (const name of ['docker', 'podman']) {
    const { env, state } = await enginesNamed(t, [name]);
    const text = inContainer({ fixtures, calls: 3 }, 'await server.stop();');
    const { code, stdout, stderr } = await runModule(await withoutProgram(), text, env);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^http:\/\/127\.0\.0\.1:\d+ 2\n$/);
    const asked = JSON.parse(readFileSync(join(state, 'run.json')));
    assert.equal(asked.image, `personalize-local:${await versionOf()}`);
    assert.deepEqual(asked.publish, ['127.0.0.1::7377']);
    assert.deepEqual(asked.volume, [`${fixtures}:/mounted/0/fixtures:ro`]);
    assert.deepEqual(asked.args, ['--port=7377', '--end-with=stdin', '--fixtures=/mounted/0/fixtures', '--calls=3']);
    const commands = readFileSync(join(state, 'commands'), 'utf8');
    assert.equal(commands, `${name} info\n${name} run\n${name} port\n`);
    await until('the end of the container', () => !isRunning(readFileSync(join(state, 'pid'), 'utf8')));
  }
});

check('a container ends with the process that started it', async (t) => {
  const { env, state } = await enginesNamed(t, ['docker']);
  const parent = startModule(t, await withoutProgram(), inContainer({}, 'setInterval(() => {}, 1000);'), env);
  await until('the container', () => parent.stdout || parent.exit);
  const pid = readFileSync(join(state, 'pid'), 'utf8');
  assert.ok(isRunning(pid), parent.stderr);
  parent.process.kill('SIGKILL');
  await until('the end of the container', () => !isRunning(pid));
});

check('an image and a port can be asked for, and what a container cannot be given is refused', async (t) => {
  const { env, state } = await enginesNamed(t, ['docker']);
  const image = { PERSONALIZE_LOCAL_IMAGE: 'registry/personalize-local:2' };
  await runModule(await withoutProgram(), inContainer({ port: 7400 }, 'await server.stop();'), { ...env, ...image });
  const { image: given, publish } = JSON.parse(readFileSync(join(state, 'run.json')));
  assert.deepEqual([given, publish], ['registry/personalize-local:2', ['127.0.0.1:7400:7377']]);
  await runModule(app, inContainer({ image: 'mine:3' }, 'await server.stop();'), env);
  assert.equal(JSON.parse(readFileSync(join(state, 'run.json'))).image, 'mine:3');

  const cases = [
    [{ db: 'x.db' }, /which cannot be given db/],
    [{ s3: 'objects' }, /which cannot be given a folder as s3: give an endpoint/],
    [{ fixtures: 'no/such' }, /there is no file or folder no\/such/],
    [{ calls: 0 }, /exit code 2\n.*--calls/],
  ];
  for (const [options, message] of cases) {
    const { code, stderr } = await runModule(await withoutProgram(), inContainer(options), env);
    assert.equal(code, 1);
    assert.match(stderr, message);
  }
});

check('without a program and a container engine, one sentence says what is missing', async (t) => {
  const sentence = (text) => new RegExp(`StartError: [^\n]*there is no program for linux-[^\n]*${text}`);
  const none = await runModule(await withoutProgram(), inContainer({}), { PATH: '/no/such' });
  assert.match(none.stderr, sentence('but neither docker nor podman is installed: install one of them'));
  assert.match(none.stderr, /or set PERSONALIZE_LOCAL_ENDPOINT to a server that runs already/);
  const { env } = await enginesNamed(t, ['docker'], 'Cannot connect to the Docker daemon');
  const silent = await runModule(await withoutProgram(), inContainer({}), env);
  assert.match(silent.stderr, sentence('but docker does not work \\(Cannot connect to the Docker daemon\\): start it'));
  const inBare = { cwd: await withoutProgram() };
  const command = await runCommand('node_modules/.bin/personalize-local', ['--version'], inBare);
  assert.equal(command.code, 1);
  assert.match(command.stderr, /^personalize-local: there is no program for linux-\S+; run the image/);
});
