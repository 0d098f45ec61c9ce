// The command line: flags, variables, and the messages about wrong ones.
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { runProgram, startServer } from './support/server.mjs';
import { call, send } from './support/wire.mjs';

const flags = {
  host: '127.0.0.1, and ::1 where there is one',
  port: '7377',
  threads: 'number of cores',
  'tls-cert': 'none',
  'tls-key': 'none',
  'tls-port': '7378',
  'tls-name': 'none',
  auth: 'none',
  credentials: 'none',
  'allowed-host': 'none',
  'cors-origin': 'localhost origins',
  db: ':memory:',
  fixtures: 'none',
  'fixtures-json': 'none',
  'fixtures-for': 'none',
  s3: 'none',
  's3-timeout': '30s',
  account: '000000000000',
  region: 'us-east-1',
  quotas: 'off',
  references: 'strict',
  progression: 'time',
  pending: '1s',
  'in-progress': '2s',
  calls: '2',
  'status-names': 'documented',
  clock: 'real',
  seed: '0',
  journal: '10000',
  'log-level': 'info',
  'log-format': 'text',
  'end-with': 'signals',
};

const variableOf = (flag) => `PERSONALIZE_LOCAL_${flag.toUpperCase().replaceAll('-', '_')}`;

const jobIn = (account, name = 'job') => `arn:aws:personalize:us-east-1:${account}:batch-inference-job/${name}`;

/** Asserts that the program ended with exit code 2 and one line on stderr with these words. */
function assertRefused({ code, stdout, stderr }, words, what) {
  assert.equal(code, 2, `${what}: ${stderr}`);
  assert.equal(stdout, '', what);
  assert.match(stderr, /^personalize-local: [^\n]+\n$/, what);
  for (const word of words) assert.ok(stderr.includes(word), `${what}: no ${word} in ${stderr}`);
}

test('--help lists every flag with its default and variable', async () => {
  for (const args of [['--help'], ['-h'], ['serve', '--help']]) {
    const { code, stdout, stderr } = await runProgram(args);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    const commands = ['serve', 'healthcheck', 'check-fixtures', 'capture', '--version', '--licenses'];
    for (const command of commands) assert.ok(stdout.includes(command));
    for (const [flag, value] of Object.entries(flags)) {
      const paragraph = stdout.slice(stdout.search(new RegExp(`^ +--${flag} `, 'm'))).split(/\n +--/)[0];
      assert.ok(paragraph.includes(`(default: ${value}; ${variableOf(flag)})`), `--${flag}: ${paragraph}`);
    }
  }
});

test('every flag of --help is tested here', async () => {
  const { stdout } = await runProgram(['--help']);
  const listed = [...stdout.matchAll(/^ +--([a-z0-9-]+) [A-Z]/gm)].map((match) => match[1]);
  assert.deepEqual(listed.sort(), Object.keys(flags).sort());
});

test('--version prints the program name and its version', async () => {
  const { code, stdout } = await runProgram(['--version']);
  assert.equal(code, 0);
  assert.match(stdout, /^personalize-local \d+\.\d+\.\d+\n$/);
});

test('--licenses prints the license of the program and starts nothing', async () => {
  for (const args of [['--licenses'], ['serve', '--licenses']]) {
    const { code, stdout, stderr } = await runProgram(args);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^Copyright 2026 The personalize-local authors\n/);
    assert.match(stdout, /Apache License\s+Version 2\.0, January 2004/);
  }
});

test('the ready line contains version, address, database and number of resources', async (t) => {
  const world = {
    batchInferenceJobs: ['a', 'b', 'c'].map((name) => ({ batchInferenceJobArn: jobIn('000000000000', name) })),
  };
  const server = await startServer(t, { world });
  const { stdout: version } = await runProgram(['--version']);
  assert.equal(server.readyLine, `${version.trim()} ready on ${server.url} (db :memory:, 3 resources)`);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.notEqual(server.port, 0);
  await server.stop();
  assert.equal(server.stdout, `${server.readyLine}\n`, 'there is more on stdout than the ready line');
});

test('an unknown flag is refused with the nearest known one', async () => {
  const cases = [
    [
      ['--progresion', 'calls'],
      ["'--progresion'", 'did you mean --progression?'],
    ],
    [
      ['--prot', '1'],
      ["'--prot'", 'did you mean --port?'],
    ],
    [
      ['--PORT', '1'],
      ["'--PORT'", 'did you mean --port?'],
    ],
    [
      ['serve', '--calls=3', '--colour=red'],
      ["'--colour'", '--help'],
    ],
    [['serv'], ["'serv'", 'did you mean serve?']],
    [['--port'], ['--port']],
  ];
  for (const [args, words] of cases) assertRefused(await runProgram(args), words, args.join(' '));
});

test('a bad value is refused, and the message describes good ones', async () => {
  const cases = {
    host: ['localhost', 'literal address'],
    port: ['70000', '0 to 65535'],
    threads: ['0', '1 to 256'],
    'tls-port': ['https', '0 to 65535'],
    'tls-name': ['https://personalize', 'without a port'],
    auth: ['sigv2', 'none or sigv4'],
    s3: ['ftp://localhost', 'http://localhost:4566'],
    's3-timeout': ['0s', '250ms'],
    account: ['42', 'twelve digits'],
    region: ['mars', 'us-east-1'],
    quotas: ['on', 'off or aws'],
    references: ['loose', 'strict or lenient'],
    progression: ['fast', 'immediate'],
    pending: ['soon', '250ms'],
    'in-progress': ['-1s', '250ms'],
    calls: ['0', '1'],
    'status-names': ['short', 'documented or observed'],
    clock: ['frozen@tomorrow', 'frozen@2026-01-31T12:00:00Z'],
    seed: ['-1', '7'],
    journal: ['many', '100'],
    'log-level': ['loud', 'debug'],
    'log-format': ['xml', 'json'],
    'end-with': ['stdout', 'signals or stdin'],
  };
  for (const [flag, [value, form]] of Object.entries(cases)) {
    assertRefused(await runProgram([`--${flag}`, value]), [`--${flag}`, `'${value}'`, form], flag);
    const env = { [variableOf(flag)]: value };
    assertRefused(await runProgram([], { env }), [variableOf(flag), `'${value}'`, form], variableOf(flag));
  }
});

test('an unknown variable is refused with the nearest known one', async () => {
  const { code, stdout, stderr } = await runProgram([], { env: { PERSONALIZE_LOCAL_PROGRESION: 'calls' } });
  const words = ['PERSONALIZE_LOCAL_PROGRESION', 'did you mean PERSONALIZE_LOCAL_PROGRESSION?'];
  assertRefused({ code, stdout, stderr }, words, 'a misspelt variable');
  assertRefused(await runProgram([], { env: { PERSONALIZE_LOCAL_: 'x' } }), ['PERSONALIZE_LOCAL_'], 'no name');
});

test('every flag has a variable', async (t) => {
  const env = {
    PERSONALIZE_LOCAL_FIXTURES_JSON: JSON.stringify({
      batchInferenceJob: { batchInferenceJobArn: jobIn('123456789012') },
    }),
    PERSONALIZE_LOCAL_CLOCK: 'frozen@2026-01-31T12:00:00Z',
    PERSONALIZE_LOCAL_LOG_FORMAT: 'json',
    PERSONALIZE_LOCAL_REFERENCES: 'lenient',
    PERSONALIZE_LOCAL_THREADS: '1',
  };
  const server = await startServer(t, { env });
  const { headers } = await call(server, 'ListBatchInferenceJobs');
  assert.equal(headers.date, 'Sat, 31 Jan 2026 12:00:00 GMT');
  assert.match(server.readyLine, /1 resources\)$/);
  assert.equal(JSON.parse(await server.logged(/ListBatchInferenceJobs/)).event, 'request');
});

test('a flag overrides its variable', async (t) => {
  const env = { PERSONALIZE_LOCAL_CLOCK: 'frozen@1999-01-01T00:00:00Z', PERSONALIZE_LOCAL_PORT: '1' };
  const server = await startServer(t, { env, flags: ['--clock', 'frozen@2026-01-31T12:00:00Z'] });
  const { headers } = await call(server, 'ListBatchInferenceJobs');
  assert.equal(headers.date, 'Sat, 31 Jan 2026 12:00:00 GMT');
});

test('an empty variable counts as unset', async (t) => {
  const env = Object.fromEntries(Object.keys(flags).map((flag) => [variableOf(flag), '']));
  const server = await startServer(t, { env });
  assert.match(server.readyLine, / ready on http:\/\/127\.0\.0\.1:\d+ \(db :memory:, 0 resources\)$/);
});

test('a repeatable flag can be repeated, and its variable takes a list with commas', async (t) => {
  const hosts = ['127.0.0.1', '127.0.0.2'];
  const given = [
    { flags: hosts.flatMap((host) => ['--host', host]) },
    { env: { PERSONALIZE_LOCAL_HOST: hosts.join(',') } },
  ];
  for (const options of given) {
    const server = await startServer(t, options);
    for (const host of hosts) {
      const { status } = await send(`http://${host}:${server.port}/_local/health`);
      assert.equal(status, 200, host);
    }
  }
});

test('by default the server listens only on loopback, in both address families', async (t) => {
  const server = await startServer(t);
  const addresses = Object.values(networkInterfaces()).flat();
  for (const { address, family, internal } of addresses) {
    if (address !== '127.0.0.1' && address !== '::1' && internal) continue;
    if (address.startsWith('fe80')) continue; // needs a scope
    const host = family === 'IPv6' ? `[${address}]` : address;
    const answer = await send(`http://${host}:${server.port}/_local/health`).catch((error) => error);
    if (internal) assert.equal(answer.status, 200, address);
    else assert.ok(answer instanceof Error, `${address} answers`);
  }
});

const hasIpv6 = Object.values(networkInterfaces()).flat().some(({ address }) => address === '::1');

test('all addresses of both families can be listened on', { skip: !hasIpv6 && 'there is no IPv6 here' }, async (t) => {
  const server = await startServer(t, { flags: ['--host', '0.0.0.0', '--host', '::'] });
  for (const host of ['127.0.0.1', '[::1]']) {
    assert.equal((await send(`http://${host}:${server.port}/_local/health`)).status, 200, host);
  }
});

test("variables that Kubernetes sets for a Service with the program's name are ignored, with a note", async (t) => {
  const env = {
    PERSONALIZE_LOCAL_SERVICE_HOST: '10.0.0.11',
    PERSONALIZE_LOCAL_SERVICE_PORT: '7377',
    PERSONALIZE_LOCAL_SERVICE_PORT_HTTP: '7377',
    PERSONALIZE_LOCAL_PORT: 'tcp://10.0.0.11:7377',
    PERSONALIZE_LOCAL_PORT_7377_TCP: 'tcp://10.0.0.11:7377',
    PERSONALIZE_LOCAL_PORT_7377_TCP_ADDR: '10.0.0.11',
  };
  const server = await startServer(t, { env });
  for (const name of Object.keys(env)) await server.logged(new RegExp(`ignoring ${name},`));
});

test('serve is the default command', async (t) => {
  const server = await startServer(t, { flags: ['serve'] });
  assert.equal((await send(`${server.url}/_local/health`)).status, 200);
});
