// Jobs that read and write files, by real clients, with what people have in the place of S3.
import { test } from 'node:test';
import { dataClients } from './support/data_clients.mjs';
import { bucket, tellOfFaults, tellOfFiles } from './support/file_story.mjs';
import { stores } from './support/s3.mjs';
import { startServer } from './support/server.mjs';

const stories = { 'files become recommendations': tellOfFiles, 'faults are told': tellOfFaults };
const callers = Object.entries(dataClients).filter(([name]) => name !== 'the AWS CLI');

/** Runs a story by a client, with a server whose objects are in this store. */
async function run(t, { start }, { open }, tell) {
  const store = await start(t, [bucket]);
  const flags = ['--s3', store.url, '--progression', 'immediate'];
  const server = await startServer(t, { flags, env: store.env });
  await tell(await open(t, server), store.files(bucket));
}

for (const [what, tell] of Object.entries(stories)) {
  for (const [name, client] of callers) {
    test(`${name}: ${what}`, { skip: client.skip }, (t) => run(t, stores['a folder'], client, tell));
  }
  // What a store is matters to the jobs, not to the client.
  const [name, client] = callers[0];
  for (const [where, store] of Object.entries(stores).slice(1)) {
    const skip = client.skip || store.skip;
    test(`${name}, ${where}: ${what}`, { skip }, (t) => run(t, store, client, tell));
  }
}
