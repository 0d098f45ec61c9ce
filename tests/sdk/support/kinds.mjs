// The kinds of resources that a control plane has, and the operations that all of them share, as the SDK sends them.
import * as sdk from '@aws-sdk/client-personalize';

const created = ['CREATE PENDING', 'CREATE IN_PROGRESS', 'ACTIVE'];
const deleted = ['DELETE PENDING', 'DELETE IN_PROGRESS'];
const batch = ['PENDING', 'IN PROGRESS', 'ACTIVE'];

const by = (member) => (input) => ({ [member]: input[member] });
const bySolution = ({ solutionVersionArn }) => ({ solutionArn: solutionVersionArn.replace(/\/[^/]*$/, '') });

/**
 * Of each: the statuses that it passes when it is made; those when it is deleted, where it can be; and the parent that
 * its List can be narrowed to, from what it was made with.
 */
export const kinds = {
  schema: { birth: [undefined], death: [] },
  datasetGroup: { birth: created, death: ['DELETE PENDING'] },
  dataset: { birth: created, death: deleted, parent: by('datasetGroupArn') },
  datasetImportJob: { birth: created, parent: by('datasetArn') },
  datasetExportJob: { birth: created, parent: by('datasetArn') },
  eventTracker: { birth: created, death: deleted, parent: by('datasetGroupArn') },
  metricAttribution: { birth: created, death: deleted, parent: by('datasetGroupArn') },
  filter: { birth: created, death: deleted, parent: by('datasetGroupArn'), listed: 'Filters' },
  solution: { birth: ['ACTIVE'], death: deleted, parent: by('datasetGroupArn') },
  solutionVersion: { birth: created, parent: by('solutionArn') },
  campaign: { birth: created, death: deleted, parent: bySolution },
  recommender: { birth: created, death: deleted, parent: by('datasetGroupArn') },
  batchInferenceJob: { birth: batch, parent: by('solutionVersionArn') },
  batchSegmentJob: { birth: batch, parent: by('solutionVersionArn') },
  dataDeletionJob: { birth: ['PENDING', 'IN_PROGRESS', 'COMPLETED'], parent: by('datasetGroupArn') },
};

/** What is told as the status of a resource that Describe does not find. */
export const gone = 'ResourceNotFoundException';

/** Where a loop over Describe may stop. A schema has no status. */
export const isEnd = (status) =>
  ['ACTIVE', 'CREATE FAILED', 'CREATE STOPPED', 'INACTIVE', 'COMPLETED', 'FAILED', gone, undefined].includes(status);

const wordOf = (kind) => kind[0].toUpperCase() + kind.slice(1);

/** Sends an operation by its name. */
export const ask = (client, operation, input) => client.send(new sdk[`${operation}Command`](input));

export const create = (client, kind, input) => ask(client, `Create${wordOf(kind)}`, input);

export const remove = (client, kind, arn) => ask(client, `Delete${wordOf(kind)}`, { [`${kind}Arn`]: arn });

export async function describe(client, kind, arn) {
  return (await ask(client, `Describe${wordOf(kind)}`, { [`${kind}Arn`]: arn }))[kind];
}

/** Its status, or that it is gone. */
export async function statusOf(client, kind, arn) {
  try {
    return (await describe(client, kind, arn)).status;
  } catch (error) {
    if (error.name !== gone) throw error;
    return gone;
  }
}

/** The summaries on all pages. */
export async function list(client, kind, input = {}) {
  const all = [];
  let nextToken;
  do {
    const page = await ask(client, `List${wordOf(kind)}s`, { ...input, nextToken });
    all.push(...page[kinds[kind].listed ?? `${kind}s`]);
    nextToken = page.nextToken;
  } while (nextToken);
  return all;
}

/** The summary of one, or undefined where it is not in the list. */
export async function listed(client, kind, arn, input) {
  return (await list(client, kind, input)).find((summary) => summary[`${kind}Arn`] === arn);
}
