// Each option of `aws personalize describe-batch-inference-job` about the request, its server and its transport. The
// options about the output are in cli_output.test.mjs.
// The page: https://docs.aws.amazon.com/cli/latest/reference/personalize/describe-batch-inference-job.html
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { awsOf, awsVersion, cliOf, printed, skipWithoutAws as skip } from './support/cli.mjs';
import { fullPort, httpsServer, serverOfFile } from './support/cli_options.mjs';
import { arn, solutionVersionArn } from './support/personalize.mjs';
import { startServer, temporaryFolder } from './support/server.mjs';
import { control } from './support/wire.mjs';

const jobArn = (name, region, account) => arn(`batch-inference-job/${name}`, region, account);
const job = (name, more) => ({ batchInferenceJobArn: jobArn(name), solutionVersionArn, ...more });
const world = { batchInferenceJobs: [job('plain', { numResults: 7 }), job('other'), job('slow')] };

const server = serverOfFile({ world });

const describe = ['describe-batch-inference-job'];
const of = (name) => [...describe, '--batch-inference-job-arn', jobArn(name)];
const unsigned = (url) => ['--endpoint-url', url, '--region', 'us-east-1', '--no-sign-request'];
/** The environment of a CLI that must fail without retries. */
const once = { env: { AWS_MAX_ATTEMPTS: '1' } };
const status = ['--query', 'batchInferenceJob.status'];
const parsed = async (running) => JSON.parse(await printed(running));
const nameIn = async (running) => (await parsed(running)).batchInferenceJob.jobName;

/** Asserts that the CLI itself gave up with this message, before any service refused. */
function assertGaveUp({ code, stdout, stderr }, words) {
  assert.notEqual(code, 0);
  assert.notEqual(code, 254, `a service refused: ${stderr}`);
  assert.equal(stdout, '');
  assert.match(stderr, words);
}

test('--batch-inference-job-arn selects the job', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  assert.equal(await nameIn(cli(...describe, '--batch-inference-job-arn', jobArn('other'))), 'other');
  assertGaveUp(await cli(...describe), /--batch-inference-job-arn/);
});

test('--cli-input-json selects it by a text or a file', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = JSON.stringify({ batchInferenceJobArn: jobArn('other') });
  const file = join(await temporaryFolder(t), 'input.json');
  await writeFile(file, text);
  for (const input of [text, `file://${file}`]) {
    assert.equal(await nameIn(cli(...describe, '--cli-input-json', input)), 'other', input);
  }
  assert.equal(await nameIn(cli(...of('plain'), '--cli-input-json', text)), 'plain', 'the option has the last word');
});

test('--cli-input-yaml selects it by a text or a file', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const text = `batchInferenceJobArn: ${jobArn('other')}  # the second one\n`;
  const file = join(await temporaryFolder(t), 'input.yaml');
  await writeFile(file, text);
  for (const input of [text, `file://${file}`]) {
    assert.equal(await nameIn(cli(...describe, '--cli-input-yaml', input)), 'other', input);
  }
});

test('--debug logs the request and the answer, and prints the same output', { skip }, async (t) => {
  const cli = await cliOf(t, server());
  const { code, stdout, stderr } = await cli(...of('plain'), '--debug');
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(stdout).batchInferenceJob.jobName, 'plain');
  const shown = ['AmazonPersonalize.DescribeBatchInferenceJob', "'x-amzn-requestid'", `"jobName":"plain"`];
  for (const text of shown) assert.ok(stderr.includes(text), `no ${text} in ${stderr}`);
});

test('--endpoint-url sends requests to this server and to no other', { skip }, async (t) => {
  const elsewhere = await startServer(t, { world: { batchInferenceJob: job('elsewhere') } });
  const run = await awsOf(t);
  const at = (url) => run('personalize', ...of('elsewhere'), ...unsigned(url));
  for (const url of [elsewhere.url, `${elsewhere.url}/`, `http://localhost:${elsewhere.port}`]) {
    assert.equal(await nameIn(at(url)), 'elsewhere', url);
  }
  assert.equal((await at(server().url)).code, 254);
});

test('--endpoint-url may be https, which needs a trusted certificate', { skip }, async (t) => {
  const { httpsUrl } = await httpsServer(t, { world });
  const run = await awsOf(t, once);
  assertGaveUp(await run('personalize', ...of('plain'), ...unsigned(httpsUrl)), /SSL validation failed/);
});

test('--no-verify-ssl uses https without a trusted certificate', { skip }, async (t) => {
  const { httpsUrl } = await httpsServer(t, { world });
  const run = await awsOf(t);
  assert.equal(await nameIn(run('personalize', ...of('plain'), ...unsigned(httpsUrl), '--no-verify-ssl')), 'plain');
});

test('--ca-bundle makes the certificate trusted, by address and by name', { skip }, async (t) => {
  const { httpsUrl, caFile, tls } = await httpsServer(t, { world, flags: ['--tls-name', 'personalize.test'] });
  const run = await awsOf(t, once);
  const at = (url, bundle) => run('personalize', ...of('plain'), ...unsigned(url), '--ca-bundle', bundle);
  assert.equal(await nameIn(at(httpsUrl, caFile)), 'plain');
  assert.equal(await nameIn(at(`https://localhost:${tls.port}`, tls.caFile ?? caFile)), 'plain');
  const others = await httpsServer(t);
  assertGaveUp(await at(httpsUrl, others.caFile), /SSL validation failed/);
});

test('--profile sets region and key, and a key of twelve digits sees only its own account', { skip }, async (t) => {
  const profiles = { ours: ['111122223333', 'eu-west-1'], theirs: ['444455556666', 'us-west-2'] };
  const folder = await temporaryFolder(t);
  const [AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE] = [join(folder, 'config'), join(folder, 'credentials')];
  const all = Object.entries(profiles);
  const configs = all.map(([name, [, region]]) => `[profile ${name}]\nregion = ${region}\n`);
  const keys = all.map(([name, [key]]) => `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = any\n`);
  await writeFile(AWS_CONFIG_FILE, configs.join(''));
  await writeFile(AWS_SHARED_CREDENTIALS_FILE, keys.join(''));
  const arnOf = ([account, region]) => jobArn('one', region, account);
  const both = { batchInferenceJobs: all.map(([, profile]) => ({ batchInferenceJobArn: arnOf(profile) })) };
  const { url } = await startServer(t, { world: both });
  const run = await awsOf(t, { env: { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } });
  const as = (profile, ...args) => run('personalize', ...args, '--endpoint-url', url, '--profile', profile);

  for (const [name, profile] of all) {
    const { batchInferenceJobs } = await parsed(as(name, 'list-batch-inference-jobs'));
    assert.deepEqual(
      batchInferenceJobs.map((each) => each.batchInferenceJobArn),
      [arnOf(profile)],
      name,
    );
  }
  const notTheirs = await as('theirs', ...describe, '--batch-inference-job-arn', arnOf(profiles.ours));
  assert.equal(notTheirs.code, 254);
  assert.match(notTheirs.stderr, /ResourceNotFoundException/);
});

test('--region sets the region of a signed request', { skip }, async (t) => {
  const regions = ['us-east-1', 'eu-west-1'];
  const twins = { batchInferenceJobs: regions.map((region) => ({ batchInferenceJobArn: jobArn('twin', region) })) };
  const { url } = await startServer(t, { world: twins });
  const run = await awsOf(t, { accessKeyId: 'local', env: { AWS_DEFAULT_REGION: 'ap-south-1' } });
  const at = (region, ...args) => run('personalize', ...args, '--endpoint-url', url, '--region', region);

  const query = ['--query', 'batchInferenceJobs[].batchInferenceJobArn'];
  assert.deepEqual(await parsed(at('eu-west-1', 'list-batch-inference-jobs', ...query)), [jobArn('twin', 'eu-west-1')]);
  const wrong = await at('us-east-1', ...describe, '--batch-inference-job-arn', jobArn('twin', 'eu-west-1'));
  assert.equal(wrong.code, 254);
  assert.match(wrong.stderr, /ResourceNotFoundException/);
});

test('--no-sign-request needs no credentials; without it they are required', { skip }, async (t) => {
  const run = await awsOf(t);
  const common = ['personalize', ...of('plain'), '--endpoint-url', server().url, '--region', 'us-east-1'];
  assertGaveUp(await run(...common), /credentials/);
  assert.equal(await nameIn(run(...common, '--no-sign-request')), 'plain');
});

test('--cli-read-timeout gives up on a late answer, and without it the CLI waits', { skip }, async (t) => {
  const match = { operation: 'DescribeBatchInferenceJob', batchInferenceJobArn: jobArn('slow') };
  await control(server(), 'POST', 'rules', { match, delay: '2s' });
  const cli = await cliOf(t, server(), once);
  assertGaveUp(await cli(...of('slow'), '--cli-read-timeout', '1'), /Read timeout on endpoint URL/);
  assert.equal(await nameIn(cli(...of('slow'))), 'slow');
});

test('--cli-connect-timeout gives up on a loopback port whose queue is full', { skip }, async (t) => {
  const run = await awsOf(t, once);
  const at = (url) => run('personalize', ...of('plain'), ...unsigned(url), '--cli-connect-timeout', '1');
  assertGaveUp(await at(`http://127.0.0.1:${await fullPort(t)}`), /Connect timeout on endpoint URL/);
  assert.equal(await nameIn(at(server().url)), 'plain');
});

test('--no-cli-auto-prompt does not prompt even if AWS_CLI_AUTO_PROMPT is on', { skip }, async (t) => {
  const cli = await cliOf(t, server(), { env: { AWS_CLI_AUTO_PROMPT: 'on' } });
  assert.equal(await parsed(cli(...of('plain'), '--no-cli-auto-prompt', ...status)), 'ACTIVE');
  assert.notEqual((await cli(...of('plain'), ...status)).code, 0, 'there is no terminal to answer a prompt');
});

test('--version needs no server', { skip }, async (t) => {
  const run = await awsOf(t);
  assert.match(await printed(run('personalize', ...describe, '--version')), new RegExp(`^aws-cli/${awsVersion} `));
});

const forPeople = 'it opens a menu that needs a keyboard';
test('--cli-auto-prompt prompts for the options', { skip: skip || forPeople }, () => {});
