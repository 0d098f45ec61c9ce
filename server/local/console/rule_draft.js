// The rule that another pane proposes, until the form of rules takes it.

let draft = null;

export const keepDraft = (rule) => (draft = rule);

export function takeDraft() {
  const taken = draft;
  draft = null;
  return taken;
}

/** What the form of a new rule begins with. */
export const fresh = { match: { operation: '' } };
