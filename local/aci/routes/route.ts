import type { Answer } from '../http/answer.ts';
import type { ApiVersions } from './apiVersions.ts';
import type { Cloud } from './cloud.ts';

/** A request that has passed the guard, with its path's parameters decoded. */
export type ArmRequest = {
  params: Record<string, string>;
  /** As it came, percent-encoded. */
  path: string;
  query: URLSearchParams;
  apiVersion: string;
  body: Buffer;
  /** The origin that the caller addressed: URLs in answers begin with it. */
  origin: string;
};

export type Route = {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** Path segments: words match without case, {names} take one segment. */
  path: string;
  api: ApiVersions;
  /** What a caller must be allowed to do, as role definitions name it. */
  action: string;
  handle(cloud: Cloud, request: ArmRequest): Answer | Promise<Answer>;
};
