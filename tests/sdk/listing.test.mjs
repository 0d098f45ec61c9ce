// Pages of jobs and their tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  InvalidNextTokenException,
  ListBatchInferenceJobsCommand,
  paginateListBatchInferenceJobs,
} from '@aws-sdk/client-personalize';
import { arn, clientOf, createJob, jobNamed, solutionVersionArn, world } from './support/personalize.mjs';
import { startServer } from './support/server.mjs';

const otherVersionArn = arn('solution/series/9f8e7d6c');

/** A world with `count` jobs, created one minute apart; every fifth belongs to the other solution version. */
function worldOf(count) {
  const first = Date.UTC(2026, 0, 1);
  const job = (_, i) => ({
    batchInferenceJobArn: arn(`batch-inference-job/job-${i}`),
    solutionVersionArn: i % 5 === 0 ? otherVersionArn : solutionVersionArn,
    creationDateTime: new Date(first + i * 60_000).toISOString(),
  });
  return {
    solutionVersions: [{ solutionVersionArn }, { solutionVersionArn: otherVersionArn }],
    batchInferenceJobs: Array.from({ length: count }, job),
  };
}

const namesDown = (count) => Array.from({ length: count }, (_, i) => `job-${count - 1 - i}`);

/** The names of the jobs on each page, read by the SDK's own paginator. */
async function pagesOf(client, pageSize, input = {}, betweenPages = async () => {}) {
  const pages = [];
  for await (const page of paginateListBatchInferenceJobs({ client, pageSize }, input)) {
    pages.push(page.batchInferenceJobs.map((job) => job.jobName));
    await betweenPages();
  }
  return pages;
}

test('a paginator returns each of 250 jobs once, newest first', async (t) => {
  const server = await startServer(t, { world: worldOf(250) });
  const client = clientOf(t, server);
  for (const [pageSize, pageCount] of [
    [100, 3],
    [7, 36],
    [undefined, 3],
  ]) {
    const pages = await pagesOf(client, pageSize);
    assert.equal(pages.length, pageCount, `page size ${pageSize}`);
    assert.ok(
      pages.slice(0, -1).every((page) => page.length === (pageSize ?? 100)),
      `page size ${pageSize}`,
    );
    assert.deepEqual(pages.flat(), namesDown(250), `page size ${pageSize}`);
  }
});

test('the last page has no token, even if it is full', async (t) => {
  const server = await startServer(t, { world: worldOf(20) });
  const client = clientOf(t, server);
  for (const [pageSize, pageCount] of [
    [10, 2],
    [20, 1],
    [100, 1],
    [1, 20],
  ]) {
    assert.equal((await pagesOf(client, pageSize)).length, pageCount, `page size ${pageSize}`);
  }
});

test('without jobs, the list is empty and not absent', async (t) => {
  const server = await startServer(t);
  const client = clientOf(t, server);
  const { batchInferenceJobs, nextToken } = await client.send(new ListBatchInferenceJobsCommand({}));
  assert.deepEqual(batchInferenceJobs, []);
  assert.equal(nextToken, undefined);
});

test('a list can be filtered by solution version', async (t) => {
  const server = await startServer(t, { world: worldOf(50) });
  const client = clientOf(t, server);
  const isOther = (name) => Number(name.slice('job-'.length)) % 5 === 0;
  const pages = await pagesOf(client, 3, { solutionVersionArn: otherVersionArn });
  assert.deepEqual(pages.flat(), namesDown(50).filter(isOther));
  const unknown = await pagesOf(client, 3, { solutionVersionArn: arn('solution/none/00000000') });
  assert.deepEqual(unknown.flat(), []);
});

test('jobs created while a list is paged neither repeat nor hide others', async (t) => {
  const server = await startServer(t, { world: worldOf(40) });
  const client = clientOf(t, server);
  let created = 0;
  const createTwo = async () => {
    for (let i = 0; i < 2; ++i) await createJob(client, jobNamed(`meanwhile-${created++}`));
  };
  const pages = await pagesOf(client, 7, {}, createTwo);
  assert.ok(created > 10);
  assert.deepEqual(pages.flat(), namesDown(40));
});

test('jobs with the same creation time are paged too, newest first', async (t) => {
  const server = await startServer(t, { world, flags: ['--clock', 'frozen@2026-01-31T12:00:00Z'] });
  const client = clientOf(t, server);
  for (let i = 0; i < 23; ++i) await createJob(client, jobNamed(`job-${i}`));
  assert.deepEqual((await pagesOf(client, 5)).flat(), namesDown(23));
});

test('a damaged token, or one of another query, is refused with an exception that the SDK knows', async (t) => {
  const server = await startServer(t, { world: worldOf(20) });
  const client = clientOf(t, server);
  const ofAll = (await client.send(new ListBatchInferenceJobsCommand({ maxResults: 5 }))).nextToken;
  const middle = Math.floor(ofAll.length / 2);
  const damaged = ofAll.slice(0, middle) + (ofAll[middle] === 'A' ? 'B' : 'A') + ofAll.slice(middle + 1);
  const inputs = {
    damaged: { nextToken: damaged },
    shortened: { nextToken: ofAll.slice(0, -4) },
    invented: { nextToken: 'page-2' },
    'of another query': { nextToken: ofAll, solutionVersionArn },
  };
  for (const [what, input] of Object.entries(inputs)) {
    await assert.rejects(client.send(new ListBatchInferenceJobsCommand(input)), (error) => {
      assert.ok(error instanceof InvalidNextTokenException, what);
      assert.equal(error.$metadata.httpStatusCode, 400, what);
      return true;
    });
  }
});

test('a token of one account is invalid in another', async (t) => {
  const server = await startServer(t, { world: worldOf(20) });
  const [mine, theirs] = ['000000000000', '111122223333'].map((accessKeyId) => clientOf(t, server, { accessKeyId }));
  const { nextToken } = await mine.send(new ListBatchInferenceJobsCommand({ maxResults: 5 }));
  await assert.rejects(theirs.send(new ListBatchInferenceJobsCommand({ nextToken })), InvalidNextTokenException);
});

test('a token can be used again, with another page size', async (t) => {
  const server = await startServer(t, { world: worldOf(20) });
  const client = clientOf(t, server);
  const { nextToken } = await client.send(new ListBatchInferenceJobsCommand({ maxResults: 5 }));
  for (const maxResults of [3, 8, 3]) {
    const page = await client.send(new ListBatchInferenceJobsCommand({ maxResults, nextToken }));
    const names = page.batchInferenceJobs.map((job) => job.jobName);
    assert.deepEqual(names, namesDown(20).slice(5, 5 + maxResults));
  }
});
