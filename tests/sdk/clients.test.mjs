// A user's script finds the server only by its environment and its configuration; the script itself is unchanged.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { httpsServer } from './support/cli_options.mjs';
import { clients } from './support/clients.mjs';
import { arn, world } from './support/personalize.mjs';
import { atEnd, startServer, temporaryFolder } from './support/server.mjs';

const baseEnvironment = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

// With a running clock the status of a job would depend on the speed of the client.
const still = { flags: ['--clock', 'frozen'] };

const nowhere = 'http://127.0.0.1:9';

/** Runs the script with only this environment and, if given, this configuration file: `{code, stdout, stderr}`. */
async function runScript(t, client, env, { config, script = 'users_script' } = {}) {
  const HOME = await temporaryFolder(t);
  const AWS_CONFIG_FILE = join(HOME, 'config');
  if (config) await writeFile(AWS_CONFIG_FILE, config);
  return client.run(script, { ...baseEnvironment, HOME, AWS_CONFIG_FILE, ...env });
}

async function outputOf(t, client, env, options) {
  const { code, stdout, stderr } = await runScript(t, client, env, options);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const expectedOutput = (region = 'us-east-1', account = '000000000000') => ({
  created: arn('batch-inference-job/nightly', region, account),
  status: 'PENDING',
});

/** An HTTPS proxy that refuses every connection: its `url`, and the hosts that were `wanted`. */
async function closedProxy(t) {
  const wanted = [];
  const proxy = net.createServer((socket) => {
    socket.on('error', () => {}).once('data', (text) => {
      wanted.push(/^CONNECT (\S+):/.exec(text)?.[1]);
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  atEnd(t, () => proxy.close());
  return { url: `http://127.0.0.1:${proxy.address().port}`, wanted };
}

/** The settings by which a script can find the server, as environment or configuration. */
const settings = {
  AWS_ENDPOINT_URL: ({ url }) => ({ env: { AWS_ENDPOINT_URL: url } }),
  'AWS_ENDPOINT_URL_PERSONALIZE, before the other': ({ url }) => ({
    env: { AWS_ENDPOINT_URL: nowhere, AWS_ENDPOINT_URL_PERSONALIZE: url },
  }),
  'AWS_ENDPOINT_URL with localhost': ({ port }) => ({ env: { AWS_ENDPOINT_URL: `http://localhost:${port}` } }),
  'endpoint_url in the configuration file': ({ url }) => ({
    env: {},
    config: `[default]\nendpoint_url = ${url}\n`,
  }),
  'a services section there': ({ url }) => ({
    env: {},
    config:
      `[default]\nservices = here\nendpoint_url = ${nowhere}\n` +
      `[services here]\npersonalize =\n  endpoint_url = ${url}\n`,
  }),
};

for (const [name, client] of Object.entries(clients)) {
  for (const [how, setting] of Object.entries(settings)) {
    test(`${name} finds the server by ${how}`, { skip: client.skipFound }, async (t) => {
      const { env, config } = setting(await startServer(t, { world, ...still }));
      assert.deepEqual(await outputOf(t, client, env, { config }), expectedOutput());
    });
  }

  test(`${name} ignores the server with AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, { skip: client.skipFound }, async (t) => {
    const server = await startServer(t, { world, ...still });
    const proxy = await closedProxy(t);
    const env = {
      AWS_ENDPOINT_URL: server.url,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      HTTPS_PROXY: proxy.url,
    };
    const { code, stderr } = await runScript(t, client, env);
    assert.notEqual(code, 0);
    assert.match(`${proxy.wanted} ${stderr}`, /personalize\.us-east-1\.amazonaws\.com/);
    assert.doesNotMatch(server.stderr, /BatchInferenceJob/);
  });

  test(`${name} sends its region and account`, { skip: client.skip }, async (t) => {
    const server = await startServer(t, { flags: [...still.flags, '--references', 'lenient'] });
    const answer = await outputOf(t, client, {
      AWS_ENDPOINT_URL: server.url,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: '111122223333',
      SOLUTION_VERSION: arn('solution/films/1a2b3c4d', 'eu-west-1', '111122223333'),
    });
    assert.deepEqual(answer, expectedOutput('eu-west-1', '111122223333'));
  });

  for (const variable of client.trust) {
    test(`${name} trusts the certificate of the server by ${variable}`, { skip: client.skip }, async (t) => {
      const server = await httpsServer(t, { world, ...still });
      const env = { AWS_ENDPOINT_URL: server.httpsUrl, [variable]: server.caFile };
      assert.deepEqual(await outputOf(t, client, env), expectedOutput());
    });
  }

  if (client.trust.includes('AWS_CA_BUNDLE')) {
    test(`${name} trusts the certificate of the server by ca_bundle in a file`, { skip: client.skip }, async (t) => {
      const server = await httpsServer(t, { world, ...still });
      const env = { AWS_ENDPOINT_URL: server.httpsUrl };
      const config = `[default]\nca_bundle = ${server.caFile}\n`;
      assert.deepEqual(await outputOf(t, client, env, { config }), expectedOutput());
    });
  }

  test(`${name} does not trust the certificate of the server by default`, { skip: client.skip }, async (t) => {
    const server = await httpsServer(t, { world, ...still });
    const { code, stderr } = await runScript(t, client, { AWS_ENDPOINT_URL: server.httpsUrl });
    assert.notEqual(code, 0);
    assert.match(stderr, /certificate/i);
    assert.doesNotMatch(server.stderr, /BatchInferenceJob/);
  });

  const others = { runtime: 'InvalidInputException', events: 'InvalidInputException' };
  const script = 'users_other_script';

  test(`${name} reaches the two other services, which are refused by name`, { skip: client.skip }, async (t) => {
    const server = await startServer(t, { world, ...still });
    assert.deepEqual(await outputOf(t, client, { AWS_ENDPOINT_URL: server.url }, { script }), others);
    await server.logged(/GetRecommendations/);
    await server.logged(/PutEvents/);
  });

  test(`${name} finds the two other services by their own variables`, { skip: client.skipFound }, async (t) => {
    const { url } = await startServer(t, { world, ...still });
    const env = {
      AWS_ENDPOINT_URL: nowhere,
      AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: url,
      AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: url,
    };
    assert.deepEqual(await outputOf(t, client, env, { script }), others);
  });
}
