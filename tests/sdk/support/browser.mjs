// Shows pages of a test in a real browser and returns what their scripts report.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import http from 'node:http';
import { delimiter, join } from 'node:path';
import { atEnd, Child, cleanEnvironment, temporaryFolder, until } from './server.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = (process.env.PATH ?? '').split(delimiter);
export const browserPath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);

/** Why a test that needs a browser is skipped, or false. */
export const skipWithoutBrowser = browserPath === undefined && 'neither Chromium nor Chrome is in PATH';

/** A host name that is not localhost but that the browser resolves to this machine. */
export const foreignHost = 'app.example';

/**
 * A server of pages: its `port`, and `show(host, script)`, which runs `script` in the browser, in a page of that host,
 * and returns the script's result.
 */
export async function pages(t) {
  const shown = {};
  const server = http.createServer(async (request, response) => {
    if (request.method === 'POST') {
      let text = '';
      for await (const piece of request) text += piece;
      shown.report = JSON.parse(text);
      return response.end();
    }
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>a page</title><script type="module">
      const report = await (${shown.script})().catch((error) => ({ broken: String(error) }));
      await fetch('/', { method: 'POST', body: JSON.stringify(report) });
    </script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(t, () => {
    server.closeAllConnections?.();
    server.close();
  });
  const { port } = server.address();
  return { port, show: (host, script) => show(t, shown, `http://${host}:${port}/`, script) };
}

async function show(t, shown, url, script) {
  Object.assign(shown, { script, report: undefined });
  const profile = await temporaryFolder(t);
  const flags = ['headless', 'no-sandbox', 'disable-gpu', 'disable-quic', 'no-first-run', 'disable-dev-shm-usage'];
  const quiet = ['disable-background-networking', 'disable-component-update', 'disable-sync'];
  const ours = [`user-data-dir=${profile}`, `host-resolver-rules=MAP ${foreignHost} 127.0.0.1`];
  const args = [...flags, ...quiet, ...ours].map((flag) => `--${flag}`);
  const child = new Child(browserPath, [...args, url], { env: cleanEnvironment({ HOME: profile }) });
  try {
    const isDone = () => shown.report ?? (child.exit && { broken: `the browser has ended: ${child.stderr}` });
    const report = await until('the report of the page', isDone, 60_000);
    assert.equal(report.broken, undefined);
    return report;
  } finally {
    if (!child.exit) child.process.kill('SIGTERM');
    await child.end();
  }
}
