import type { Answer } from '../http/answer.ts';
import type { ApiVersions } from './apiVersions.ts';

/** A request that has passed the guard, with its path's parameters decoded. */
export type ArmRequest = {
  params: Record<string, string>;
  query: URLSearchParams;
  apiVersion: string;
  body: Buffer;
  /** The origin that the caller addressed: URLs in answers begin with it. */
  origin: string;
};

export type Route = {
  method: 'GET' | 'PUT' | 'DELETE';
  /** Path segments: words match without case, {names} take one segment. */
  path: string;
  api: ApiVersions;
  handle(request: ArmRequest): Answer | Promise<Answer>;
};
