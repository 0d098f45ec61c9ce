'use strict';
// A server as a child of this process. It ends when its stdin ends, so it cannot outlive this process.
const { spawn } = require('node:child_process');
const { setTimeout, clearTimeout } = require('node:timers'); // not those that a test may replace

const longestLog = 256 * 1024; // characters
const longestInMessage = 4_000;
const longestStopMs = 10_000;

/** The server did not start. `stderr` is what it wrote; `exitCode` is null if it was not its end that failed. */
class StartError extends Error {
  constructor(reason, { stderr = '', exitCode = null } = {}) {
    super(`personalize-local did not start: ${reason}${stderr && `\n${stderr.trimEnd()}`}`);
    this.name = 'StartError';
    Object.assign(this, { stderr, exitCode });
  }
}

const describe = ({ error, code, signal }) => error?.message ?? (signal ? `ended by ${signal}` : `exit code ${code}`);

class Child {
  #process;
  #end;
  log = '';

  constructor(command, args, env) {
    // An interrupt from the terminal is for the tests: they end the server, once they need it no more.
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, { env, stdio: 'pipe', windowsHide: true, detached });
    this.#process = child;
    this.#end = new Promise((resolve) => {
      child.once('error', (error) => resolve({ error }));
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    child.stdin.on('error', () => {}); // it may end first
    child.stderr.setEncoding('utf8').on('data', (text) => (this.log = (this.log + text).slice(-longestLog)));
  }

  /** The line that the server prints when it is ready. Throws StartError if there is none in time. */
  async ready(withinMs) {
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, withinMs, { late: true })));
    const outcome = await Promise.race([this.#line(), this.#end, late]);
    clearTimeout(timer);
    if (typeof outcome === 'string') {
      this.#unref();
      return outcome;
    }
    this.kill();
    const reason = outcome.late ? `it was not ready within ${withinMs} ms` : describe(outcome);
    throw new StartError(reason, { stderr: this.log, exitCode: outcome.code ?? null });
  }

  #line() {
    let text = '';
    return new Promise((resolve) => {
      this.#process.stdout.setEncoding('utf8').on('data', (piece) => {
        text += piece;
        if (text.includes('\n')) resolve(text.split('\n')[0]);
      });
    });
  }

  /** Lets this process end although the server runs. The server then ends too. */
  #unref() {
    for (const each of [this.#process, ...this.#process.stdio]) each.unref();
  }

  kill() {
    this.#process.stdin.destroy();
    this.#process.kill('SIGKILL');
  }

  /** Ends the server. Throws an error with its log if it has ended badly. */
  async stop() {
    this.#process.stdin.end();
    const timer = setTimeout(() => this.kill(), longestStopMs); // it also keeps this process running
    const end = await this.#end;
    clearTimeout(timer);
    const tail = this.log.slice(-longestInMessage).trimEnd();
    if (end.code !== 0) throw new Error(`personalize-local ended badly: ${describe(end)}\n${tail}`);
  }
}

module.exports = { Child, StartError };
