import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { type Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { Context } from 'hono';
import { callerHeaders, misdirected } from '../auth/forwarded-caller.ts';
import { GatewayError } from '../ground/gateway-error.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { attemptOf } from './attempt.ts';

type NodeRequest = {
  /** `null`: it is about that node itself. */
  sessionId: string | null;
  toPath(path: string): string;
  /** The way there, for this request alone. */
  stream: Duplex;
  /** When nobody waits for it any more; default: when its sender has gone. */
  signal?: AbortSignal;
};

/** What the other node is told of a request’s headers; a credential is not among them. */
const told = [
  ...['accept', 'accept-language', 'content-length', 'content-type', 'last-event-id'],
  ...['range', 'traceparent', 'x-opencode-directory'],
];
/** Requests that may have a body. It is not looked at before it is sent, or the session could not be here after all. */
const bodied: ReadonlySet<string> = new Set(['PATCH', 'POST']);
/** Headers of an answer that are about the way it came by (RFC 9110, 7.6.1). */
const ofTheWay: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);
/** Answers that have no body, which Response insists on. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Has another node answer a request, bytes as they come in both directions; `moved` if the session is not there any more.
 * A body is sent when the node has said that it takes it, so that then another one can be asked. Throws RECONNECT_REQUIRED.
 */
export async function askNode(
  c: Context<ApiEnvironment>,
  { sessionId, toPath, stream, signal = c.req.raw.signal }: NodeRequest,
): Promise<Response | 'moved'> {
  const { method, raw } = c.req;
  const { pathname, search } = new URL(raw.url);
  const { address, origin } = attemptOf(c.env.incoming);
  const identity = c.get('identity') ?? null;
  const caller = { identity, address, origin, sessionId, secret: null };
  const hasBody = bodied.has(method);
  const asked = request({
    createConnection: () => stream,
    ...{ method, path: toPath(pathname) + search, signal },
    headers: {
      ...{ host: 'node.invalid', ...toldOf(c), ...callerHeaders(caller) },
      ...(hasBody && { expect: '100-continue' }),
    },
  });
  // Who sends it may go, and the answer need not wait for its end.
  if (hasBody) asked.once('continue', () => void send(c, asked).catch(() => {}));
  else asked.end();
  const answer = await answerTo(asked);
  if (answer.statusCode !== misdirected) return toResponse(answer, method);
  asked.destroy();
  return 'moved';
}

async function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  try {
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    // What goes wrong from now on is seen where the answer is read.
    asked.on('error', () => {});
    return answer;
  } catch (cause) {
    const message = 'the node of this session is gone: look what came of it, and try again';
    throw new GatewayError('RECONNECT_REQUIRED', message, { cause });
  }
}

/** Sends a request’s body on; one that was looked at is there as text. */
async function send(c: Context<ApiEnvironment>, asked: ClientRequest): Promise<void> {
  const { raw } = c.req;
  if (raw.bodyUsed) asked.end(await c.req.text());
  else if (raw.body) await pipeline(Readable.fromWeb(raw.body as NodeReadableStream), asked);
  else asked.end();
}

function toldOf(c: Context<ApiEnvironment>): Record<string, string> {
  const given = told.map((name) => [name, c.req.header(name)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function toResponse(answer: IncomingMessage, method: string): Response {
  const { statusCode: status = 502, headersDistinct } = answer;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(headersDistinct))
    if (!ofTheWay.has(name)) for (const value of values) headers.append(name, value);
  if (method !== 'HEAD' && !bodiless.has(status))
    return new Response(Readable.toWeb(answer) as ReadableStream, { status, headers });
  answer.resume();
  return new Response(null, { status, headers });
}
