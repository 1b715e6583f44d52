import { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { type Failure, failed, type Result, succeeded, type TransportFailure } from './failure.ts';
import { fitted } from './fitted.ts';
import { plainText } from './plain-text.ts';
import { Problem } from './protocol/problem.ts';

/** How the machine reaches the network. */
export interface HttpSettings {
  /** `tokenboard/1.0.0`. */
  readonly userAgent: string;
  /** The whole of a request takes at most so long; default 15 s. */
  readonly timeoutMs?: number | undefined;
  /** A proxy's URL; `environment` for `HTTPS_PROXY` and its siblings; `none` where something else sees to it, as VS Code does. */
  readonly proxy?: string | undefined;
  /** Certificates in PEM that are trusted besides the usual ones. */
  readonly ca?: readonly string[] | undefined;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  /** JSON, sent as it is. */
  readonly body?: string | undefined;
  readonly token?: string | undefined;
  readonly etag?: string | undefined;
}

export interface HttpAnswer {
  /** 2xx or 304. */
  readonly status: number;
  readonly etag: string | undefined;
  /** Its texts are free of control characters; undefined without a body. */
  readonly json: unknown;
}

/** No answer of the protocol comes near. */
const maxAnswerBytes = 4 * 1024 * 1024;
const usualTimeoutMs = 15_000;
const longestRetryMs = 86_400_000;

/** The one way to the network: asks, and gives the answer or what went wrong. It never throws and follows no redirect. */
export async function askServer(request: HttpRequest, settings: HttpSettings): Promise<Result<HttpAnswer>> {
  // Loaded when something is asked for the first time: most people never join.
  const { default: axios } = await import('axios');
  const { timeoutMs = usualTimeoutMs } = settings;
  const { hostname } = new URL(request.url);
  try {
    const { status, headers, data } = await axios.request<string>({
      method: request.method,
      url: request.url,
      adapter: 'http',
      // An inactive connection ends by `timeout`, one that trickles by the signal.
      timeout: timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
      maxRedirects: 0,
      maxContentLength: maxAnswerBytes,
      responseType: 'text',
      transformRequest: [],
      transformResponse: [],
      validateStatus: () => true,
      headers: headersOf(request, settings),
      ...(request.body === undefined ? {} : { data: request.body }),
      ...proxyOf(settings, hostname),
      ...(settings.ca === undefined || settings.ca.length === 0 ? {} : { httpsAgent: trusting(settings.ca) }),
    });
    const header = (name: string): string => String(headers[name] ?? '');
    return readAnswer(status, header, typeof data === 'string' ? data : '');
  } catch (error) {
    return failed({ kind: transportFailure(error) });
  }
}

function headersOf({ body, token, etag }: HttpRequest, { userAgent }: HttpSettings): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    'user-agent': userAgent,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
  };
}

function proxyOf({ proxy = 'environment' }: HttpSettings, hostname: string) {
  if (proxy === 'none' || isLoopback(hostname)) return { proxy: false as const };
  if (proxy === 'environment') return {};
  const { protocol, hostname: host, port, username, password } = new URL(proxy);
  const auth =
    username === '' ? {} : { auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) } };
  return { proxy: { protocol, host, port: Number(port || (protocol === 'https:' ? 443 : 80)), ...auth } };
}

/** Whether a host name of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

const agents = new Map<string, Agent>();

function trusting(ca: readonly string[]): Agent {
  const key = ca.join('\n');
  const agent = agents.get(key) ?? new Agent({ ca: [...rootCertificates, ...ca] });
  agents.set(key, agent);
  return agent;
}

function readAnswer(status: number, header: (name: string) => string, text: string): Result<HttpAnswer> {
  const type = header('content-type');
  const retryAfterMs = retryAfter(header('retry-after'));
  if (status === 304 || status === 204)
    return succeeded({ status, etag: header('etag') || undefined, json: undefined });
  if (status >= 300 && status < 400) return failed({ kind: 'redirected' });
  if (status === 511) return failed({ kind: 'captive_portal' });
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return failed(otherThanJson(status, type, retryAfterMs));
  const json = parsed(text);
  if (json === undefined) return failed({ kind: 'bad_answer', retryAfterMs });
  if (status < 300) return succeeded({ status, etag: header('etag') || undefined, json });
  const problem = fitted(Problem, json) as Problem | undefined;
  if (problem !== undefined && problem.status === status) return failed({ kind: 'problem', problem, retryAfterMs });
  return failed({ kind: status >= 500 || status === 429 ? 'unavailable' : 'bad_answer', retryAfterMs });
}

/** What stands before a server answers with pages of its own when the server is gone. */
function otherThanJson(status: number, type: string, retryAfterMs: number | undefined): Failure {
  if (status >= 500 || status === 429) return { kind: 'unavailable', retryAfterMs };
  return { kind: /html/i.test(type) ? 'captive_portal' : 'bad_answer', retryAfterMs };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, (_key, value) => (typeof value === 'string' ? plainText(value) : value));
  } catch {
    return undefined;
  }
}

function retryAfter(header: string): number | undefined {
  if (header === '') return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.min(longestRetryMs, Math.max(1000, wait)) : undefined;
}

const certificateCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$)/;

function transportFailure(error: unknown): TransportFailure {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  if (certificateCodes.test(code)) return 'certificate';
  if (/maxContentLength/.test(message)) return 'too_large';
  if (code === 'ERR_CANCELED' || code === 'ECONNABORTED' || code === 'ETIMEDOUT') return 'timeout';
  return /^HPE_|^ERR_BAD_RESPONSE$|^ERR_FR_|^Z_/.test(code) ? 'bad_answer' : 'offline';
}
