/** A duration: `'250ms'`, `'2s'`, `'5m'`, `'1h'`. As a number it is in milliseconds. */
export type Duration = string | number;

/** A status as the service names it. */
export type Status =
  | 'PENDING'
  | 'IN PROGRESS'
  | 'ACTIVE'
  | 'CREATE FAILED'
  | 'DELETED'
  // Any other text is accepted too; the names above are for the completion in editors.
  | (string & {});

/** A fixtures document: resources by their kind, and settings. */
export type Fixtures = Record<string, unknown>;

/** A row of a dataset: its columns by their names in the schema. */
export type Row = Record<string, unknown>;

/** The flags of the program by their names: `inProgress` is `--in-progress`. An array repeats a flag. */
export interface Flags {
  host?: string | string[];
  /** Default: a free one. */
  port?: number;
  threads?: number;
  tlsCert?: string;
  tlsKey?: string;
  tlsPort?: number;
  tlsName?: string | string[];
  auth?: 'none' | 'sigv4';
  credentials?: string;
  allowedHost?: string | string[];
  corsOrigin?: string | string[];
  db?: string;
  /** Files, and folders of `*.json`. */
  fixtures?: string | string[];
  /** One document. */
  fixturesJson?: string | Fixtures;
  fixturesFor?: string | string[];
  /** A folder, or the URL of an S3 endpoint: where jobs read and write. */
  s3?: string;
  s3Timeout?: string;
  account?: string;
  region?: string;
  quotas?: 'off' | 'aws';
  references?: 'strict' | 'lenient';
  progression?: 'time' | 'immediate' | 'calls' | 'manual';
  /** A duration such as `'250ms'`, or a range such as `'20m..40m'`. */
  pending?: string;
  inProgress?: string;
  calls?: number;
  statusNames?: 'documented' | 'observed';
  /** `'real'`, `'frozen'`, or `'frozen@2026-01-31T12:00:00Z'`. */
  clock?: string;
  seed?: number | bigint;
  journal?: number;
  logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'off';
  logFormat?: 'text' | 'json';
}

export interface StartOptions extends Flags {
  /** The path of a program to start instead of the one that the package brings. */
  program?: string;
  /** An image to run by docker or podman instead of a program. */
  image?: string;
  /** How many milliseconds the start may take. Default: 60000. */
  startTimeout?: number;
}

export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

export interface Clock {
  mode: 'real' | 'frozen';
  /** The time of the service. */
  now: string;
  speed: number;
}

/** Where the clock is after a move, and what the service did by itself meanwhile. */
export interface MovedClock extends Clock {
  done?: { trainings?: number; skippedTrainings?: number; removals?: number; updates?: number };
}

/** What happens to some requests. `docs/control-api.md` explains the members. */
export interface Rule {
  id?: string;
  match: Record<string, unknown>;
  times?: number;
  after?: number;
  probability?: number;
  error?: { type: string; message?: string; status?: number; afterCommit?: boolean };
  output?: Record<string, unknown>;
  merge?: Record<string, unknown>;
  candidates?: unknown[];
  delay?: string;
  connection?: 'reset' | 'close' | 'truncate';
  lifecycle?: Record<string, unknown>;
}

export interface ListedRule extends Rule {
  id: string;
  /** How many requests it has matched, and for how many of them it was applied. */
  matched: number;
  fired: number;
}

export interface Health {
  status: string;
  version: string;
  ready: boolean;
  resources: Record<string, number>;
  rows: Record<string, number>;
  [more: string]: unknown;
}

export interface Request {
  operation?: string;
  error?: string;
  input?: unknown;
  output?: unknown;
  [more: string]: unknown;
}

/** A setting that can be read and replaced. */
export interface Setting {
  get(): Promise<Record<string, unknown>>;
  set(setting: Record<string, unknown>): Promise<Record<string, unknown>>;
}

export interface Call {
  query?: Record<string, string | number | boolean | undefined>;
  /** A text is sent as it is, all else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** One account of a server, or all of it: what tests do to it. Each method rejects with a ControlError. */
export class Tenant {
  protected constructor();
  readonly endpoint: string;
  readonly region: string;
  /** The account of its ARNs. */
  readonly account: string;
  /** For the constructor of a client: `new PersonalizeClient(tenant.clientConfig)`. */
  readonly clientConfig: ClientConfig;
  /** The same as variables of the environment, for another process. */
  readonly env: Record<string, string>;
  /** The ARN of a resource: `tenant.arn('solution/movies')`. */
  arn(resource: string): string;

  readonly clock: {
    get(): Promise<Clock>;
    set(clock: Partial<Clock>): Promise<MovedClock>;
    /** Stops the clock, at `now` if it is given. */
    freeze(now?: string | Date): Promise<MovedClock>;
    /** Lets the clock run, `speed` times as fast as real time. */
    run(speed?: number): Promise<MovedClock>;
    advance(by: Duration): Promise<MovedClock>;
    /** Moves the clock to the moment when no resource has a timed change of its status left. */
    advanceUntilIdle(): Promise<MovedClock>;
  };
  readonly rules: {
    list(): Promise<ListedRule[]>;
    add(rules: Rule | Rule[]): Promise<ListedRule[]>;
    replace(rules: Rule | Rule[]): Promise<ListedRule[]>;
    remove(id: string): Promise<void>;
    clear(): Promise<void>;
  };
  /** How resources change their status, for everything that starts from now on. */
  readonly lifecycle: Setting;
  readonly quotas: Setting;
  /** Everything as a fixtures document. */
  readonly state: {
    get(query?: { data?: boolean }): Promise<Fixtures>;
    replace(document: Fixtures | string): Promise<unknown>;
    add(document: Fixtures | string): Promise<unknown>;
  };
  /** The rows of datasets. A text is CSV. */
  readonly data: {
    get(
      dataset: string,
      query?: { limit?: number; after?: string; id?: string; userId?: string; itemId?: string; actionId?: string },
    ): Promise<{ rows: Row[]; next?: string }>;
    replace(dataset: string, rows: Row[] | string): Promise<{ rows: number; revision: number }>;
    add(dataset: string, rows: Row[] | string): Promise<{ rows: number; revision: number }>;
  };
  /** What Personalize Events was sent, the newest first. */
  readonly events: {
    list(query?: Record<string, string | number | undefined>): Promise<Record<string, unknown>[]>;
    clear(): Promise<void>;
  };

  /** Changes the status of a resource now. Without `to`, it goes one step forward. */
  transition(
    arn: string,
    change?: { to?: Status; failureReason?: string; force?: boolean },
  ): Promise<{ arn: string; status: Status; [more: string]: unknown }>;
  /** Resolves when the resource has the status, or any terminal one. `timeout` is in real time. */
  wait(
    arn: string,
    until?: { status?: Status; timeout?: Duration },
  ): Promise<{ arn: string; status: Status; [more: string]: unknown }>;
  history(arn: string): Promise<{ status: Status; at: string; cause: string }[]>;
  /** Lets a solution version or recommender know the rows of this moment. */
  train(arn: string): Promise<Record<string, unknown>>;
  /** What the next request for recommendations would get, and why. */
  explain(question: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** The requests that the services received, the newest first, and how many there were by operation. */
  requests(query?: { operation?: string; arn?: string; limit?: number }): Promise<{
    requests: Request[];
    counts: Record<string, number>;
  }>;
  clearRequests(): Promise<void>;
  health(): Promise<Health>;
  /** Goes back to the fixtures of the start, or with `fixtures: false` to nothing. */
  reset(to?: { fixtures?: boolean }): Promise<Health>;
  /** Any call under `/_local/`: `call('GET', 'metrics')`. */
  call(method: string, path: string, call?: Call): Promise<any>;
}

export class Server extends Tenant {
  private constructor();
  /** With `tlsCert`. */
  readonly httpsEndpoint: string | undefined;
  /** The end of what the server has written to stderr. */
  readonly log: string;
  /** An account with its own copy of the fixtures, and its own clock, rules and journal. Default: a fresh one. */
  tenant(account?: string): Promise<Tenant>;
  /** Ends the server. A server that was there already goes on. */
  stop(): Promise<void>;
}

/** The server did not start. */
export class StartError extends Error {
  private constructor();
  /** What the server wrote to stderr. */
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** The server refused a call under `/_local/`, or did not answer. */
export class ControlError extends Error {
  private constructor();
  /** The HTTP status; undefined without an answer. */
  readonly status: number | undefined;
  readonly answer: { error?: string; pointer?: string; [more: string]: unknown };
}

/**
 * Starts a server on a free port, which ends with this process at the latest. Without a program for this platform, it
 * is the image in docker or podman. If PERSONALIZE_LOCAL_ENDPOINT is set, it is the server that runs there already.
 */
export function start(options?: StartOptions): Promise<Server>;
