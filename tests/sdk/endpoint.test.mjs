// A user's script finds the server by its environment alone, without a word of ours in it.
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { arn, world } from './support/personalize.mjs';
import { runCommand, startServer, temporaryFolder } from './support/server.mjs';

const script = fileURLToPath(new URL('support/users_script.mjs', import.meta.url));

const anyone = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** What the script prints, run with this environment and nobody's configuration. */
async function runScript(t, env) {
  const HOME = await temporaryFolder(t);
  const { code, stdout, stderr } = await runCommand(process.execPath, [script], { env: { ...anyone, HOME, ...env } });
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const found = (region, account = '000000000000') => ({
  created: arn('batch-inference-job/nightly', region, account),
  status: 'PENDING',
});

test('AWS_ENDPOINT_URL leads there', async (t) => {
  const server = await startServer(t, { world });
  const told = await runScript(t, { AWS_ENDPOINT_URL: server.url, AWS_REGION: 'us-east-1' });
  assert.deepEqual(told, found('us-east-1'));
});

test('so does AWS_ENDPOINT_URL_PERSONALIZE, before the other', async (t) => {
  const server = await startServer(t, { world });
  const told = await runScript(t, {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_PERSONALIZE: server.url,
    AWS_REGION: 'us-east-1',
  });
  assert.deepEqual(told, found('us-east-1'));
});

test('the region and the account come from the environment too', async (t) => {
  const server = await startServer(t, { flags: ['--references', 'lenient'] });
  const told = await runScript(t, {
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: '111122223333',
    SOLUTION_VERSION: arn('solution/films/1a2b3c4d', 'eu-west-1', '111122223333'),
  });
  assert.deepEqual(told, found('eu-west-1', '111122223333'));
});

test('localhost is as good a name as the address', async (t) => {
  const server = await startServer(t, { world });
  const told = await runScript(t, { AWS_ENDPOINT_URL: `http://localhost:${server.port}`, AWS_REGION: 'us-east-1' });
  assert.deepEqual(told, found('us-east-1'));
});
