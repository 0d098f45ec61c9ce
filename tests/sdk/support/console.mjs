// Opens the console of a server in a real browser, and finds what is on it as a user does: by roles and names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { browserPath, foreignHost } from './browser.mjs';
import { atEnd, cleanEnvironment, temporaryFolder, until } from './server.mjs';

const longestMs = 60_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a page may say while its server is away. */
const away = /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|503/;

/** A browser that ends with the test. */
export async function launch(t) {
  const home = await temporaryFolder(t);
  const browser = await chromium.launch({
    executablePath: browserPath,
    env: cleanEnvironment({ HOME: home }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      `--host-resolver-rules=MAP ${foreignHost} 127.0.0.1`,
    ],
  });
  atEnd(t, () => browser.close());
  return browser;
}

/**
 * The page of a server: a page of Playwright, and shorter names for what tests do. `options` are those of a browser
 * context. What the page writes as an error to its console fails the test, and so does a request to elsewhere.
 */
export async function openConsole(t, server, { browser, url = server.url, hash = '', ...options } = {}) {
  browser ??= await launch(t);
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(longestMs);
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) problems.push(request.url());
  });
  await page.goto(`${url}/_local/${hash}`);
  const console = new Console(page, problems);
  await console.says('#link', 'live');
  return console;
}

class Console {
  constructor(page, problems) {
    this.page = page;
    this.problems = problems;
  }

  /** Fails for what the page has complained about, but for refusals that `allowed` matches. */
  assertQuiet(allowed = /the server responded with a status of 4/) {
    const loud = this.problems.filter((problem) => !allowed.test(problem));
    assert.deepEqual(loud, []);
  }

  assertQuietButAway() {
    this.assertQuiet(away);
  }

  locator(what) {
    return typeof what === 'string' ? this.page.locator(what) : what;
  }

  region(name) {
    return this.page.getByRole('region', { name, exact: true });
  }

  async pane(name) {
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await this.page.getByRole('heading', { level: 2 }).first().waitFor();
  }

  button(name, within = this.page) {
    return within.getByRole('button', { name, exact: true });
  }

  press(name, within) {
    return this.button(name, within).click();
  }

  field(name, within = this.page) {
    return within.getByLabel(name, { exact: true });
  }

  row(name, within = this.page) {
    return within.getByRole('row', { name });
  }

  /** Waits until what is found has a text that contains, or matches, `text`. */
  async says(what, text) {
    const locator = this.locator(what);
    const fits = async () => {
      const found = await locator.allTextContents();
      return found.some((each) => (typeof text === 'string' ? each.includes(text) : text.test(each)));
    };
    await until(`${what} to say ${text}`, fits, longestMs).catch(async (error) => {
      throw new Error(`${error.message}; it says ${JSON.stringify(await locator.allTextContents())}`);
    });
  }

  async count(what, number) {
    const locator = this.locator(what);
    await until(`${number} of ${what}`, async () => (await locator.count()) === number, longestMs);
  }

  async isShown(what) {
    await this.locator(what).first().waitFor({ state: 'visible' });
  }

  async isGone(what) {
    await this.locator(what).first().waitFor({ state: 'hidden' });
  }

  /** Answers the question of a dialog. */
  async confirm(label) {
    await this.press(label, this.page.getByRole('dialog'));
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Fails with the violations that axe finds in the page as it is. */
  async assertAccessible(what) {
    // The policy of the page lets in no script, so axe comes in by the protocol of the browser.
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run());
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
    );
    assert.deepEqual(told, [], `axe about ${what}`);
  }
}
