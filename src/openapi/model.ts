import type { JsonObject } from '../aci/json.ts';
import type { Job } from '../jobs/job.ts';

/** What an app says of itself, and is described by. */
export type DescribedApp = {
  /** Its functions that HTTP reaches. */
  functions: readonly DescribedFunction[];
  jobs: ReadonlyMap<string, Job>;
  /** Of its URLs; empty where nothing tells. */
  origin: string;
  /** Whether callers sign in with Entra ID, in the place of function keys. */
  easyAuth: boolean;
  /** Whose token Azure gets. */
  credential: 'managed-identity' | 'caller';
  /** Whether it runs on somebody's machine, and keeps web pages elsewhere out. */
  isLocal: boolean;
};

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** A row of the route table. */
export type DescribedFunction = {
  name: string;
  methods: readonly Method[];
  /** Below `/api`. */
  route: string;
  /** Anybody; any caller with a key, or who is signed in; with Easy Auth who has one of these app roles. */
  access: 'anonymous' | 'signedIn' | readonly string[];
};

/** What there is to say of one operation that the route table does not. */
export type Words = {
  /** A title for people who choose among operations: no full stop, at most 80 characters. */
  summary: string;
  description?: string;
  tag: 'Runs' | 'Jobs' | 'Container groups' | 'App';
  /** Microsoft's word for how eagerly a connector offers it. */
  visibility: 'important' | 'advanced' | 'internal';
  /** Names of shared parameters, and parameters of its own; those of the path are in the route. */
  parameters?: readonly (string | Parameter)[];
  body?: Body;
  /** By status; a name is that of a shared one. */
  answers: Readonly<Record<number, Answer | string>>;
  /** What it may refuse with besides what every operation may. */
  refusals?: readonly Status[];
  /** Whom it asks: Azure Resource Manager, or only what is stored of a group, which with callers' tokens ARM must show to them. */
  asks?: 'arm' | 'store';
  /** Whether a refusal may tell of a run that was stored all the same. */
  launches?: true;
};

/** With which an operation may refuse; `4XX` is what ARM refuses, with its own status. */
export type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | '4XX' | 500 | 502 | 503 | 504;

export type Body = {
  /** The name of a shared schema, or one of its own. */
  schema: string | JsonObject;
  required: boolean;
  types?: readonly string[];
};

export type Answer = {
  description: string;
  /** The name of the schema of its body; none where there is no body. */
  schema?: string;
  /** Whether it is text first, and JSON only for who asks for that. */
  text?: true;
  /** Names of shared headers besides x-ms-request-id. */
  headers?: readonly string[];
};

export type Parameter = {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: JsonObject;
  'x-ms-visibility'?: 'important' | 'advanced' | 'internal';
};
