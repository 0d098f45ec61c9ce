// node soak.mjs [MINUTES] [SEED]: mixes all operations, control calls, jobs over a folder, tenants, resets, clock moves
// and broken connections against the program that PLOCAL_BINARY names. Each minute all tenants pause, everything is reset, and what the
// program then holds is printed. Ends with a verdict, and with status 1 if an answer was a fault of the program or did
// not fit the model, or if memory or descriptors have grown. The same seed draws the same actions.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { binary, cleanEnvironment, Server } from '../support/server.mjs';
import { commonCalls } from './control.mjs';
import { Draws } from './draws.mjs';
import { figuresOf, median, megabytesOf } from './figures.mjs';
import { inputs } from './operations.mjs';
import { Tenant } from './tenant.mjs';
import { world, writeObjects } from './world.mjs';

const [minutesText = '30', seedText = '1'] = process.argv.slice(2);
const minutes = Number(minutesText);
const tenantCount = 12;
const warmUpMinutes = 5;
const mostGrowthMb = 5;
const mostFaults = 20;
const enoughForAll = 20_000; // after so many actions each operation has been answered with success

/** Counts answers by operation, and keeps the first faults. */
class Report {
  constructor() {
    this.counts = { ok: 0, refused: 0, broken: 0 };
    this.called = {};
    this.faults = [];
    this.faultCount = 0;
  }

  answered(name, status) {
    this.counts[status === 0 ? 'broken' : status === 200 ? 'ok' : 'refused'] += 1;
    const of = (this.called[name] ??= { ok: 0, other: 0 });
    of[status === 200 ? 'ok' : 'other'] += 1;
  }

  fault(text) {
    this.faultCount += 1;
    if (this.faults.length < mostFaults) this.faults.push(text.slice(0, 1500));
  }
}

async function start(folder) {
  await writeObjects(folder);
  const fixtures = join(folder, 'world.json');
  await writeFile(fixtures, JSON.stringify(world));
  const flags = ['--port', '0', '--threads', '2', '--db', join(folder, 'soak.db'), '--s3', folder, '--fixtures', fixtures];
  const short = ['--pending', '20ms', '--in-progress', '50ms', '--log-level', 'error', '--end-with', 'stdin'];
  const server = new Server(binary, [...flags, ...short], { env: cleanEnvironment(), stdin: 'pipe' });
  await server.start();
  return server;
}

/** Does as many actions as fit into the time. */
async function work(tenant, until, server) {
  while (performance.now() < until && !server.exit) await tenant.act();
}

/** The memory once it has fallen as far as it does within a few seconds: freed pages go back a little later. */
async function quietFigures(pid, forMs) {
  let least = figuresOf(pid);
  for (const end = performance.now() + forMs; performance.now() < end; await pause(250)) {
    const now = figuresOf(pid);
    if (now.mb < least.mb) least = now;
  }
  return least;
}

/** Resets everything, and asks what belongs to no tenant. */
async function tidy(tenants, report) {
  const [{ wire }] = tenants;
  const reset = { method: 'POST', path: '/_local/reset' };
  for (const path of commonCalls) {
    const { status } = await wire.send({ method: 'GET', path: `/_local/${path}` });
    if (status !== 200) report.fault(`GET /_local/${path}: ${status}`);
  }
  const { status, body } = await wire.send(reset);
  if (status !== 200) report.fault(`reset: ${status} ${body}`);
  for (const tenant of tenants) {
    tenant.close();
    tenant.become();
  }
}

function verdict(report, lines, server) {
  const failures = [...report.faults];
  if (server.exit) failures.push(`the server ended: ${JSON.stringify(server.exit)} ${server.stderr}`);
  const { ok, refused, broken } = report.counts;
  if (ok + refused + broken > enoughForAll) {
    const missing = Object.keys(inputs).filter((name) => !report.called[name]?.ok);
    if (missing.length > 0) failures.push(`never answered with success: ${missing.join(', ')}`);
  }
  const descriptors = lines.map((line) => line.descriptors);
  if (Math.max(...descriptors) > descriptors[0]) failures.push(`descriptors have grown: ${descriptors.join(' ')}`);
  const warm = lines.slice(warmUpMinutes);
  if (warm.length >= 6) {
    const part = Math.floor(warm.length / 3);
    const growth = median(warm.slice(-part).map(({ mb }) => mb)) - median(warm.slice(0, part).map(({ mb }) => mb));
    console.log(`memory after ${warmUpMinutes} minutes: ${growth.toFixed(2)} MB more in the last third than in the first`);
    if (growth > mostGrowthMb) failures.push(`memory has grown by ${growth.toFixed(1)} MB`);
  }
  return failures;
}

async function soak(server, report) {
  const lines = [];
  const tenants = Array.from(
    { length: tenantCount },
    (_, i) => new Tenant(server.port, new Draws(Number(seedText) * 1000 + i), report, i),
  );
  const whole = Math.max(1, Math.ceil(minutes));
  const lengthMs = (minutes / whole) * 60_000;
  for (let minute = 1; minute <= whole && !server.exit && report.faultCount < mostFaults; ++minute) {
    const until = performance.now() + lengthMs * 0.85;
    await Promise.all(tenants.map((tenant) => work(tenant, until, server)));
    if (server.exit) break;
    const busy = figuresOf(server.process.pid);
    await tidy(tenants, report);
    const quiet = await quietFigures(server.process.pid, lengthMs * 0.12);
    lines.push(quiet);
    const { ok, refused, broken } = report.counts;
    console.log(
      `minute ${minute}: ${ok} answered, ${refused} refused, ${broken} broken off, ${report.faultCount} faults; ` +
        `${quiet.mb.toFixed(1)} MB (busy ${busy.mb.toFixed(1)}, peak ${busy.peakMb.toFixed(1)}), ` +
        `${quiet.descriptors} descriptors (busy ${busy.descriptors}), ${quiet.threads} threads, ` +
        `database ${megabytesOf(server.database).toFixed(1)} MB`,
    );
  }
  for (const tenant of tenants) tenant.close();
  return lines;
}

const folder = await mkdtemp(join(tmpdir(), 'personalize-local-soak-'));
let failures;
try {
  const server = await start(folder);
  server.database = join(folder, 'soak.db');
  const report = new Report();
  const lines = await soak(server, report);
  failures = verdict(report, lines, server);
  if (!server.exit) {
    server.process.stdin.end();
    const end = await server.end();
    if (end.code !== 0) failures.push(`the server ended badly: ${JSON.stringify(end)} ${server.stderr}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const failure of failures) console.log(`FAULT ${failure}`);
console.log(failures.length === 0 ? `soak: ${minutes} minutes, seed ${seedText}: all held` : 'soak: failed');
process.exitCode = failures.length === 0 ? 0 : 1;
