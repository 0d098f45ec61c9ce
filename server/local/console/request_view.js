// One request: what was asked, what was answered, and rules that make the next one differ.
import {
  button, control, copyButton, detailCard, facts, fill, goTo, h, linkTo, momentText, Outcome, setText,
} from './kit.js';
import { cliCall, curlCall, linkedJson } from './copies.js';
import { keepDraft } from './rule_draft.js';

export class RequestView {
  constructor(close) {
    this.outcome = new Outcome();
    this.title = h('h2.grow.wrap', { tabIndex: -1 });
    this.content = h('div.stack');
    const heading = [this.title, button('Close', close, 'small')];
    this.element = detailCard('One request', heading, this.outcome.element, this.content);
    this.element.hidden = true;
  }

  async show(id) {
    if (id === this.id) return;
    this.id = id;
    this.element.hidden = !id;
    if (!id) return;
    this.outcome.clear();
    fill(this.content);
    setText(this.title, id);
    try {
      const { requests } = await control('GET', 'requests', { query: { id }, account: '' });
      if (id !== this.id) return;
      if (requests.length === 0) throw new Error('The journal does not have this request any more.');
      this.#fill(requests[0]);
      this.title.focus({ preventScroll: true });
    } catch (error) {
      if (id === this.id) this.outcome.fail(error);
    }
  }

  #fill(entry) {
    const { operation, error, message, why, input = {}, output } = entry;
    setText(this.title, operation);
    const isCall = operation !== 'unknown' && typeof input !== 'string';
    fill(
      this.content,
      factsOf(entry),
      error && h('p.banner.bad', h('strong', error), message && `: ${message}`),
      why && h('p.banner.wait', h('strong', 'Why: '), why),
      h('h3', 'Make a rule from this'),
      rulesOf(entry),
      h('h3', 'Input'),
      linkedJson(input, 'Input'),
      output !== undefined && [h('h3', 'Output'), linkedJson(output, 'Output')],
      h(
        'div.row',
        isCall && copyButton('Copy as AWS CLI', () => cliCall(entry)),
        copyButton('Copy as curl', () => curlCall(entry)),
      ),
    );
  }
}

function rulesOf(entry) {
  const make = (label, effect) =>
    button(label, () => {
      keepDraft({ match: matchOf(entry), ...effect });
      goTo('rules', 'new');
    });
  return h(
    'div.row',
    make('Throttle it', { error: { type: 'ThrottlingException', message: 'Rate exceeded' }, times: 2 }),
    make('Delay it', { delay: '2s' }),
    make('Fail it', {
      error: { type: 'InternalServerException', message: 'It was made to fail', status: 500 },
      times: 1,
    }),
    entry.operation !== 'unknown' && make('Answer this instead', { output: entry.output ?? {} }),
  );
}

const factsOf = ({ id, time, account, region, status, duration, rule, connection, target }) =>
  facts({
    Answer: `${status}${connection ? `, connection ${connection}` : ''}`,
    Time: `${momentText(Date.parse(time), { ms: true })} Z`,
    Duration: duration.replace('ms', ' ms'),
    Account: `${account ?? 'none named'}${region ? `, ${region}` : ''}`,
    'Rule that fired': rule && h('a', { href: linkTo('rules', rule) }, rule),
    Request: target,
    'Request id': h('code', id),
  });

/** What a rule needs to match requests like this one: its operation, and the first ARN or name in its input. */
function matchOf({ operation, account, input }) {
  const match = operation === 'unknown' ? {} : { operation };
  if (account) match.account = account;
  const isTelling = ([name, value]) =>
    typeof value === 'string' && /Arn$|Name$|^name$|^userId$|^trackingId$/.test(name);
  const found = input && typeof input === 'object' ? Object.entries(input).find(isTelling) : undefined;
  if (found) match[found[0]] = found[1];
  return match;
}
