// Runs the AWS CLI in processes forked from one that has already imported it, which saves most of a second per call. An
// `aws` that is not a Python script is started directly.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, runCommand } from './server.mjs';

const program = fileURLToPath(new URL('cli_fork.py', import.meta.url));

/** The interpreter in the first line of a script, or undefined. */
function pythonOf(script) {
  const head = Buffer.alloc(128);
  const file = openSync(script);
  readSync(file, head);
  closeSync(file);
  return /^#!\s*(\/\S*\/python[\d.]*)\n/.exec(head.toString('latin1'))?.[1];
}

/** Starts a process that imports the CLI, and returns its socket. It ends with this process. */
async function startForks(python, aws) {
  const forks = spawn(python, [program, aws], { env: cleanEnvironment(), stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(forks, 'exit').then(() => Promise.reject(new Error(`${program} has ended`)));
  const [path] = await Promise.race([once(forks.stdout.setEncoding('utf8'), 'data'), ended]);
  ended.catch(() => {});
  for (const each of [forks, forks.stdin, forks.stdout]) each.unref();
  return path.trimEnd();
}

async function runForked(path, request) {
  const connection = net.connect(path).setEncoding('utf8');
  connection.write(`${JSON.stringify(request)}\n`);
  let answer = '';
  for await (const text of connection) answer += text;
  if (answer === '') throw new Error(`the AWS CLI did not end by itself: ${request.args.join(' ')}`);
  return JSON.parse(answer);
}

const starting = new Map();

/** Runs `aws` to its end with the clean environment and `env`: `{code, stdout, stderr}`. */
export async function runAws(aws, args, env) {
  const python = pythonOf(aws);
  if (!python) return runCommand(aws, args, { env });
  if (!starting.has(aws)) starting.set(aws, startForks(python, aws));
  return runForked(await starting.get(aws), { args: args.map(String), env: cleanEnvironment(env) });
}
