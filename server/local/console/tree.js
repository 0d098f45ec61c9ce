// The world as a tree of pages: a branch is one page of resources with one parent, or of those that a search finds.
import { control, Cursors, pageRows, resourceOf, tenant } from './kit.js';

// A search reads a bounded number of rows a call, so a page may take several calls.
const mostCalls = 40;

/** One resource in the tree. Its branch is made when it is first opened, and kept. */
class Node {
  isOpen = false;
  branch = null;

  constructor(resource, owner) {
    this.resource = resource;
    this.owner = owner;
  }

  get level() {
    return this.owner.level;
  }

  /** A dataset has its schema below it, beside its jobs. */
  get canOpen() {
    return !this.owner.isFlat && (this.resource.hasChildren || this.resource.kind === 'dataset');
  }

  async open() {
    this.branch ??= new Branch({ parent: this.resource.arn }, this);
    this.isOpen = true;
    await this.branch.read();
  }
}

export class Branch {
  nodes = [];
  isRead = false;

  /** `query` is that of GET /_local/resources. A flat branch shows what a search has found, without children. */
  constructor(query, node = null, isFlat = false) {
    this.query = query;
    this.node = node;
    this.isFlat = isFlat;
    this.level = node ? node.level + 1 : 1;
    this.cursors = new Cursors();
  }

  get isPaged() {
    return this.cursors.number > 1 || this.cursors.next !== '';
  }

  /** Reads the page again, and all open branches below it. What is open stays open. */
  async read() {
    const kept = new Map(this.nodes.map((node) => [node.resource.arn, node]));
    const resources = await this.#page();
    this.nodes = resources.map((resource) => {
      const node = kept.get(resource.arn) ?? new Node(resource, this);
      node.resource = resource;
      return node;
    });
    this.isRead = true;
    await Promise.all(this.nodes.filter((node) => node.isOpen && node.canOpen).map((node) => node.branch.read()));
  }

  async #page() {
    const isFirst = this.cursors.number === 1;
    const found = isFirst && this.node?.resource.kind === 'dataset' ? await schemaOf(this.node.resource) : [];
    let after = this.cursors.cursor;
    for (let calls = 0; calls < mostCalls; calls++) {
      const query = { region: tenant.region, ...this.query, limit: pageRows - found.length, after };
      const page = await control('GET', 'resources', { query });
      found.push(...page.resources);
      after = page.next ?? '';
      if (!after || found.length >= pageRows / 2) break;
    }
    this.cursors.next = after;
    return found;
  }

  /** The nodes of this page and of all open branches below it. */
  *all() {
    for (const node of this.nodes) {
      yield node;
      if (node.isOpen && node.branch) yield* node.branch.all();
    }
  }

  /** What the tree shows, from top to bottom: `{node}`, and `{branch}` where the buttons of its pages are. */
  *rows() {
    for (const node of this.nodes) {
      yield { node };
      if (!node.isOpen || !node.canOpen || !node.branch?.isRead) continue;
      yield* node.branch.rows();
    }
    if (this.isPaged || (this.node && this.nodes.length === 0)) yield { branch: this };
  }
}

/** The schema of a dataset, as a list; empty where a fixture names one that is not there. */
async function schemaOf({ arn }) {
  try {
    const { describe } = await resourceOf(arn);
    return [await resourceOf(describe.dataset.schemaArn)];
  } catch (error) {
    if (error.status === 404) return [];
    throw error;
  }
}
