// The kinds of resources, in the order of the tree: what each is called, and how the service names it.

/** In order, each with what a client may do with it beside Create, Describe and List. */
const can = {
  datasetGroup: 'Delete',
  dataset: 'Update Delete',
  schema: 'Delete',
  datasetImportJob: '',
  datasetExportJob: '',
  eventTracker: 'Delete',
  filter: 'Delete',
  metricAttribution: 'Update Delete',
  solution: 'Update Delete',
  solutionVersion: '',
  campaign: 'Update Delete',
  recommender: 'Update Delete',
  batchInferenceJob: '',
  batchSegmentJob: '',
  dataDeletionJob: '',
};
export const kinds = Object.keys(can);

/** The words of a kind: `batch inference job`, or with a count other than 1 `batch inference jobs`. */
export const wordsOf = (kind, count = 1) =>
  `${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}${count === 1 ? '' : 's'}`;

const capital = (name) => name[0].toUpperCase() + name.slice(1);
export const describeOf = (kind) => `Describe${capital(kind)}`;
export const deleteOf = (kind) => (can[kind].includes('Delete') ? `Delete${capital(kind)}` : null);

/** The type and the name in an ARN; of a solution version, `name` is its solution and version. */
export function arnParts(arn) {
  const resource = arn.split(':')[5] ?? '';
  const slash = resource.indexOf('/');
  return { type: resource.slice(0, slash), name: resource.slice(slash + 1) };
}

/** A version has no name of its own. */
export const nameOf = ({ kind, name, arn }) =>
  kind === 'solutionVersion' ? arn.slice(arn.lastIndexOf('/') + 1) : name;

export function kindOfArn(arn) {
  const { type, name } = arnParts(arn);
  if (type === 'solution') return name.includes('/') ? 'solutionVersion' : 'solution';
  return kinds.find((kind) => wordsOf(kind).replaceAll(' ', '-') === type) ?? null;
}

const extra =
  'StopSolutionVersionCreation StartRecommender StopRecommender GetSolutionMetrics ' +
  'TagResource UntagResource ListTagsForResource DescribeAlgorithm DescribeFeatureTransformation DescribeRecipe ' +
  'ListRecipes ListMetricAttributionMetrics GetRecommendations GetPersonalizedRanking GetActionRecommendations ' +
  'PutEvents PutItems PutUsers PutActions PutActionInteractions';

export const operations = [
  ...kinds.flatMap((kind) => {
    const verbs = `Create Describe ${can[kind]}`.trim().split(' ');
    return [...verbs.map((verb) => verb + capital(kind)), `List${capital(kind)}s`];
  }),
  ...extra.split(' '),
].sort();
