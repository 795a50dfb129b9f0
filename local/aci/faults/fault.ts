/** Which requests a fault is for; what is left out matches every one. */
export type FaultMatch = {
  method?: string;
  /** A pattern for the path, compared without case: `*` stands for anything but a slash, `**` for anything. */
  path?: string;
  /** The client id or the object id that the caller's token speaks for. */
  principal?: string;
  /** How many matching requests pass first; 0 unless given. */
  skip?: number;
  /** How many requests it is for; once unless given. */
  times?: number | 'always';
};

/** What a caller is told instead of the real answer; one of the recorded codes brings its status and words along. */
export type FaultError = {
  code?: string;
  /** 400 to 599. */
  status?: number;
  message?: string;
  headers?: Record<string, string>;
};

export type FaultAction =
  /** Waits; then everything happens as usual. */
  | { action: 'latency'; milliseconds: number }
  /** Refused, without effect. */
  | ({ action: 'error'; code: string } & FaultError)
  /** Never answered, without effect. */
  | { action: 'hang' }
  /** The connection is dropped, without effect. */
  | { action: 'drop' }
  /** Takes effect; the caller is told of an error, or, without a code, loses its connection. */
  | ({ action: 'answerLost' } & FaultError)
  /** Takes effect at once, and is answered later. */
  | { action: 'answerLate'; milliseconds: number }
  /** As answerLost at once, and takes effect later. */
  | ({ action: 'effectLate'; milliseconds: number } & FaultError)
  /** A GET of a container group answers what it answered before the last write to it. */
  | { action: 'stale' }
  /** 401: the token is not accepted. */
  | { action: 'tokenRefused' }
  /** 401: the token has expired. */
  | { action: 'tokenExpired' };

export type Fault = FaultMatch & FaultAction;

/** A fault that waits for its requests, or has met them all. */
export type ActiveFault = Fault & {
  id: string;
  /** How many requests it has befallen. */
  befallen: number;
};
