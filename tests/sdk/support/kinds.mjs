// The kinds of resources of the control plane, and the operations that all of them share, sent by the SDK.
import * as sdk from '@aws-sdk/client-personalize';

const created = ['CREATE PENDING', 'CREATE IN_PROGRESS', 'ACTIVE'];
const deleted = ['DELETE PENDING', 'DELETE IN_PROGRESS'];
const batch = ['PENDING', 'IN PROGRESS', 'ACTIVE'];

const by = (member) => (input) => ({ [member]: input[member] });
const bySolution = ({ solutionVersionArn }) => ({ solutionArn: solutionVersionArn.replace(/\/[^/]*$/, '') });

/**
 * Each kind: the statuses of its `creation`; those of its `deletion`, if it can be deleted; and `parent`, a function
 * from the input of its Create to the input of its List that selects the same parent.
 */
export const kinds = {
  schema: { creation: [undefined], deletion: [] },
  datasetGroup: { creation: created, deletion: ['DELETE PENDING'] },
  dataset: { creation: created, deletion: deleted, parent: by('datasetGroupArn') },
  datasetImportJob: { creation: created, parent: by('datasetArn') },
  datasetExportJob: { creation: created, parent: by('datasetArn') },
  eventTracker: { creation: created, deletion: deleted, parent: by('datasetGroupArn') },
  metricAttribution: { creation: created, deletion: deleted, parent: by('datasetGroupArn') },
  filter: { creation: created, deletion: deleted, parent: by('datasetGroupArn'), listMember: 'Filters' },
  solution: { creation: ['ACTIVE'], deletion: deleted, parent: by('datasetGroupArn') },
  solutionVersion: { creation: created, parent: by('solutionArn') },
  campaign: { creation: created, deletion: deleted, parent: bySolution },
  recommender: { creation: created, deletion: deleted, parent: by('datasetGroupArn') },
  batchInferenceJob: { creation: batch, parent: by('solutionVersionArn') },
  batchSegmentJob: { creation: batch, parent: by('solutionVersionArn') },
  dataDeletionJob: { creation: ['PENDING', 'IN_PROGRESS', 'COMPLETED'], parent: by('datasetGroupArn') },
};

/** The status that `statusOf` returns for a resource that Describe does not find. */
export const notFound = 'ResourceNotFoundException';

/** True for a final status, at which a loop over Describe may stop. A schema has no status. */
export const isEnd = (status) =>
  ['ACTIVE', 'CREATE FAILED', 'CREATE STOPPED', 'INACTIVE', 'COMPLETED', 'FAILED', notFound, undefined].includes(status);

const wordOf = (kind) => kind[0].toUpperCase() + kind.slice(1);

/** Calls an operation by its name. */
export const call = (client, operation, input) => client.send(new sdk[`${operation}Command`](input));

export const create = (client, kind, input) => call(client, `Create${wordOf(kind)}`, input);

export const remove = (client, kind, arn) => call(client, `Delete${wordOf(kind)}`, { [`${kind}Arn`]: arn });

export async function describe(client, kind, arn) {
  return (await call(client, `Describe${wordOf(kind)}`, { [`${kind}Arn`]: arn }))[kind];
}

/** The status of a resource, or `notFound`. */
export async function statusOf(client, kind, arn) {
  try {
    return (await describe(client, kind, arn)).status;
  } catch (error) {
    if (error.name !== notFound) throw error;
    return notFound;
  }
}

/** The summaries on all pages of a List. */
export async function list(client, kind, input = {}) {
  const all = [];
  let nextToken;
  do {
    const page = await call(client, `List${wordOf(kind)}s`, { ...input, nextToken });
    all.push(...page[kinds[kind].listMember ?? `${kind}s`]);
    nextToken = page.nextToken;
  } while (nextToken);
  return all;
}

/** The summary of a resource, or undefined if it is not in the List. */
export async function listed(client, kind, arn, input) {
  return (await list(client, kind, input)).find((summary) => summary[`${kind}Arn`] === arn);
}
