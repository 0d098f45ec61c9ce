#!/usr/bin/env node
'use strict';
// Runs the program of this platform with the same arguments, streams, signals and exit code.
const { spawn } = require('node:child_process');
const { findProgram, platform } = require('../lib/program.cjs');

const program = findProgram();
if (!program) {
  console.error(`personalize-local: there is no program for ${platform}; run the image, or use start() of the package`);
  process.exit(1);
}
const child = spawn(program, process.argv.slice(2), { stdio: 'inherit' });
child.once('error', (error) => {
  console.error(`personalize-local: ${error.message}`);
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  // A terminal sends SIGINT to both. A second one would end the program at once.
  process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal));
}
child.once('exit', (code, signal) => {
  if (!signal) process.exit(code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
