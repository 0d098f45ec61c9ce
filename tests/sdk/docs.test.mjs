// The code blocks of the pages for users: each is run as a reader would run it, or the table says why it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as blocks from './support/blocks.mjs';
import { blocksOf, pages } from './support/documents.mjs';
import { startServer } from './support/server.mjs';
import { send } from './support/wire.mjs';

/** A block that no test runs, with the reason. */
const notRun = (reason) => ({ reason });

const tour = notRun('all steps of the tour run together');
const printed = notRun('the tour compares it with what the step before it prints');
const shown = notRun('it runs with the block that puts an event');
const prelude = notRun('each example of its language runs behind it');

const builds = notRun('it installs packages and compiles');
const needsEngine = notRun('it needs a container engine; image.test.mjs runs the image where there is one');
const needsRoot = notRun('it changes the system; package.test.mjs examines what it installs');
const followed = notRun('getting_started.test.mjs follows the page');
const fixture = ['json', blocks.fixture];

/** The expected requests after a block has run, oldest first, by heading: the same in every language. */
const polls = {
  'A slow job': { creates: ['made'], polls: ['PENDING', ...Array(5).fill('IN PROGRESS')] },
  'A failing job': { creates: ['made'], polls: ['PENDING', 'IN PROGRESS', 'CREATE FAILED'] },
  'A throttled poll': {
    creates: ['made'],
    polls: ['ThrottlingException', 'ThrottlingException', 'PENDING', 'ACTIVE'],
  },
  'A lost answer': { creates: ['made, but reset', 'ResourceAlreadyExistsException'], polls: ['PENDING', 'ACTIVE'] },
  'A frozen clock': { creates: ['made'], polls: ['PENDING', 'IN PROGRESS', 'ACTIVE'] },
  'Two suites in parallel': {
    accounts: {
      111122223333: { creates: ['made'], polls: ['PENDING', 'ACTIVE'] },
      444455556666: { creates: ['made'], polls: ['PENDING', 'CREATE FAILED'] },
    },
  },
};
const inEveryLanguage = (expected) =>
  Object.keys(blocks.languages).map((language) => [language, { skip: blocks.languages[language].skip, expected }]);

const step = [
  ['sh', tour],
  ['', printed],
];

/** Every block of every page, by page and heading: its language and how it is run. */
const table = {
  'README.md': {
    Start: [
      ['sh', builds],
      ['', blocks.readyLine],
    ],
    'A tour with the AWS CLI': [
      ...step,
      ['sh', tour],
      ['json', printed],
      ...step,
      ...step,
      ...step,
      ...step,
      ...step,
    ],
    'AWS CLI': [['sh', blocks.variables]],
    'pytest and boto3': [['python', blocks.pytest]],
    'Jest or Vitest and the SDK for JavaScript': [['js', blocks.jest]],
    'JUnit and the SDK for Java 2': [['java', blocks.java]],
    Shell: [['sh', blocks.script]],
    Docker: [['sh', needsEngine]],
  },
  'docs/capture.md': {
    Capture: [['sh', notRun('capture.test.mjs captures and checks, and loads what it has captured')]],
    'What it needs': [['sh', notRun('it needs an account')]],
    'What is missing': [['', notRun('capture.test.mjs has calls denied')]],
  },
  'docs/clients.md': {
    'The endpoint': [
      ['sh', blocks.variables],
      ['ini', blocks.profile],
    ],
    HTTPS: [
      ['sh', notRun('clients.test.mjs has each client trust the CA')],
      ['sh', notRun('clients.test.mjs has each client trust the CA')],
      ['sh', needsRoot],
    ],
    Signatures: [['sh', notRun('signatures.test.mjs starts the program with these flags')]],
  },
  'docs/configuration.md': {},
  'docs/console.md': {},
  'docs/containers.md': {
    Containers: [['sh', needsEngine]],
    Persistence: [['sh', needsEngine]],
    Compose: [['yaml', blocks.yaml]],
    'CI services': [
      ['sh', needsEngine],
      ['yaml', notRun('release.test.mjs runs the action')],
    ],
  },
  'docs/control-api.md': {
    Examples: [['sh', blocks.calls(/"status":"CREATE FAILED","at":"[^"]+","cause":"command"/)]],
    'All calls': [['json', blocks.health]],
    Lifecycle: [
      ['json', blocks.body('PUT', 'lifecycle')],
      ['json', blocks.inForce('lifecycle')],
    ],
    Quotas: [['json', blocks.body('PUT', 'quotas')]],
    Transition: [['json', blocks.body('POST', 'transition')]],
    History: [
      ['json', notRun('a unit test compares the work in a history')],
      ['json', notRun('openapi.test.mjs holds an example of these jobs against the schema')],
    ],
    'Lists of resources': [['json', notRun('openapi.test.mjs holds an example of such a list against the schema')]],
    Rules: [
      ['json', blocks.body('POST', 'rules')],
      ['json', blocks.body('PUT', 'rules')],
    ],
    'Rows of datasets': [['sh', blocks.rows]],
    'Training and explanations': [
      ['json', blocks.exampleBody('POST', 'train')],
      ['json', blocks.exampleBody('POST', 'explain')],
    ],
    'Stream of events': [['js', blocks.stream]],
  },
  'docs/events-and-data.md': {
    'A world for events': [['js', shown]],
    'Put an event': [['js', blocks.event]],
    'What became of it': [
      ['sh', shown],
      ['json', shown],
    ],
  },
  'docs/recommendations.md': {
    'A tour of the shop': [
      ['sh', blocks.calls(/"promotionName":"sale".*"personalizedRanking":.*"itemId":"no-such-item"}\]/s)],
    ],
  },
  'docs/getting-started.md': {
    'Getting started': [['sh', builds]],
    Python: [['python', followed], ['sh', followed], ['python', followed], ['sh', followed]],
    JavaScript: [['js', followed], ['sh', followed], ['js', followed], ['sh', followed]],
    Java: [['sh', followed], ['java', followed], ['java', followed]],
    Shell: [['sh', followed], ['sh', followed], ['sh', followed], ['sh', followed]],
    'GitHub Actions': [['yaml', followed]],
    Compose: [['sh', followed], ['yaml', followed], ['sh', needsEngine]],
  },
  'docs/fixtures.md': {
    'The format': [fixture, fixture],
    'A lifecycle of its own': [fixture],
    'Settings in a document': [fixture],
    'Loading and checking': [['', blocks.problem]],
  },
  'docs/packages.md': {
    Packages: [['sh', builds]],
    'The .deb': [['sh', needsRoot]],
    'The service': [
      ['sh', needsRoot],
      ['sh', notRun('package.test.mjs examines the settings of the service')],
    ],
    'The archive': [['sh', needsRoot]],
    Completions: [['sh', notRun('package.test.mjs runs the completions')]],
  },
  'docs/polling-loops.md': {
    Shell: [['sh', prelude]],
    Python: [['python', prelude]],
    JavaScript: [['js', prelude]],
    ...Object.fromEntries(Object.entries(polls).map(([heading, expected]) => [heading, inEveryLanguage(expected)])),
  },
  'docs/s3.md': {
    'A folder': [['sh', notRun('s3.test.mjs starts the program with a folder')]],
    'An endpoint': [['sh', notRun('s3_endpoints.test.mjs starts several endpoints')]],
    Errors: [['', notRun('unit and wire tests compare the texts')]],
    Imports: [
      ['', notRun('file_jobs.test.mjs imports files')],
      ['', notRun('unit tests compare the texts')],
    ],
    'Data deletion': [['', notRun('unit tests delete users')]],
    'Metric attribution reports': [['', notRun('unit tests compare reports')]],
  },
  'docs/testing.md': {
    Install: [['sh', notRun('npm.test.mjs and test_python_package.py build and install the packages')]],
    'Jest, Vitest, node:test': [['js', blocks.jest]],
    pytest: [
      ['python', blocks.pytest],
      ['python', blocks.pytest],
    ],
    JUnit: [['java', blocks.junit]],
    'Parallel tests': [['js', blocks.module]],
  },
  'docs/time.md': {
    'A whole deployment': [['sh', blocks.deployment]],
  },
};

const nameOf = ({ page, heading, language }, i) => `${page}, ${heading}, ${language || 'printed'} (${i + 1})`;
const rowsOf = (page) =>
  Object.entries(table[page]).flatMap(([heading, rows]) =>
    rows.map(([language, how], i) => ({ name: nameOf({ page, heading, language }, i), how })),
  );

/** The blocks of a page, each named by its heading and its position below it. */
function namedBlocksOf(page) {
  const all = blocksOf(page);
  const first = (block) => all.findIndex(({ heading }) => heading === block.heading);
  return all.map((block, i) => ({ ...block, name: nameOf(block, i - first(block)) }));
}

test('the table has every page', () => {
  assert.deepEqual(Object.keys(table).sort(), [...pages].sort());
});

for (const page of pages) {
  test(`every block has a row in the table, and every row has a block: ${page}`, () => {
    assert.deepEqual(
      namedBlocksOf(page).map(({ name }) => name),
      rowsOf(page).map(({ name }) => name),
    );
  });
}

const howOf = ({ page, name }) => rowsOf(page).find((row) => row.name === name)?.how;
const all = pages.flatMap(namedBlocksOf);

for (const block of all) {
  const how = howOf(block);
  if (how?.run) test(`the block works as the page says: ${block.name}`, { skip: how.skip }, (t) => how.run(t, block));
}

test('the tour runs and prints the output in the README', { skip: blocks.tour.skip }, async (t) => {
  const steps = all.flatMap((block, i) => {
    return howOf(block) === tour ? [{ text: block.text, printed: all[i + 1].text }] : [];
  });
  assert.equal(steps.length, 7);
  await blocks.tour.run(t, steps);
});

/** The output that an example announces in the comment at its end, line by line. */
function expectedOutputOf({ language, text }) {
  const { comment } = blocks.languages[language];
  const lines = text.trimEnd().split('\n');
  const code = lines.findLastIndex((line) => !line.startsWith(comment));
  return lines.slice(code + 1).map((line) => line.slice(comment.length));
}

/** The outcome of a request in a word or two. */
function outcomeOf({ error, connection, output }) {
  const outcome = error ?? output?.batchInferenceJob?.status ?? 'made';
  return connection ? `${outcome}, but ${connection}` : outcome;
}

async function outcomesOf(server, query) {
  const { body } = await send(`${server.url}/_local/requests?${query}`);
  return JSON.parse(body).requests.reverse().map(outcomeOf);
}

async function assertRequests(server, expected, account = '') {
  const about = (operation) => `operation=${operation}${account && `&account=${account}`}`;
  const owner = account || 'all';
  assert.deepEqual(await outcomesOf(server, about('CreateBatchInferenceJob')), expected.creates, `creates of ${owner}`);
  assert.deepEqual(await outcomesOf(server, about('DescribeBatchInferenceJob')), expected.polls, `polls of ${owner}`);
}

const preludes = Object.fromEntries(
  all.filter((block) => howOf(block) === prelude).map(({ language, text }) => [language, text]),
);

for (const block of all) {
  const { skip, expected } = howOf(block) ?? {};
  if (!expected) continue;
  test(`the example runs and prints the output that it announces: ${block.name}`, { skip }, async (t) => {
    const server = await startServer(t, { flags: ['--fixtures', blocks.exampleWorld] });
    const whole = `${preludes[block.language]}\n${block.text}`;
    const { code, stdout, stderr } = await blocks.runText(t, server, block.language, whole);
    assert.equal(code, 0, stderr);
    const expectedLines = expectedOutputOf(block);
    assert.ok(expectedLines.length > 0, 'it does not say what it prints');
    assert.deepEqual(stdout.trimEnd().split('\n'), expectedLines, stderr);

    const { accounts, ...common } = expected;
    if (!accounts) return assertRequests(server, common);
    for (const [account, each] of Object.entries(accounts)) await assertRequests(server, each, account);
  });
}
