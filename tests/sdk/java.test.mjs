// The example for Testcontainers for Java, and its class: they run with stand-ins for Testcontainers, JUnit and the SDK.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compileJava, folder, image, runJava, skipWithout, textOf, top } from './support/examples.mjs';
import * as filmSchemas from './support/film_schemas.mjs';
import { arn } from './support/personalize.mjs';
import { folderOf, startServer } from './support/server.mjs';

const skip = await skipWithout('javac', ['--version'], 'a JDK');
const example = 'PersonalizeContainerTest.java';

async function compiled(t, sources) {
  const { code, stdout, stderr, classes } = await compileJava(t, sources);
  assert.equal(code, 0, stdout + stderr);
  return classes;
}

async function runExample(t, change = (text) => text) {
  const classes = await compiled(t, { [example]: change(await textOf(example)) });
  return runJava(classes, 'RunTests', ['PersonalizeContainerTest']);
}

test('the example passes, and fails if the service behaves differently', { skip }, async (t) => {
  const passed = await runExample(t);
  assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  assert.deepEqual(passed.stdout.trim().split('\n').sort(), [
    'passed aFailedJobHasAReason',
    'passed aThrottledPollIsRepeated',
  ]);
  const failed = await runExample(t, (text) => text.replace('"failureReason": "Invalid S3', '"failureReason": "Other'));
  assert.equal(failed.code, 1);
  assert.match(failed.stdout, /^failed aFailedJobHasAReason: .*but was: <Other input path>/m);
});

test('options are flags, and fixtures are files, folders or a document', { skip }, async (t) => {
  const files = await folderOf(t, { 'filter.json': { filter: { filterArn: arn('filter/a') } } });
  const classes = await compiled(t, {
    'Started.java': `
      import java.nio.file.Path;
      import java.util.List;
      import java.util.Map;

      class Started {
          public static void main(String[] arguments) {
              var server = new PersonalizeLocalContainer("${image}").with("region", "eu-west-1")
                  .with("account", "123456789012").with("logLevel", "off")
                  .with("fixturesFor", List.of("111122223333", "444455556666"))
                  .withFixtures(Path.of("${files}/filter.json")).withFixtures(Path.of("${folder}/fixtures"))
                  .withFixturesJson(Map.of("schema", Map.of("schemaArn", "${arn('schema/a')}")));
              server.start();
              System.out.println(server.arn("filter/a"));
              System.out.println(server.health().get("resources"));
              System.out.print(server.log());
              server.stop();
          }
      }`,
  });
  const { code, stdout, stderr } = await runJava(classes, 'Started');
  assert.equal(code, 0, stderr);
  const [named, resources, log] = stdout.split('\n');
  assert.equal(named, 'arn:aws:personalize:eu-west-1:123456789012:filter/a');
  assert.match(resources, /\bfilters=3\b/);
  assert.match(resources, /\bschemas=3\b/);
  assert.match(resources, /\bbatchInferenceJobs=6\b/);
  assert.match(log, / ready on /);
});

test('a server that does not start fails the tests with a reason', { skip }, async (t) => {
  const text = 'class Bad { public static void main(String[] a) { new PersonalizeLocalContainer("other:latest"); } }';
  const { code, stderr } = await runJava(await compiled(t, { 'Bad.java': text }), 'Bad');
  assert.equal(code, 1);
  assert.match(stderr, /there is no image other:latest/);
});

const rows = '[{ITEM_ID=film-1, CREATION_TIMESTAMP=1}, {ITEM_ID=film-2, PRICE=1.5, CREATION_TIMESTAMP=2}]';
const answers = [
  'health: [ok]',
  'arn: [arn:aws:personalize:us-east-1:111122223333:batch-inference-job/nightly]',
  'arn of the server: [arn:aws:personalize:us-east-1:000000000000:batch-inference-job/nightly]',
  'env: [111122223333, local]',
  'fresh: [12]',
  'freeze: [2026-12-24T12:00:00Z]',
  'advance: [2026-12-24T13:30:00Z]',
  'run: [60.0]',
  'freeze here: [frozen]',
  'set: [2027-01-01T00:00:00Z]',
  'idle: [frozen, frozen]',
  'added: [2, a:name, 2]',
  'left: [1]',
  'replaced: [2]',
  'cleared: [[]]',
  'lifecycle: [{default={progression=manual}}]',
  'quotas: [aws, aws]',
  'transition: [IN PROGRESS]',
  'transition to: [CREATE FAILED]',
  'wait: [CREATE FAILED]',
  'history: [[PENDING, IN PROGRESS, CREATE FAILED]]',
  'reason: [a\tb ü]',
  'requests: [{}, []]',
  'rows: [1]',
  `all: [${rows}]`,
  'page: [1]',
  'train: [arn:aws:personalize:us-east-1:111122223333:solution/films/1a2b3c4d]',
  'explain: [GetRecommendations]',
  'events: [[]]',
  'replaced by nothing: [0]',
  'other account: [0]',
  'refused: [404, true]',
  'no such call: [404]',
  'metrics: [true]',
  'still there: [true]',
];

test('every call of the class works with a server that runs already', { skip }, async (t) => {
  const schemaArn = arn('schema/items');
  const solutionVersionArn = arn('solution/films/1a2b3c4d');
  const server = await startServer(t, {
    world: {
      schemas: [{ schemaArn, schema: filmSchemas.items }],
      datasets: [{ datasetArn: arn('dataset/club/ITEMS'), schemaArn, datasetType: 'ITEMS' }],
      solutionVersions: [{ solutionVersionArn, datasetGroupArn: arn('dataset-group/club') }],
      campaigns: [{ campaignArn: arn('campaign/films'), solutionVersionArn }],
    },
  });
  const text = await readFile(new URL('support/EveryCall.java', import.meta.url), 'utf8');
  const classes = await compiled(t, { 'EveryCall.java': text });
  const env = { PERSONALIZE_LOCAL_ENDPOINT: server.url, LC_ALL: 'C.UTF-8' };
  const { code, stdout, stderr } = await runJava(classes, 'EveryCall', [], env);
  assert.equal(code, 0, stdout + stderr);
  assert.deepEqual(stdout.trim().split('\n'), answers);
});

test('the class has the calls of the npm package', async () => {
  const declared = await readFile(join(top, 'server/package/npm/lib/index.d.cts'), 'utf8');
  const [, tenant] = /^export class Tenant \{\n([^]*?)^\}/m.exec(declared);
  const names = [...tenant.matchAll(/^ {2}(?:readonly )?(\w+)(?=[(:])/gm)].map(([, name]) => name);
  const inGroups = [...tenant.matchAll(/^ {4}(\w+)\(/gm)].map(([, name]) => name);
  assert.ok(names.length > 15 && inGroups.length > 12, `${names} ${inGroups}`);
  const text = await textOf('PersonalizeLocalContainer.java');
  for (const name of [...names, ...inGroups]) assert.match(text, new RegExp(`[ >]${name}\\(`), name);
});
