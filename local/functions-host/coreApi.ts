/**
 * What the Node worker of Azure Functions and the `@azure/functions` library say to each other: the parts of
 * `@azure/functions-core` (a module that only exists inside a worker) that an app with HTTP, queue and timer
 * functions needs.
 * Source: the library's src/InvocationModel.ts, src/ProgrammingModel.ts and src/converters.
 */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical' | 'none';
export type Log = (level: LogLevel, message: string) => void;

export type Binding = { type: string; direction?: string; [property: string]: unknown };
export type FunctionMetadata = { name: string; bindings: Record<string, Binding> };
export type FunctionCallback = (...inputs: unknown[]) => unknown;

export type HookName = 'appStart' | 'appTerminate' | 'preInvocation' | 'postInvocation';
export type HookCallback = (context: object) => unknown;

export type NullableString = { value: string };
export type TypedData = { string?: string; json?: string; bytes?: Uint8Array; http?: HttpRequestData };
export type HttpRequestData = {
  method?: string;
  url?: string;
  nullableHeaders?: Record<string, NullableString>;
  nullableQuery?: Record<string, NullableString>;
  nullableParams?: Record<string, NullableString>;
  body?: { bytes: Uint8Array };
};

export type HttpCookie = {
  name: string;
  value: string;
  domain?: { value: string } | undefined;
  path?: { value: string } | undefined;
  expires?: { value: { seconds: number } } | undefined;
  secure?: { value: boolean } | undefined;
  httpOnly?: { value: boolean } | undefined;
  /** `none` means that the app said nothing; `explicitNone` is SameSite=None. */
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  maxAge?: { value: number } | undefined;
};
export type HttpResponseData = {
  statusCode: string;
  headers: Record<string, string>;
  cookies: HttpCookie[];
  body?: { bytes?: Uint8Array; string?: string } | null;
};

export type InvocationResponse = { returnValue?: { http?: HttpResponseData } | null };

export type InvocationModel = {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], handler: FunctionCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<InvocationResponse>;
};
export type Capabilities = Record<string, string>;
export type ProgrammingModel = {
  getInvocationModel(invocation: object): InvocationModel;
  getCapabilities?(capabilities: Capabilities): Capabilities | Promise<Capabilities>;
};
