// The two SDKs for Go: a story each over the three services, and the example of a test.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { cp, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { folder as examples, skipWithout } from './support/examples.mjs';
import { runCommand, startServer, temporaryFolder } from './support/server.mjs';
import { control } from './support/wire.mjs';

const sources = '/usr/share/gocode/src/github.com/aws'; // where Debian's packages put them
const sdks = { v1: 'aws-sdk-go', v2: 'aws-sdk-go-v2' };
const withoutGo = (await skipWithout('go', ['version'], 'Go')) && 'Go is not installed; ./dev setup go';
const skipOf = (version) =>
  withoutGo || (!existsSync(join(sources, sdks[version], 'service')) && `not installed: golang-github-aws-${sdks[version]}-dev`);

const cache = await runCommand('go', ['env', 'GOCACHE']).catch(() => ({ stdout: '' }));
const goEnvironment = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '', GOCACHE: cache.stdout.trim(), GOPROXY: 'off' };

/** Runs `go` with these arguments. Its packages are those of Debian alone. */
const go = (args, { cwd, env } = {}) =>
  runCommand('go', args, { cwd, env: { ...goEnvironment, ...env } });

const expected = {
  group: 'arn:aws:personalize:us-east-1:000000000000:dataset-group/club',
  version: 'ACTIVE',
  isDated: true,
  trainingMode: true,
  recommended: 4,
  scored: true,
  recommendationId: true,
  pages: 2,
  campaigns: 1,
  missing: true,
  taken: true,
  runtime: true,
  events: true,
  throttled: true,
};

for (const version of ['v1', 'v2']) {
  test(`the SDK for Go ${version} makes a campaign, puts rows and gets recommendations`, { skip: skipOf(version) }, async (t) => {
    const error = { type: 'ThrottlingException', message: 'Rate exceeded' };
    const rules = [
      { match: { operation: 'ListCampaigns' }, times: 2, error },
      { match: { operation: 'DescribeRecipe' }, error },
    ];
    const server = await startServer(t, { world: { rules }, flags: ['--progression', 'immediate'] });
    const story = fileURLToPath(new URL(`support/go/${version}/story.go`, import.meta.url));
    const program = join(await temporaryFolder(t), 'story');
    const built = await go(['build', '-o', program, story]);
    assert.equal(built.code, 0, built.stderr);
    const identity = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' };
    const { code, stdout, stderr } = await runCommand(program, [], { env: { ENDPOINT: server.url, ...identity } });
    assert.equal(code, 0, stderr);
    const { schemas, ...seen } = JSON.parse(stdout);
    assert.deepEqual(seen, expected);
    assert.deepEqual(schemas.sort(), ['club-Interactions', 'club-Items', 'club-Users']);
    const { counts } = await control(server, 'GET', 'requests?limit=0');
    assert.equal(counts.ListCampaigns, 3, 'two are throttled and repeated');
  });
}

/** Runs the example with the program under test in PATH, after `change` has edited its files. */
async function runExample(t, env = {}, change = (text) => text) {
  const place = await temporaryFolder(t);
  await cp(join(examples, 'go'), place, { recursive: true });
  const file = join(place, 'nightly_test.go');
  await writeFile(file, change(readFileSync(file, 'utf8')));
  await symlink(resolve(process.env.PLOCAL_BINARY), join(place, 'personalize-local'));
  return go(['test', '-count=1', '-v', '.'], { cwd: place, env: { PATH: place + delimiter + process.env.PATH, ...env } });
}

test('the example for Go passes, and fails if the service behaves differently', { skip: skipOf('v2') }, async (t) => {
  const passed = await runExample(t);
  assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  assert.equal([...passed.stdout.matchAll(/^--- PASS: /gm)].length, 4);
  const failed = await runExample(t, {}, (text) => text.replace('"inProgress": "7h"', '"inProgress": "1h"'));
  assert.equal(failed.code, 1);
  assert.match(failed.stdout, /^--- FAIL: TestTheJobIsGivenUpAfterSixHours/m);
});

test('the example for Go uses a server that runs already', { skip: skipOf('v2') }, async (t) => {
  const solutionVersionArn = 'arn:aws:personalize:us-east-1:000000000000:solution/movies/0a1b2c3d';
  const world = { solutionVersion: { solutionVersionArn } };
  const server = await startServer(t, { world, flags: ['--clock', 'frozen', '--in-progress', '1h'] });
  const { code, stdout } = await runExample(t, { PERSONALIZE_LOCAL_ENDPOINT: server.url });
  assert.equal(code, 0, stdout);
  assert.ok((await control(server, 'GET', 'requests?limit=0')).counts.CreateBatchInferenceJob >= 4);
});
