// The console in a real browser: for screen readers, by keyboard alone, in both schemes, on a phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skipWithoutBrowser as skip } from './support/browser.mjs';
import { openConsole } from './support/console.mjs';
import { arn } from './support/personalize.mjs';
import { startServer, until } from './support/server.mjs';
import { call, control } from './support/wire.mjs';

const fixtures = (name) => fileURLToPath(new URL(`../../fixtures/${name}.json`, import.meta.url));
const shopFlags = ['--fixtures', fixtures('shop'), '--fixtures', fixtures('every-status')];
const panes = ['World', 'Requests', 'Rules', 'Recommendations', 'Events', 'Data', 'Time', 'Snapshot'];
const phone = { width: 390, height: 800 };
const rule = { id: 'slow', match: { operation: 'Describe*' }, times: 2, delay: '1ms' };

/** A server with something to show on each pane. */
async function startBusy(t) {
  const server = await startServer(t, { flags: shopFlags });
  await control(server, 'POST', 'rules', rule);
  await call(server, 'DescribeCampaign', { campaignArn: arn('campaign/shop-for-you') });
  await call(server, 'DescribeCampaign', { campaignArn: arn('campaign/none') });
  await call(server, 'CreateDatasetGroup', { name: 'songs' });
  return server;
}

for (const colorScheme of ['light', 'dark']) {
  test(`each pane is accessible in the ${colorScheme} scheme, wide and narrow`, { skip }, async (t) => {
    const server = await startBusy(t);
    const console = await openConsole(t, server, { colorScheme, reducedMotion: 'reduce' });
    const check = async (what) => {
      for (const size of [phone, { width: 1360, height: 860 }]) {
        await console.page.setViewportSize(size);
        const isWider = () => document.documentElement.scrollWidth > innerWidth;
        assert.equal(await console.page.evaluate(isWider), false, `${what} is wider than ${size.width}`);
        await console.assertAccessible(`${what}, ${colorScheme}, ${size.width} wide`);
      }
    };
    for (const pane of panes) {
      await console.pane(pane);
      await check(pane);
    }
    await console.pane('World');
    await console
      .row(/^shop .*dataset group/)
      .locator('.twisty')
      .click();
    await console.row(/^has-failed/).click();
    await console.says(console.region('One resource').locator('.banner'), 'Invalid S3 input path');
    await check('a resource');
    await console.pane('Requests');
    await console.page.locator('tbody tr', { hasText: 'ResourceNotFoundException' }).getByRole('link').click();
    await console.says(console.region('One request').locator('.banner.wait'), 'Why');
    await check('a request');
    await console.pane('Rules');
    await console.row(/^slow/).getByRole('link').click();
    for (const box of await console.page.locator('.effect > .check input').all()) await box.check();
    await check('the form of a rule');
    await console.pane('Recommendations');
    await console.field('User').fill('user-7');
    await console.field('Filter').selectOption('filter/shop-not-bought');
    await console.press('Ask');
    await console.isShown(console.page.getByRole('table', { name: 'Left out' }));
    await check('an answer');
    await console.pane('Snapshot');
    await console.press('Reset to nothing');
    await check('a question');
    console.assertQuiet();
  });
}

test('the scheme follows the system until it is chosen, and the choice is kept', { skip }, async (t) => {
  const server = await startServer(t, {});
  const console = await openConsole(t, server, { colorScheme: 'dark' });
  const ground = () => console.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  await console.field('Colour scheme').selectOption('light');
  const light = await ground();
  assert.notEqual(light, dark);
  await console.page.reload();
  await until('the light scheme', async () => (await ground()) === light);
  await console.field('Colour scheme').selectOption('');
  assert.equal(await ground(), dark);
});

test('everything can be reached and done by keyboard alone', { skip }, async (t) => {
  const server = await startBusy(t);
  const console = await openConsole(t, server);
  const { keyboard } = console.page;
  const focused = () =>
    console.page.evaluate(
      () => document.activeElement.textContent || document.activeElement.getAttribute('aria-label'),
    );
  const tabTo = async (name) => {
    for (let presses = 0; presses < 60; presses++) {
      await keyboard.press('Tab');
      if ((await focused())?.startsWith(name)) return;
    }
    assert.fail(`Tab does not lead to ${name}`);
  };
  await keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the content');
  await keyboard.press('Enter');
  await tabTo('songs'); // the first row of the tree
  await keyboard.press('ArrowDown');
  assert.match(await focused(), /^shop/);
  await keyboard.press('ArrowRight');
  await console.isShown(console.row(/^shop-for-you .*solution/));
  await keyboard.press('ArrowRight');
  assert.doesNotMatch(await focused(), /dataset group/);
  await keyboard.press('ArrowLeft');
  assert.match(await focused(), /^shop/);
  await keyboard.press('ArrowLeft');
  await console.count(console.row(/^shop-for-you .*solution/), 0);
  await keyboard.press('End');
  await keyboard.press('Enter');
  const one = console.region('One resource');
  await console.isShown(one.getByRole('heading', { level: 2 }));
  await until(
    'the focus in the resource',
    async () => (await one.getByRole('heading', { level: 2 }).textContent()) === (await focused()),
  );
  await keyboard.press('Tab');
  assert.equal(await focused(), 'Close');
  await keyboard.press('Enter');
  await console.isGone(one);

  await console.page.getByRole('navigation').getByRole('link', { name: 'Rules' }).focus();
  await keyboard.press('Enter');
  await console.isShown(console.row(/^slow/));
  await tabTo('Remove');
  await tabTo('Remove'); // the button of the first rule, after Remove all
  await keyboard.press('Enter');
  await console.count('tbody tr', 0);
  await console.page.getByRole('navigation').getByRole('link', { name: 'Snapshot' }).focus();
  await keyboard.press('Enter');
  await tabTo('Reset to the fixtures');
  await keyboard.press('Enter');
  await console.isShown(console.page.getByRole('dialog'));
  assert.equal(await focused(), 'Cancel');
  await keyboard.press('Escape');
  await console.page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await focused(), 'Reset to the fixtures');
  console.assertQuiet();
});

test('a change of status is read out', { skip }, async (t) => {
  const server = await startServer(t, { flags: ['--clock', 'frozen'] });
  const console = await openConsole(t, server);
  await call(server, 'CreateDatasetGroup', { name: 'songs' });
  await console.isShown(console.row(/^songs/));
  await control(server, 'POST', 'clock/advance', { until: 'idle' });
  await console.says('#announcements', /songs is ACTIVE/);
});
