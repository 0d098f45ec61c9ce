// A user's script finds the server by its environment and its configuration alone, without a word of ours in it.
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

const anyone = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

// A job that would move on while a slow client starts again shows nothing of how it was found.
const still = { flags: ['--clock', 'frozen'] };

const nowhere = 'http://127.0.0.1:9';

/** How the script ends, run with this environment and, where it is given, this configuration file alone. */
async function ended(t, client, env, { config, script = 'users_script' } = {}) {
  const HOME = await temporaryFolder(t);
  const AWS_CONFIG_FILE = join(HOME, 'config');
  if (config) await writeFile(AWS_CONFIG_FILE, config);
  return client.run(script, { ...anyone, HOME, AWS_CONFIG_FILE, ...env });
}

async function told(t, client, env, options) {
  const { code, stdout, stderr } = await ended(t, client, env, options);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const found = (region = 'us-east-1', account = '000000000000') => ({
  created: arn('batch-inference-job/nightly', region, account),
  status: 'PENDING',
});

/** A proxy of HTTPS that lets nobody through, and the hosts that it was asked for. */
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

/** What a script is told of the endpoint, as environment or configuration, and leads to the server. */
const ways = {
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
  for (const [way, tell] of Object.entries(ways)) {
    test(`${name} finds it by ${way}`, { skip: client.skipFound }, async (t) => {
      const { env, config } = tell(await startServer(t, { world, ...still }));
      assert.deepEqual(await told(t, client, env, { config }), found());
    });
  }

  test(`${name} passes it over by AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`, { skip: client.skipFound }, async (t) => {
    const server = await startServer(t, { world, ...still });
    const proxy = await closedProxy(t);
    const env = {
      AWS_ENDPOINT_URL: server.url,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      HTTPS_PROXY: proxy.url,
    };
    const { code, stderr } = await ended(t, client, env);
    assert.notEqual(code, 0);
    assert.match(`${proxy.wanted} ${stderr}`, /personalize\.us-east-1\.amazonaws\.com/);
    assert.doesNotMatch(server.stderr, /BatchInferenceJob/);
  });

  test(`${name} brings the region and the account`, { skip: client.skip }, async (t) => {
    const server = await startServer(t, { flags: [...still.flags, '--references', 'lenient'] });
    const answer = await told(t, client, {
      AWS_ENDPOINT_URL: server.url,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: '111122223333',
      SOLUTION_VERSION: arn('solution/films/1a2b3c4d', 'eu-west-1', '111122223333'),
    });
    assert.deepEqual(answer, found('eu-west-1', '111122223333'));
  });

  for (const variable of client.trust) {
    test(`${name} trusts its certificate by ${variable}`, { skip: client.skip }, async (t) => {
      const server = await httpsServer(t, { world, ...still });
      const env = { AWS_ENDPOINT_URL: server.httpsUrl, [variable]: server.caFile };
      assert.deepEqual(await told(t, client, env), found());
    });
  }

  if (client.trust.includes('AWS_CA_BUNDLE')) {
    test(`${name} trusts its certificate by ca_bundle in the configuration file`, { skip: client.skip }, async (t) => {
      const server = await httpsServer(t, { world, ...still });
      const env = { AWS_ENDPOINT_URL: server.httpsUrl };
      const config = `[default]\nca_bundle = ${server.caFile}\n`;
      assert.deepEqual(await told(t, client, env, { config }), found());
    });
  }

  test(`${name} does not trust its certificate by itself`, { skip: client.skip }, async (t) => {
    const server = await httpsServer(t, { world, ...still });
    const { code, stderr } = await ended(t, client, { AWS_ENDPOINT_URL: server.httpsUrl });
    assert.notEqual(code, 0);
    assert.match(stderr, /certificate/i);
    assert.doesNotMatch(server.stderr, /BatchInferenceJob/);
  });

  const others = { runtime: 'UnknownOperationException', events: 'UnknownOperationException' };
  const script = 'users_other_script';

  test(`${name} finds the two other services, which are refused by name`, { skip: client.skip }, async (t) => {
    const server = await startServer(t, { world, ...still });
    assert.deepEqual(await told(t, client, { AWS_ENDPOINT_URL: server.url }, { script }), others);
    await server.logged(/GetRecommendations/);
    await server.logged(/PutEvents/);
  });

  test(`${name} finds the two other services by variables of their own`, { skip: client.skipFound }, async (t) => {
    const { url } = await startServer(t, { world, ...still });
    const env = {
      AWS_ENDPOINT_URL: nowhere,
      AWS_ENDPOINT_URL_PERSONALIZE_RUNTIME: url,
      AWS_ENDPOINT_URL_PERSONALIZE_EVENTS: url,
    };
    assert.deepEqual(await told(t, client, env, { script }), others);
  });
}
