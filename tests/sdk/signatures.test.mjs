// Signatures of real clients under --auth sigv4 with a file of credentials.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ListBatchInferenceJobsCommand, PersonalizeClient } from '@aws-sdk/client-personalize';
import { PersonalizeEventsClient, PutEventsCommand } from '@aws-sdk/client-personalize-events';
import { GetRecommendationsCommand, PersonalizeRuntimeClient } from '@aws-sdk/client-personalize-runtime';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { aws, printed, shellOf, skipWithoutAws } from './support/cli.mjs';
import { arn, configFor, refusalOf, world } from './support/personalize.mjs';
import { atEnd, folderOf, runCommand, runProgram, startServer } from './support/server.mjs';
import { call, control, send, signedBy } from './support/wire.mjs';

const ci = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const tenant = { accessKeyId: '111122223333', secretAccessKey: 'of-the-tenant' };
const session = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'of/a+session', sessionToken: 'AQo/DY+Xdz==' };
const stranger = { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY' };

const profile = (name, { accessKeyId, secretAccessKey, sessionToken }) =>
  `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
  (sessionToken ? `aws_session_token = ${sessionToken}\n` : '');

const accepted = `# accepted keys\n${profile('ci', ci)}\n${profile('tenant', tenant)}\n${profile('session', session)}`;
const strangers = profile('ci', { ...ci, secretAccessKey: 'wrong' }) + profile('stranger', stranger);

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';
const badToken = 'The security token included in the request is invalid.';
const noToken = 'Missing Authentication Token';

const fileOf = async (t, text) => join(await folderOf(t, { credentials: text }), 'credentials');

/** A server that verifies signatures. */
async function startStrict(t, { flags = [], ...more } = {}) {
  const credentials = await fileOf(t, accepted);
  return startServer(t, { world, flags: ['--auth', 'sigv4', '--credentials', credentials, ...flags], ...more });
}

/** An SDK client of a service, closed with the test. */
function clientOf(t, server, credentials, { of: Client = PersonalizeClient, ...more } = {}) {
  const client = new Client({ ...configFor(server), credentials, ...more });
  atEnd(t, () => client.destroy());
  return client;
}

const listJobs = (client) => client.send(new ListBatchInferenceJobsCommand({}));

const event = { eventType: 'watch', sentAt: new Date(0) };
const planes = [
  [PersonalizeClient, new ListBatchInferenceJobsCommand({}), 400],
  [PersonalizeRuntimeClient, new GetRecommendationsCommand({ campaignArn: arn('campaign/evening'), userId: 'u' }), 403],
  [PersonalizeEventsClient, new PutEventsCommand({ trackingId: 't', sessionId: 's', eventList: [event] }), 403],
];

test('a client of each service is accepted with a key of the file', async (t) => {
  const server = await startStrict(t);
  for (const credentials of [ci, tenant, session]) {
    const { batchInferenceJobs } = await listJobs(clientOf(t, server, credentials));
    assert.deepEqual(batchInferenceJobs, []);
    for (const [of, command] of planes.slice(1)) {
      const error = await refusalOf(clientOf(t, server, credentials, { of }).send(command));
      assert.equal(error.name, 'InvalidInputException', 'signed well, and then not found');
    }
  }
});

test('a client of each service is refused with another secret, another key, or another token', async (t) => {
  const server = await startStrict(t);
  const { sessionToken, ...withoutToken } = session;
  const cases = [
    [{ ...ci, secretAccessKey: 'wrong' }, 'InvalidSignatureException', mismatch],
    [stranger, 'UnrecognizedClientException', badToken],
    [withoutToken, 'UnrecognizedClientException', badToken],
    [{ ...session, sessionToken: `${sessionToken}x` }, 'UnrecognizedClientException', badToken],
    [{ ...ci, sessionToken }, 'UnrecognizedClientException', badToken],
  ];
  for (const [credentials, name, message] of cases) {
    for (const [of, command, status] of planes) {
      const error = await refusalOf(clientOf(t, server, credentials, { of }).send(command));
      assert.deepEqual([error.name, error.message], [name, message]);
      assert.equal(error.$metadata.httpStatusCode, status);
    }
  }
});

test('an unsigned request is refused, and so is one with an unknown key', async (t) => {
  const server = await startStrict(t);
  const unsigned = await call(server, 'ListBatchInferenceJobs');
  assert.equal(unsigned.status, 400);
  assert.deepEqual(JSON.parse(unsigned.body), { __type: 'MissingAuthenticationTokenException', message: noToken });
  assert.match(unsigned.headers['x-personalize-local-why'], /not signed, and --auth is sigv4/);
  const made = await call(server, 'ListBatchInferenceJobs', {}, signedBy(ci.accessKeyId));
  assert.equal(JSON.parse(made.body).__type, 'IncompleteSignatureException', 'it has no date');
});

test('an unknown operation is reported before the signature is checked', async (t) => {
  const answer = await call(await startStrict(t), 'MakeCoffee');
  assert.deepEqual(JSON.parse(answer.body), { __type: 'UnknownOperationException' });
});

test('a refused call changes nothing, and consumes no rule', async (t) => {
  const server = await startStrict(t, { flags: ['--clock', 'frozen'] });
  const error = { type: 'ThrottlingException', message: 'Rate exceeded' };
  await control(server, 'POST', 'rules', { match: { operation: 'ListBatchInferenceJobs' }, error, times: 1 });
  assert.equal((await refusalOf(listJobs(clientOf(t, server, stranger)))).name, 'UnrecognizedClientException');
  assert.equal((await refusalOf(listJobs(clientOf(t, server, ci)))).name, 'ThrottlingException');
  await listJobs(clientOf(t, server, ci));
});

test('the control API needs no signature', async (t) => {
  const server = await startStrict(t);
  assert.equal((await control(server, 'GET', 'health')).status, 'ok');
  const { requests } = await control(server, 'GET', 'requests');
  assert.deepEqual(requests, []);
});

test('a key of twelve digits still names its account', async (t) => {
  const job = { batchInferenceJobArn: arn('batch-inference-job/ours', 'us-east-1', tenant.accessKeyId) };
  const other = { batchInferenceJobArn: arn('batch-inference-job/theirs', 'us-east-1', '444455556666') };
  const server = await startStrict(t, { world: { batchInferenceJobs: [job, other] } });
  const names = async (credentials) =>
    (await listJobs(clientOf(t, server, credentials))).batchInferenceJobs.map((one) => one.jobName).sort();
  assert.deepEqual(await names(tenant), ['ours']);
  assert.deepEqual(await names(ci), ['ours', 'theirs']);
});

const minutes = 60_000;

test('a client whose clock is 20 minutes wrong is refused once, and then corrects its clock', async (t) => {
  const server = await startStrict(t);
  for (const [systemClockOffset, message] of [
    [-20 * minutes, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/],
    [20 * minutes, /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(.* \+ 15 min\.\)$/],
  ]) {
    const client = clientOf(t, server, ci, { systemClockOffset });
    const error = await refusalOf(listJobs(client));
    assert.equal(error.name, 'InvalidSignatureException');
    assert.match(error.message, message);
    await listJobs(client);
  }
});

test('a client with retries hides that its clock is wrong', async (t) => {
  const server = await startStrict(t);
  await listJobs(clientOf(t, server, ci, { systemClockOffset: -20 * minutes, maxAttempts: 2 }));
});

test('under a frozen clock a signature may have the date of the machine or of the service', async (t) => {
  const now = Date.parse('2026-01-31T12:00:00Z');
  const server = await startStrict(t, { flags: ['--clock', 'frozen@2026-01-31T12:00:00Z'] });
  const client = clientOf(t, server, ci);
  await listJobs(client); // dated by the machine; the SDK then corrects its clock by the Date header
  const offset = client.config.systemClockOffset;
  assert.ok(Math.abs(Date.now() + offset - now) < minutes, `the client's clock is off by ${offset} ms`);
  await listJobs(client); // dated by the service
  const error = await refusalOf(listJobs(clientOf(t, server, ci, { systemClockOffset: offset - 20 * minutes })));
  assert.match(error.message, /^Signature expired: 20260131T11(39|40)\d\dZ is now earlier than 20260131T114500Z /);

  await control(server, 'POST', 'clock/advance', { by: '1h' });
  const late = await refusalOf(listJobs(client)); // the SDK corrected its clock one hour ago
  assert.match(late.message, /^Signature expired: 20260131T1200\d\dZ is now earlier than 20260131T124500Z /);
  await listJobs(client);
});

/** A request with a presigned URL, made by the SDK's own signer. */
async function presigned(server, { credentials = ci, expiresIn = 60, signingDate = new Date(), payload } = {}) {
  const { hostname, port, host } = new URL(server.url);
  const signer = new SignatureV4({
    service: 'personalize',
    region: 'us-east-1',
    credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  const request = new HttpRequest({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: {
      host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonPersonalize.ListBatchInferenceJobs',
      ...(payload && { 'x-amz-content-sha256': payload }),
    },
    body: '{}',
  });
  const signed = await signer.presign(request, {
    expiresIn,
    signingDate,
    unhoistableHeaders: new Set(['x-amz-target']),
    unsignableHeaders: new Set(),
  });
  const query = new URLSearchParams(signed.query);
  return { url: `${server.url}${signed.path}?${query}`, headers: signed.headers };
}

async function sendPresigned({ url, headers }, { body = '{}', ...more } = {}) {
  const answer = await send(url, { method: 'POST', headers: { ...headers, ...more }, body });
  return [answer.status, JSON.parse(answer.body)];
}

const jobs = [200, { batchInferenceJobs: [] }];
const refused = (message) => [400, { __type: 'InvalidSignatureException', message }];

test('a URL that the SDK signs is accepted until it expires', async (t) => {
  const server = await startStrict(t);
  for (const credentials of [ci, session]) {
    assert.deepEqual(await sendPresigned(await presigned(server, { credentials })), jobs);
  }
  const signingDate = new Date(Date.now() - 2 * minutes);
  assert.deepEqual(await sendPresigned(await presigned(server, { signingDate, expiresIn: 240 })), jobs);
  const [status, late] = await sendPresigned(await presigned(server, { signingDate, expiresIn: 60 }));
  assert.equal(status, 400);
  assert.match(late.message, /^Signature expired: .* - 1 min\.\)$/);
});

test('a changed URL is refused', async (t) => {
  const server = await startStrict(t);
  const good = await presigned(server);
  const json = 'application/x-amz-json-1.1';
  assert.deepEqual(await sendPresigned(good, { body: '{"maxResults":1}' }), refused(mismatch));
  assert.deepEqual(await sendPresigned(good, { 'content-type': `${json};charset=utf-8` }), refused(mismatch));
  assert.deepEqual(await sendPresigned({ ...good, url: `${good.url}&a=b` }), refused(mismatch));
  const longer = good.url.replace('Expires=60', 'Expires=61');
  assert.deepEqual(await sendPresigned({ ...good, url: longer }), refused(mismatch));
  const open = await presigned(server, { payload: 'UNSIGNED-PAYLOAD' });
  assert.deepEqual(await sendPresigned(open, { body: '{"maxResults":1}' }), jobs, 'the body is not signed');
});

test('the CLI is accepted with a profile and with variables', { skip: skipWithoutAws }, async (t) => {
  const server = await startStrict(t);
  const command = ['personalize', 'list-batch-inference-jobs', '--endpoint-url', server.url, '--region', 'us-east-1'];
  const shell = await shellOf(t);
  const run = (env, ...args) => runCommand(aws, [...command, ...args], { env: { ...shell, ...env } });
  const mine = { AWS_SHARED_CREDENTIALS_FILE: await fileOf(t, accepted) };
  const others = { AWS_SHARED_CREDENTIALS_FILE: await fileOf(t, strangers) };

  for (const name of ['ci', 'tenant', 'session']) {
    assert.deepEqual(JSON.parse(await printed(run(mine, '--profile', name))), { batchInferenceJobs: [] });
  }
  await printed(run({ ...mine, AWS_PROFILE: 'session' }));
  await printed(run({ AWS_ACCESS_KEY_ID: ci.accessKeyId, AWS_SECRET_ACCESS_KEY: ci.secretAccessKey }));

  for (const [env, args, name, message] of [
    [others, ['--profile', 'ci'], 'InvalidSignatureException', mismatch],
    [others, ['--profile', 'stranger'], 'UnrecognizedClientException', badToken],
    [{}, ['--no-sign-request'], 'MissingAuthenticationTokenException', noToken],
  ]) {
    const { code, stderr } = await run(env, ...args);
    assert.equal(code, 254, stderr);
    const expected = `An error occurred (${name}) when calling the ListBatchInferenceJobs operation: ${message}`;
    assert.equal(stderr.trim(), expected);
  }
});

const script = `
import json, sys
try:
    import boto3, botocore.config, botocore.exceptions
except ImportError:
    sys.exit(77)
url, keys = sys.argv[1], json.loads(sys.argv[2])
session = boto3.session.Session(keys["accessKeyId"], keys["secretAccessKey"], keys.get("sessionToken"), "us-east-1")
config = botocore.config.Config(retries={"total_max_attempts": 1})
client = lambda service: session.client(service, endpoint_url=url, config=config)
event = {"eventType": "watch", "sentAt": 0}
for call in (
    lambda: client("personalize").list_batch_inference_jobs(),
    lambda: client("personalize-runtime").get_recommendations(campaignArn="${arn('campaign/evening')}", userId="u ü"),
    lambda: client("personalize-events").put_events(trackingId="t", sessionId="s", eventList=[event]),
):
    try:
        call()
        print("answered")
    except botocore.exceptions.ClientError as error:
        print(error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
`;

test('boto3 is accepted with a key of the file', async (t) => {
  const server = await startStrict(t);
  const run = async (credentials) => {
    const args = ['-c', script, server.url, JSON.stringify(credentials)];
    const running = runCommand('python3', args, { env: await shellOf(t) });
    const { code, stdout, stderr } = await running.catch(() => ({ code: 77 })); // there is no python3
    assert.ok(code === 0 || code === 77, stderr);
    return code === 77 ? undefined : stdout.trim().split('\n');
  };
  const answers = await run(ci);
  if (!answers) return t.skip('no python3 with boto3');
  const absent = 'InvalidInputException 400';
  assert.deepEqual(answers, ['answered', absent, absent]);
  assert.deepEqual(await run(session), answers);
  const wrong = 'InvalidSignatureException';
  assert.deepEqual(await run({ ...ci, secretAccessKey: 'x' }), [`${wrong} 400`, `${wrong} 403`, `${wrong} 403`]);
});

test('curl is accepted with a key of the file', async (t) => {
  const version = await runCommand('curl', ['--help', 'auth']).catch(() => ({ stdout: '' }));
  if (!/--aws-sigv4/.test(version.stdout)) return t.skip('no curl with --aws-sigv4');
  const server = await startStrict(t);
  const curl = (secret, url = server.url) =>
    printed(
      runCommand('curl', [
        ...['-s', '--aws-sigv4', 'aws:amz:us-east-1:personalize', '--user', `${ci.accessKeyId}:${secret}`],
        ...['-H', 'content-type: application/x-amz-json-1.1'],
        ...['-H', 'x-amz-target: AmazonPersonalize.ListBatchInferenceJobs', '-d', '{}', url],
      ]),
    );
  assert.deepEqual(JSON.parse(await curl(ci.secretAccessKey)), jobs[1]);
  assert.equal(JSON.parse(await curl('wrong')).__type, 'InvalidSignatureException');
});

test('an invalid file of credentials is refused with its line numbers, and nothing starts', async (t) => {
  const start = (file) => runProgram(['--port', '0', '--auth', 'sigv4', '--credentials', file]);
  const text = '[ci]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n[other]\nwJalrXUtnFEMI\n';
  const file = await fileOf(t, text);
  const { code, stdout, stderr } = await start(file);
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.ok(stderr.includes(`profile 'ci' in ${file} line 1 has aws_access_key_id and no aws_secret`), stderr);
  assert.ok(stderr.includes(`${file} line 4: expected a setting`), stderr);
  assert.ok(!stderr.includes('wJalr'), stderr);
  assert.equal((await start(`${file}-not-there`)).code, 2);
});
