// The pages for users are consistent: links, line lengths, and the lists that must match the program.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { anchorsOf, linksOf, pages, textOf, top } from './support/documents.mjs';
import { readHelp } from './support/package.mjs';
import { startServer } from './support/server.mjs';

const linked = [...pages, 'CONTRIBUTING.md', 'SECURITY.md'];

for (const page of linked) {
  test(`every link has a target: ${page}`, () => {
    for (const { link, path, anchor } of linksOf(page)) {
      assert.ok(existsSync(join(top, path)), `${page} links to ${link}: there is no ${path}`);
      const isThere = anchor === undefined || anchorsOf(path).includes(anchor);
      assert.ok(isThere, `${page} links to ${link}: no such heading`);
    }
  });

  test(`no two headings are equal: ${page}`, () => {
    const anchors = anchorsOf(page);
    assert.deepEqual(anchors, [...new Set(anchors)]);
  });
}

test('the README links to every page', () => {
  const targets = linksOf('README.md').map(({ path }) => path);
  for (const page of linked.slice(1)) assert.ok(targets.includes(page), page);
});

for (const page of pages) {
  test(`no line is longer than 120 columns: ${page}`, () => {
    const long = textOf(page)
      .split('\n')
      .filter((line) => line.length > 120);
    assert.deepEqual(long, []);
  });
}

test('the tables of clients name the versions of the SDK for JavaScript that the tests use', () => {
  const { dependencies } = JSON.parse(textOf('tests/sdk/package.json'));
  for (const page of ['README.md', 'docs/clients.md']) {
    const row = textOf(page).split('\n').find((line) => line.includes('JavaScript v3 |'));
    assert.equal(row.split('|').at(-2).trim(), dependencies['@aws-sdk/client-personalize'], page);
  }
});

test('the README has at most 350 lines', () => {
  assert.ok(textOf('README.md').trimEnd().split('\n').length <= 350);
});

test('the page about configuration has exactly the flags of --help, with variables and defaults', async () => {
  const row = /^- `(--\S+) ([A-Z]+)`, `(PERSONALIZE_LOCAL_\w+)`,\s+default:\s+([^]*?)\.\s/gm;
  const flags = [...textOf('docs/configuration.md').matchAll(row)].map(([, flag, value, variable, fallback]) => {
    return { flag, value, fallback: fallback.replace(/`/g, '').replace(/\s+/g, ' '), variable };
  });
  assert.deepEqual(flags, (await readHelp()).flags);
});

test('the program knows every variable that a page names', async () => {
  const ofPackages = ['PERSONALIZE_LOCAL_ENDPOINT', 'PERSONALIZE_LOCAL_IMAGE']; // the npm and pip packages read them
  const known = new Set([...(await readHelp()).flags.map(({ variable }) => variable), ...ofPackages]);
  for (const page of pages) {
    for (const [variable] of textOf(page).matchAll(/PERSONALIZE_LOCAL_[A-Z]\w*/g)) {
      assert.ok(known.has(variable), `${page}: ${variable}`);
    }
  }
});

test('the page about the control API has exactly the existing calls', async (t) => {
  const { calls } = await (await fetch(`${(await startServer(t)).url}/_local/`)).json();
  const row = /^\| ((?:`[A-Z]+`, )*)`([A-Z]+) (\/_local\/[\w./]*)\S*` \|/gm;
  const listed = [...textOf('docs/control-api.md').matchAll(row)].flatMap(([, more, last, path]) =>
    [...more.matchAll(/[A-Z]+/g), [last]].map(([method]) => `${method} ${path.replace(/\/(ID|FILE)$/, '/{id}')}`),
  );
  assert.deepEqual(listed.sort(), calls.map(({ method, path }) => `${method} ${path}`).sort());
});
