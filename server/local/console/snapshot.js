// The pane of documents: the world as a file, a file as the world, and back to the beginning.
import {
  actionButton, checkbox, choice, confirmed, control, controlPath, detailCard, Field, h, kinds, Pane, setText, tenant,
  wordsOf,
} from './kit.js';

export class SnapshotPane extends Pane {
  constructor() {
    super();
    this.whose = h('p.muted');
    this.data = checkbox('With the rows of datasets', { checked: true, onchange: () => this.#show() });
    this.download = h('a.button.main', 'Download');
    this.how = new Field(
      'What to do with a document',
      choice([
        ['POST', 'Add it to what is there'],
        ['PUT', 'Put it in the place of what is there'],
      ]),
    );
    this.file = h('input', {
      type: 'file',
      accept: '.json,application/json',
      class: 'unseen',
      id: 'document',
      onchange: () => this.#chosen(),
    });
    this.drop = h(
      'div.drop',
      {
        ondragover: (event) => this.#over(event, true),
        ondragleave: (event) => this.#over(event, false),
        ondrop: (event) => this.#dropped(event),
      },
      this.file,
      h('label', { for: 'document', class: 'button' }, 'Choose a document'),
      h('p.muted', 'or drop one here: a fixture, a snapshot, what the AWS CLI describes'),
    );
    this.reset = actionButton('Reset to the fixtures', this.outcome, () => this.#reset(true), 'danger');
    this.empty = actionButton('Reset to nothing', this.outcome, () => this.#reset(false), 'danger');
    const part = (title, ...content) => detailCard(title, h('h2', title), content);
    this.element = h(
      'div.thirds',
      part('Snapshot', this.whose, this.data, h('div.row', this.download)),
      part('Load a document', this.how, this.drop, this.outcome),
      part(
        'Reset',
        h('p.muted', 'Clock, lifecycle, quotas, rules, journal and events begin again too.'),
        h('div.row', this.reset, this.empty),
      ),
    );
  }

  enter() {
    this.listen({ tenant: () => this.#show() });
    this.#show();
  }

  #show() {
    const { account } = tenant;
    setText(
      this.whose,
      account ? `All of ${account}, as a fixtures document.` : 'All accounts, as a fixtures document.',
    );
    this.download.href = controlPath('state', { data: this.data.input.checked ? '' : 'false' });
    this.download.download = account ? `world-${account}.json` : 'world.json';
  }

  #over(event, isOver) {
    event.preventDefault();
    this.drop.classList.toggle('over', isOver);
  }

  #dropped(event) {
    this.#over(event, false);
    const file = event.dataTransfer.files[0];
    if (file) this.#load(file);
  }

  #chosen() {
    const file = this.file.files[0];
    this.file.value = '';
    if (file) this.#load(file);
  }

  async #load(file) {
    const method = this.how.value;
    if (method === 'PUT' && !(await confirmed(`Put ${file.name} in the place of all that is there?`, 'Replace')))
      return;
    this.outcome.say(`Loading ${file.name}`);
    try {
      const health = await control(method, 'state', { body: file, type: 'application/json' });
      this.outcome.say(`${file.name} is loaded: ${countsOf(health)}.`);
    } catch (error) {
      this.outcome.fail(error);
    }
  }

  async #reset(isToFixtures) {
    const whose = tenant.account ? `of ${tenant.account}` : 'of all accounts';
    const to = isToFixtures ? 'to the fixtures' : 'to nothing';
    if (!(await confirmed(`Reset everything ${whose} ${to}?`, 'Reset'))) return undefined;
    const health = await control('POST', 'reset', { query: isToFixtures ? {} : { fixtures: 'false' } });
    return `Reset. There are ${countsOf(health)}.`;
  }
}

function countsOf({ resources }) {
  const all = kinds
    .filter((kind) => resources[`${kind}s`])
    .map((kind) => `${resources[`${kind}s`]} ${wordsOf(kind, resources[`${kind}s`])}`);
  return all.length > 0 ? all.join(', ') : 'no resources';
}
