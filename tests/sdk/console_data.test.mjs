// The console in a real browser: recommendations and why, events, rows, and documents.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { skipWithoutBrowser as skip } from './support/browser.mjs';
import { openConsole } from './support/console.mjs';
import { arn } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';
import { control, send } from './support/wire.mjs';

const shop = fileURLToPath(new URL('../../fixtures/shop.json', import.meta.url));
const trackingId = 'b4c1d2e3-0f1a-4b5c-8d6e-7f8091a2b3c4';

async function openShop(t, hash) {
  const server = await startServer(t, { flags: ['--fixtures', shop] });
  return { server, console: await openConsole(t, server, { hash }) };
}

const post = (server, path, body) =>
  send(`${server.url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a campaign is asked, and what its filter takes out is shown with its row', { skip }, async (t) => {
  const { server, console } = await openShop(t, `#/recommendations?of=${arn('campaign/shop-for-you')}`);
  const form = console.page.getByRole('form', { name: 'Request' });
  await form.getByLabel('User', { exact: true }).fill('user-7');
  await form.getByLabel('Number of results').fill('5');
  await form.getByLabel('Metadata columns').fill('PRICE');
  await form.getByLabel('Filter', { exact: true }).selectOption('filter/shop-not-bought');
  await form
    .getByLabel('Promotions')
    .fill(JSON.stringify([{ name: 'sale', percentPromotedItems: 20, filterArn: arn('filter/shop-promoted') }]));
  await form.getByLabel('Explain also').fill('no-such-item');
  await console.press('Ask', form);
  const answer = console.region('Answer');
  const answered = answer.getByRole('table', { name: 'Answered' });
  await console.count(answered.locator('tbody tr'), 5);
  await console.says(answered, /promotion sale.*price/is);
  const input = JSON.parse(await answer.getByRole('region', { name: 'Input', includeHidden: true }).textContent());
  const { body } = await post(server, 'recommendations', input);
  const ids = await answered.getByRole('button').allTextContents();
  assert.deepEqual(
    ids,
    JSON.parse(body).itemList.map(({ itemId }) => itemId),
  );

  const out = answer.getByRole('table', { name: 'Left out' });
  await console.says(out, /no-such-item.*unknown/s);
  await console.says(out, /filter/);
  const item = out.locator('tbody tr', { hasText: 'filter' }).first();
  const id = await item.getByRole('button').textContent();
  await item.getByRole('button').click();
  await console.says(out.getByRole('region', { name: `Row of ${id}` }), `"${id}"`);
  await console.isShown(answer.getByText('The request in the journal'));
  console.assertQuiet();
});

test('rankings, values of filters and refusals', { skip }, async (t) => {
  const { console } = await openShop(t, '#/recommendations');
  const form = console.page.getByRole('form', { name: 'Request' });
  await form.getByLabel('Campaign or recommender').selectOption('campaign/shop-ranking');
  await console.isShown(form.getByLabel('Items to rank'));
  assert.equal(await form.getByLabel('Operation').inputValue(), 'GetPersonalizedRanking');
  await form.getByLabel('User', { exact: true }).fill('user-7');
  await form.getByLabel('Items to rank').fill('pro-tent, basic-mat copper-kettle');
  await console.press('Ask', form);
  await console.count(console.region('Answer').getByRole('table', { name: 'Answered' }).locator('tbody tr'), 3);

  await form.getByLabel('Campaign or recommender').selectOption('campaign/shop-similar');
  await console.isShown(form.getByLabel('Item', { exact: true }));
  await console.press('Ask', form);
  await console.says(console.region('Answer').locator('.banner.bad'), /Exception: /);
  await console.says(console.region('Recommendations').getByRole('alert'), /Exception: /);
  console.assertQuiet();
});

test('events are shown as they come, with their outcome and why, for each tracker', { skip }, async (t) => {
  const { server, console } = await openShop(t, '#/events');
  const put = (userId, event) =>
    post(server, 'events', {
      trackingId,
      userId,
      sessionId: 's',
      eventList: [{ eventType: 'View', sentAt: 1775100000, itemId: 'pro-tent', ...event }],
    });
  await console.isShown(console.page.getByText('No events.'));
  await put('user-7', { properties: '{"device": "phone", "mood": "good"}' });
  await console.says('tbody tr', /stored.*PutEvents.*user-7.*mood/s);
  await put('user-8', { properties: '{"device": 7}' });
  await console.says('tbody tr:first-child', /refused.*user-8/s);
  await post(server, 'items', {
    datasetArn: arn('dataset/shop/ITEMS'),
    items: [
      { itemId: 'new', properties: '{"categories": "Tools", "price": 7, "promoted": "no", "creationTimestamp": 1}' },
    ],
  });
  await console.count('tbody tr', 3);
  await console.field('Event tracker or dataset').selectOption({ label: `shop: ${trackingId}` });
  await console.count('tbody tr', 2);
  await console.field('Outcome').selectOption('refused');
  await console.count('tbody tr', 1);
  await console.field('Outcome').selectOption('');
  await console.count('tbody tr', 2);
  await console.field('User').fill('user-7');
  await console.count('tbody tr', 1);
  await console.page.locator('summary').click();
  await console.says(console.region('Record'), '"mood');
  await console.press('Clear');
  await console.confirm('Clear');
  await console.isShown(console.page.getByText('No events.'));
  assert.deepEqual((await control(server, 'GET', 'events')).events, []);
  console.assertQuiet();
});

test('rows are shown in pages, searched and added', { skip }, async (t) => {
  const items = arn('dataset/shop/ITEMS');
  const { server, console } = await openShop(t, `#/data?dataset=${items}`);
  await console.count('tbody tr', 100);
  await console.press('Next');
  await console.says('.pager', 'page 2');
  await console.press('Previous');
  await console.field('Id').fill('pro-tent');
  await console.count('tbody tr', 1);
  await console.says('tbody tr', /pro-tent/);

  const form = console.page.getByRole('form', { name: 'Row' });
  await form.getByLabel('ITEM_ID').fill('a-new-item');
  await form.getByLabel('PRICE').fill('cheap');
  await console.says(form.locator('.wrong'), 'a number');
  await form.getByLabel('PRICE').fill('7.5');
  await form.getByLabel('PROMOTED').fill('no');
  await form.getByLabel('CREATION_TIMESTAMP').fill('1775100000');
  await console.press('Add row');
  await console.says(form.locator('.wrong'), 'is needed');
  await form.getByLabel('CATEGORIES').fill('Tools|Outdoor');
  await form.getByLabel('ITEM_ID').fill('x'.repeat(300));
  await console.press('Add row');
  await console.says(form.locator('.wrong'), /256/);
  await form.getByLabel('ITEM_ID').fill('a-new-item');
  await console.press('Add row');
  await console.says('.said', 'The row is there');
  await console.field('Id').fill('a-new-item');
  await console.says('tbody tr', 'a-new-item');
  const { rows } = await control(server, 'GET', `data?dataset=${items}&id=a-new-item`);
  assert.equal(rows.length, 1);
  assert.equal(rows[0].PRICE, 7.5);

  await console.field('Dataset').selectOption({ label: 'shop/INTERACTIONS (000000000000)' });
  await console.field('User').fill('user-7');
  await console.says('tbody tr', 'user-7');
  console.assertQuiet();
});

test('the world is downloaded, loaded beside or in place, and reset', { skip }, async (t) => {
  const { server, console } = await openShop(t, '#/snapshot');
  const [download] = await Promise.all([
    console.page.waitForEvent('download'),
    console.page.getByRole('link', { name: 'Download' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'world.json');
  const document = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(document.solutions.length, 4);

  const fixture = (name) => ({
    name: `${name}.json`,
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ datasetGroup: { datasetGroupArn: arn(`dataset-group/${name}`) } })),
  });
  const groups = async () => (await control(server, 'GET', 'health')).resources.datasetGroups;
  await console.page.locator('#document').setInputFiles(fixture('songs'));
  await console.says('.said', /songs.json is loaded: 2 dataset groups/);
  assert.equal(await groups(), 2);

  await console.page.locator('#document').setInputFiles({ ...fixture('x'), buffer: Buffer.from('{"colors": []}') });
  await console.says(console.page.getByRole('alert'), /colors/);

  await console.field('What to do with a document').selectOption('PUT');
  const dropped = await console.page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'only.json', { type: 'application/json' }));
    return transfer;
  }, fixture('only').buffer.toString());
  await console.page.dispatchEvent('.drop', 'drop', { dataTransfer: dropped });
  await console.confirm('Replace');
  await console.says('.said', 'only.json is loaded: 1 dataset group.');

  await console.press('Reset to the fixtures');
  await console.confirm('Reset');
  await console.says('.said', /^Reset\. There are 1 dataset group, 3 datasets/);
  await console.press('Reset to nothing');
  await console.confirm('Reset');
  await console.says('.said', 'no resources');
  assert.equal(await groups(), undefined);
  console.assertQuiet();
});
