// Runs the program under test as a user does, and makes sure that it ends.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

export const binary = process.env.PLOCAL_BINARY;
if (!binary) throw new Error('PLOCAL_BINARY must name the program under test');

// Much longer than any step takes, so that no test fails on a busy machine.
const longestStartMs = 300_000;
const longestRunMs = 600_000;

/** The environment of this process without variables of the program, an SDK or the CLI, and with `extra`. */
export function cleanEnvironment(extra = {}) {
  const steers = /^(AWS_|PERSONALIZE_LOCAL_)|_proxy$/i;
  const kept = Object.entries(process.env).filter(([name]) => !steers.test(name));
  return { ...Object.fromEntries(kept), ...extra };
}

const endings = new WeakMap();

/** Runs `end` after the test, in reverse order of registration: a server ends before its folder is removed. */
export function atEnd(t, end) {
  if (!endings.has(t)) {
    endings.set(t, []);
    t.after(() => endAll(endings.get(t)));
  }
  endings.get(t).push(end);
}

async function endAll(all) {
  const end = all.pop();
  if (!end) return;
  try {
    await end();
  } finally {
    await endAll(all);
  }
}

/** A folder for one test, removed after it. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'personalize-local-'));
  atEnd(t, () => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes `documents`, by file name, into a new folder of the test: texts unchanged, other values as JSON. */
export async function folderOf(t, documents) {
  const folder = await temporaryFolder(t);
  for (const [name, document] of Object.entries(documents)) {
    await writeFile(join(folder, name), typeof document === 'string' ? document : JSON.stringify(document));
  }
  return folder;
}

/** Calls `check` until it returns something true, and returns that. Fails after `forMs`. */
export async function until(what, check, forMs = 300_000) {
  const deadline = performance.now() + forMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    assert.ok(performance.now() < deadline, `waited ${forMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A port that was free a moment ago, for a script that names one. */
export async function freePort() {
  const listener = createServer();
  await new Promise((done) => listener.listen(0, '127.0.0.1', done));
  const { port } = listener.address();
  await new Promise((done) => listener.close(done));
  return port;
}

/** A child process whose output is kept and whose end can be awaited. */
export class Child {
  constructor(command, args, { env, cwd, readStderr = true, stdin = 'ignore' } = {}) {
    this.stdout = '';
    this.stderr = '';
    this.process = spawn(command, args.map(String), { env, cwd, stdio: [stdin, 'pipe', 'pipe'] });
    this.process.stdout.setEncoding('utf8').on('data', (text) => (this.stdout += text));
    if (readStderr) this.process.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
    this.ended = new Promise((resolve, reject) => {
      this.process.once('error', reject);
      this.process.once('exit', (code, signal) => (this.exit = { code, signal }));
      this.process.once('close', () => resolve(this.exit));
      if (!readStderr) this.process.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** `{code, signal}` of the end. Fails if the process does not end in time. */
  async end(withinMs = longestRunMs) {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs, 'late')));
    const end = await Promise.race([this.ended, late]).finally(() => clearTimeout(timer));
    if (end !== 'late') return end;
    this.process.kill('SIGKILL');
    assert.fail(`process ${this.process.pid} has not ended after ${withinMs} ms:\n${this.stderr}`);
  }
}

/** Runs a command to its end: `{code, stdout, stderr}`. */
export async function runCommand(command, args, { env = {}, cwd } = {}) {
  const child = new Child(command, args, { env: cleanEnvironment(env), cwd });
  const { code } = await child.end();
  return { code, stdout: child.stdout, stderr: child.stderr };
}

/** Runs the program to its end: `{code, stdout, stderr}`. */
export const runProgram = (args, options) => runCommand(binary, args, options);

/** A running server, which must end without an error. */
export class Server extends Child {
  async start() {
    const isReady = () => this.stdout.includes('\n') || this.exit;
    await until('the ready line', isReady, longestStartMs);
    assert.ok(!this.exit, `the server ended before it was ready:\n${this.stderr}`);
    this.readyLine = this.stdout.split('\n')[0];
    const ready = / ready on (http:\/\/\S+) /.exec(this.readyLine);
    assert.ok(ready, `no ready line: ${this.readyLine}`);
    this.url = ready[1];
    this.port = Number(new URL(this.url).port);
  }

  /** Stops the server with SIGTERM, and returns the milliseconds that it took. */
  async stop(signal = 'SIGTERM') {
    const began = performance.now();
    if (!this.exit) this.process.kill(signal);
    const end = await this.end();
    if (!this.isKilled) assert.deepEqual(end, { code: 0, signal: null }, `the server ended badly:\n${this.stderr}`);
    return performance.now() - began;
  }

  /** Kills the server with SIGKILL. */
  async kill() {
    this.isKilled = true;
    this.process.kill('SIGKILL');
    await this.end();
  }

  /** The first line of the log that matches. */
  async logged(pattern) {
    const find = () => this.logLines().find((line) => pattern.test(line));
    return until(`a log line like ${pattern}`, find);
  }

  logLines() {
    return this.stderr.split('\n').filter((line) => line !== '');
  }
}

/**
 * Starts a server on a free port with the flags given, waits until it is ready, and ends it with the test.
 * `world` is a fixtures document.
 */
export async function startServer(t, { flags = [], env = {}, world, readStderr = true, stdin } = {}) {
  // A stored certificate authority would be written into the home of the user who runs the tests.
  const home = flags.includes('--tls-cert') ? { XDG_DATA_HOME: await temporaryFolder(t) } : {};
  const inline = world === undefined ? [] : ['--fixtures-json', JSON.stringify(world)];
  const server = new Server(binary, ['--port', '0', ...inline, ...flags], {
    env: cleanEnvironment({ ...home, ...env }),
    readStderr,
    stdin,
  });
  atEnd(t, () => server.stop());
  await server.start();
  return server;
}
