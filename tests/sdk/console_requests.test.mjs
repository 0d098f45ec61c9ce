// The console in a real browser: the feed of requests, and rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipWithoutBrowser as skip } from './support/browser.mjs';
import { openConsole } from './support/console.mjs';
import { arn } from './support/personalize.mjs';
import { startServer, until } from './support/server.mjs';
import { call, control, signedBy } from './support/wire.mjs';

const jobArn = (name) => arn(`batch-inference-job/${name}`);
const world = { batchInferenceJob: { batchInferenceJobArn: jobArn('plain') } };
const describe = (server, name, headers) =>
  call(server, 'DescribeBatchInferenceJob', { batchInferenceJobArn: jobArn(name) }, headers);

async function openAt(t, hash) {
  const server = await startServer(t, { world });
  return { server, console: await openConsole(t, server, { hash }) };
}

test('the feed shows requests as they come, and stands still while it is paused', { skip }, async (t) => {
  const { server, console } = await openAt(t, '#/requests');
  await console.isShown(console.page.getByText('No requests.'));
  await describe(server, 'plain');
  await console.count('tbody tr', 1);
  await console.press('Pause');
  await describe(server, 'missing', signedBy('111122223333'));
  await describe(server, 'plain');
  await console.isShown(console.button('Go on (2 new)'));
  await console.count('tbody tr', 1);
  await console.press('Go on (2 new)');
  await console.count('tbody tr', 3);
  await console.says('tbody tr:nth-child(2)', /400.*ResourceNotFoundException.*111122223333/);
  await console.press('Clear');
  await console.confirm('Clear');
  await console.count('tbody tr', 0);
  assert.deepEqual((await control(server, 'GET', 'requests')).requests, []);
  console.assertQuiet();
});

test('the feed is narrowed by operation, result, rule and ARN, also as requests come', { skip }, async (t) => {
  const { server, console } = await openAt(t, '#/requests');
  await control(server, 'POST', 'rules', { id: 'slow', match: { operation: 'ListSchemas' }, delay: '1ms' });
  const all = async () => {
    await describe(server, 'plain');
    await describe(server, 'missing');
    await call(server, 'ListSchemas');
  };
  await all();
  await console.count('tbody tr', 3);
  const narrow = async (label, value, text) => {
    const field = console.field(label);
    await (label === 'Result' ? field.selectOption(value) : field.fill(value));
    await console.count('tbody tr', 1);
    await console.says('tbody tr', text);
    await all();
    await console.count('tbody tr', 2);
    await control(server, 'DELETE', 'requests');
    await (label === 'Result' ? field.selectOption('') : field.fill(''));
    await console.count('tbody tr', 0);
    await all();
    await console.count('tbody tr', 3);
  };
  await narrow('Operation', 'ListSchemas', 'ListSchemas');
  await narrow('Result', 'refused', 'ResourceNotFoundException');
  await narrow('Result', 'ResourceNotFoundException', '400');
  await narrow('Rule', 'slow', 'rule slow');
  await narrow('ARN in the request', jobArn('plain'), '200');
  console.assertQuiet();
});

test('a request has its input, its answer, and why it was refused', { skip }, async (t) => {
  const { server, console } = await openAt(t, '#/requests');
  await describe(server, 'missing', signedBy('111122223333', { region: 'eu-west-1' }));
  await console.page.getByRole('link', { name: 'DescribeBatchInferenceJob' }).click();
  const one = console.region('One request');
  await console.says(one.locator('dl'), /400.*ms.*111122223333, eu-west-1/s);
  await console.says(one.locator('.banner.bad'), 'ResourceNotFoundException');
  await console.says(one.locator('.banner.wait'), 'Why: ');
  await console.says(one.getByRole('region', { name: 'Input' }), jobArn('missing'));
  await console.press('Copy as curl', one);
  await until('the copy', async () => /Credential=111122223333/.test(await console.clipboard()));
  await console.press('Copy as AWS CLI', one);
  await until('the copy', async () => /describe-batch-inference-job .*missing/.test(await console.clipboard()));

  await describe(server, 'plain');
  await console.page.locator('tbody tr', { hasText: '200' }).click();
  await console.says(one.getByRole('region', { name: 'Output' }), '"status": "ACTIVE"');
  await one
    .getByRole('link', { name: jobArn('plain') })
    .first()
    .click();
  await console.says(console.region('One resource').getByRole('heading', { level: 2 }), 'plain');
  console.assertQuiet();
});

test('a request becomes a rule that throttles, delays, fails or answers', { skip }, async (t) => {
  const { server, console } = await openAt(t, '#/requests');
  const { body } = await describe(server, 'plain');
  const made = async (label, isMade) => {
    await control(server, 'DELETE', 'rules');
    await console.pane('Requests');
    await console.page.locator('tbody tr', { hasText: 'DescribeBatchInferenceJob' }).last().getByRole('link').click();
    await console.press(label, console.region('One request'));
    await console.press('Add rule');
    await console.says('.said', 'The rule is there.');
    const { rules } = await control(server, 'GET', 'rules');
    const [{ match, ...rule }] = rules;
    assert.deepEqual(match, { operation: 'DescribeBatchInferenceJob', batchInferenceJobArn: jobArn('plain') });
    isMade(rule);
  };
  await made('Throttle it', ({ error, times }) => assert.deepEqual([error.type, times], ['ThrottlingException', 2]));
  assert.match((await describe(server, 'plain')).body, /ThrottlingException/);
  await made('Delay it', ({ delay }) => assert.equal(delay, '2s'));
  await made('Fail it', ({ error }) => assert.equal(error.status, 500));
  await made('Answer this instead', ({ output }) => assert.deepEqual(output, JSON.parse(body)));
  assert.deepEqual(JSON.parse((await describe(server, 'plain')).body), JSON.parse(body));
  console.assertQuiet();
});

test(
  'the form of a rule is checked as it is typed, and what the server refuses is shown at its field',
  { skip },
  async (t) => {
    const { server, console } = await openAt(t, '#/rules/new');
    const form = console.page.getByRole('form', { name: 'Rule' });
    await console.says(form.locator('.wrong[role=status]'), 'Choose at least one effect.');
    await form.getByLabel('Delay the answer').check();
    await form.getByLabel('How long, in real time').fill('soon');
    await console.says(form.locator('.wrong'), 'a duration such as 250ms');
    await form.getByLabel('How long, in real time').fill('1s..2s');
    await form.getByLabel('Times', { exact: true }).fill('0');
    await console.says(form.locator('.wrong'), 'a whole number from 1');
    await form.getByLabel('Times', { exact: true }).fill('3');
    await form.getByRole('checkbox', { name: 'Answer this instead' }).check();
    await console.says(form.locator('.wrong[role=status]'), 'give its exact name');
    await form.getByLabel('Text; * stands for any').fill('GetRecommendations');
    await console.says(form.locator('.wrong[role=status]'), /^$/);
    await form.getByRole('textbox', { name: 'Answer this instead' }).fill('{"itemList": [{"itemId": 7}]}');
    await console.press('Add rule');
    await console.says(form.locator('.wrong'), 'expected the type that AWS gives it');
    assert.equal((await control(server, 'GET', 'rules')).rules.length, 0);
    await form.getByRole('textbox', { name: 'Answer this instead' }).fill('{"itemList": [{"itemId": "a"}]}');
    await console.press('Add a condition');
    await form.getByLabel('Member').last().fill('userId');
    await form.getByLabel('Text; * stands for any').last().fill('user-*');
    await console.press('Add rule');
    await console.says('.said', 'The rule is there.');
    const { rules } = await control(server, 'GET', 'rules');
    assert.deepEqual(rules[0].match, { operation: 'GetRecommendations', userId: 'user-*' });
    assert.deepEqual([rules[0].delay, rules[0].times], ['1s..2s', 3]);
    console.assertQuiet();
  },
);

test('rules are listed with their counts, replaced and removed', { skip }, async (t) => {
  const { server, console } = await openAt(t, '#/rules');
  const throttle = { type: 'ThrottlingException', message: 'Rate exceeded' };
  await control(server, 'POST', 'rules', { id: 'first', match: { operation: 'Describe*' }, times: 2, error: throttle });
  await control(server, 'POST', 'rules', { id: 'second', match: { operation: 'List*' }, delay: '1ms' });
  await console.count('tbody tr', 2);
  await describe(server, 'plain');
  await console.says(console.row(/^first/), /Describe\*.*ThrottlingException.*1 of 2/s);
  await console
    .row(/^first/)
    .getByRole('link')
    .click();
  const form = console.page.getByRole('form', { name: 'Rule' });
  await form.getByLabel('Times', { exact: true }).fill('5');
  await form.getByLabel('Type', { exact: true }).fill('InternalServerException');
  await console.press('Replace rule');
  await console.says('.said', 'The rule is replaced.');
  await console.says(console.row(/^first/), /InternalServerException.*1 of 5/s);
  assert.deepEqual(
    (await control(server, 'GET', 'rules')).rules.map(({ id }) => id),
    ['first', 'second'],
  );
  await console.press('Remove rule second');
  await console.count('tbody tr', 1);
  await console.press('Remove all');
  await console.confirm('Remove all');
  await console.isShown(console.page.getByText('No rules.'));
  assert.deepEqual((await control(server, 'GET', 'rules')).rules, []);
  console.assertQuiet();
});
