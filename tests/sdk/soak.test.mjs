// A few seconds of ./dev soak, which goes on for as long as it is let.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from './support/server.mjs';

test('a mix of everything is answered as the model says, without a fault', async () => {
  const { code, stdout, stderr } = await runCommand(process.execPath, ['soak/soak.mjs', '0.2']);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stdout, /^minute 1: [1-9]\d* answered, /m);
});
