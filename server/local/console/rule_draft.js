// The rule that another pane proposes, until the form of rules takes it.

let draft = null;

export const keepDraft = (rule) => (draft = rule);

export function takeDraft() {
  const taken = draft;
  draft = null;
  return taken;
}

export function matchWords({ match = {} }) {
  const { operation = 'every request', ...rest } = match;
  const others = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [operation, ...others].join(', ');
}

export function effectWords({ error, output, merge, candidates, delay, connection, lifecycle }) {
  return [
    error && `${error.type}${error.afterCommit ? ' after doing it' : ''}`,
    output && 'answers an output',
    merge && 'changes the answer',
    candidates && `${candidates.length} candidates`,
    delay && `delay ${delay}`,
    connection && `connection ${connection}`,
    lifecycle && `lifecycle ${Object.values(lifecycle).join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const exact = (operation) => /^[A-Za-z]+$/.test(operation ?? '');

/** What is wrong with a rule as a whole, in the order in which it is best mended. */
export function problemsOf(rule) {
  const { match = {}, error, output, merge, candidates, lifecycle, delay, connection } = rule;
  const problems = [];
  const effects = [error, output, merge, candidates, lifecycle, delay, connection];
  if (effects.every((effect) => effect === undefined)) problems.push('Choose at least one effect.');
  if ((output || merge || candidates) && !exact(match.operation)) {
    problems.push('Output, merge and candidates are for one operation: give its exact name.');
  }
  if (candidates && !/^Get(Recommendations|PersonalizedRanking|ActionRecommendations)$/.test(match.operation ?? '')) {
    problems.push('Candidates are for the three Get operations of Personalize Runtime.');
  }
  const answers = [error && !error.afterCommit && 'error', output && 'output', candidates && 'candidates'].filter(
    Boolean,
  );
  if (answers.length > 1) problems.push(`${answers.join(' and ')} exclude each other.`);
  if (merge && (error || output)) problems.push(`Merge does not go with ${error ? 'error' : 'output'}.`);
  if (output && error?.afterCommit) problems.push('Output does not go with an error.');
  if (lifecycle && output) problems.push('Lifecycle does not go with output.');
  return problems;
}
