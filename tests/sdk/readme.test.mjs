// The chapter of the README that shows how a polling loop is tested: every block of it is run as a reader would.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aws, skipWithoutAws } from './support/cli.mjs';
import { folderOf, runCommand, startServer } from './support/server.mjs';
import { send } from './support/wire.mjs';

const placeOf = (path) => fileURLToPath(new URL(path, import.meta.url));
const readme = readFileSync(placeOf('../../README.md'), 'utf8');
const fixtures = placeOf('../../fixtures');
const nodeModules = placeOf('node_modules');
const serverInTheText = 'http://127.0.0.1:7377';

const environment = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', TZ: 'UTC' };

/** How a text in a language of the chapter is run, why it cannot be, and how a comment of it begins. */
const languages = {
  sh: {
    skip: skipWithoutAws,
    comment: '# ',
    async run(t, text) {
      const bin = await folderOf(t, {});
      await symlink(aws, join(bin, 'aws'));
      const env = { ...environment, PATH: bin + delimiter + process.env.PATH };
      return runCommand('bash', ['-euo', 'pipefail', '-c', text], { env, cwd: bin });
    },
  },
  python: {
    skip: !(await canImportBoto3()) && 'python3 cannot import boto3',
    comment: '# ',
    async run(t, text) {
      const folder = await folderOf(t, { 'example.py': text });
      return runCommand('python3', ['example.py'], { env: environment, cwd: folder });
    },
  },
  js: {
    skip: !existsSync(nodeModules) && 'the AWS SDK for JavaScript is not installed; run npm ci in tests/sdk',
    comment: '// ',
    async run(t, text) {
      const folder = await folderOf(t, { 'example.mjs': text });
      await symlink(nodeModules, join(folder, 'node_modules'));
      return runCommand(process.execPath, ['example.mjs'], { env: environment, cwd: folder });
    },
  },
};

async function canImportBoto3() {
  const trying = runCommand('python3', ['-c', 'import boto3'], { env: environment });
  return (await trying.catch(() => ({ code: 1 }))).code === 0;
}

/** What the server has been asked when a block has run, oldest first: by heading, the same in every language. */
const cases = {
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

/** The text below `## title`, as far as the next such heading. */
function chapter(title) {
  const [, text] = readme.split(`\n## ${title}\n`);
  assert.ok(text, `the README has no chapter ${title}`);
  return text.split(/^## /m)[0];
}

/** The fenced blocks of a text, in order: `{heading, language, text}`, the heading '' before the first. */
function blocksOf(text) {
  const headingOrBlock = /^### (?<heading>.*)$|^```(?<language>.*)\n(?<text>[^]*?)^```$/gm;
  const blocks = [];
  let heading = '';
  for (const { groups } of text.matchAll(headingOrBlock)) {
    if (groups.heading !== undefined) heading = groups.heading;
    else blocks.push({ heading, language: groups.language, text: groups.text });
  }
  return blocks;
}

const blocks = blocksOf(chapter('Testing your polling loop'));
const nameOf = ({ heading, language }) => `${heading || 'what all begin with'}, in ${language}`;
const preludeOf = (language) => blocks.find((block) => block.heading === '' && block.language === language);

/** What a block says that it prints: the comment at its end. */
function announcedBy({ language, text }) {
  const { comment } = languages[language];
  const lines = text.trimEnd().split('\n');
  const code = lines.findLastIndex((line) => !line.startsWith(comment));
  return lines.slice(code + 1).map((line) => line.slice(comment.length));
}

/** What became of a request, in a word or two. */
function outcomeOf({ error, connection, output }) {
  const outcome = error ?? output?.batchInferenceJob?.status ?? 'made';
  return connection ? `${outcome}, but ${connection}` : outcome;
}

async function asked(server, query) {
  const { body } = await send(`${server.url}/_local/requests?${query}`);
  return JSON.parse(body).requests.reverse().map(outcomeOf);
}

async function assertAsked(server, { creates, polls }, account = '') {
  const about = (operation) => `operation=${operation}${account && `&account=${account}`}`;
  assert.deepEqual(await asked(server, about('CreateBatchInferenceJob')), creates, `creates of ${account || 'all'}`);
  assert.deepEqual(await asked(server, about('DescribeBatchInferenceJob')), polls, `polls of ${account || 'all'}`);
}

/** Runs a block behind the one that all of its language begin with, against the server. */
async function runBlock(t, server, { language, text }) {
  const whole = `${preludeOf(language).text}\n${text}`;
  assert.ok(whole.includes(serverInTheText), `nothing names the server ${serverInTheText}`);
  return languages[language].run(t, whole.replaceAll(serverInTheText, server.url));
}

test('every block of the chapter has its test, and every test its block', () => {
  const tested = ['', ...Object.keys(cases)].flatMap((heading) =>
    Object.keys(languages).map((language) => nameOf({ heading, language })),
  );
  assert.deepEqual(blocks.map(nameOf), tested);
});

for (const block of blocks.filter(({ heading }) => heading !== '')) {
  const skip = languages[block.language]?.skip;
  test(`the README's example runs and prints what it says: ${nameOf(block)}`, { skip }, async (t) => {
    const server = await startServer(t, { flags: ['--fixtures', fixtures] });
    const { code, stdout, stderr } = await runBlock(t, server, block);
    assert.equal(code, 0, stderr);
    const announced = announcedBy(block);
    assert.ok(announced.length > 0, 'it does not say what it prints');
    assert.deepEqual(stdout.trimEnd().split('\n'), announced, stderr);

    const { accounts, ...common } = cases[block.heading];
    if (!accounts) return assertAsked(server, common);
    for (const [account, expected] of Object.entries(accounts)) await assertAsked(server, expected, account);
  });
}
