import type { IncomingHttpHeaders } from 'node:http';
import { type ErrorCode, isErrorCode } from '@hotplex/aep-protocol';
import { z } from 'zod';
import { GatewayError, toGatewayError } from '../ground/gateway-error.ts';
import type { Authenticate, Identity } from './identity.ts';
import { sentIdentity } from './sent-identity.ts';

/** Leads a caller from the node that let him in to that of his session. Of a request at a port nobody reads it. */
const header = 'x-hotplex-caller';

const caller = z.object({
  identity: sentIdentity.nullable(),
  address: z.string(),
  origin: z.string().nullable(),
  sessionId: z.string().nullable(),
  secret: z.string().min(1).nullable(),
});

const refusal = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string' && isErrorCode(code)),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).exactOptional(),
});
const finding = z.union([z.object({ identity: sentIdentity }), z.object({ refusal })]);

/** What a node answers about a session that is not there (RFC 9110, 15.5.20). */
export const misdirected = 421;

/** Somebody whom another node let in: who that found him to be, never his credential. */
export type ForwardedCaller = {
  /** `null` for who has a link to something, which is looked at where that is. */
  identity: Identity | null;
  /** His network address. */
  address: string;
  origin: string | null;
  /** The session that he is led to; `null` for an operator who asks for that node itself, and was taken down already. */
  sessionId: string | null;
  /** Known to the two nodes alone: what the other one finds of a further credential begins with it; `null` of a request. */
  secret: string | null;
};

export function callerHeaders(forwarded: ForwardedCaller): Record<string, string> {
  return { [header]: toText(forwarded) };
}

/** Only of what came by a stream of another node. Throws PROTOCOL_VIOLATION. */
export function readCaller({ [header]: text }: IncomingHttpHeaders): ForwardedCaller {
  const read = caller.safeParse(fromText(String(text)));
  if (!read.success) throw new GatewayError('PROTOCOL_VIOLATION', `${header} does not say who is led here`);
  return read.data;
}

/** What somebody's further credential turned out to be, to be told the other node in its place. */
export async function findingOf(
  authenticated: Promise<Identity>,
  { secret }: { secret: string },
): Promise<string> {
  try {
    return secret + toText({ identity: await authenticated });
  } catch (error) {
    const { code, message, details } = toGatewayError(error);
    return secret + toText({ refusal: { code, message, ...(details && { details }) } });
  }
}

/** Takes what the other node found for the credential itself; whatever else a caller sends is none. */
export function believeFindings({ secret }: Pick<ForwardedCaller, 'secret'>): Authenticate {
  return async (credential) => {
    const text = credential.kind === 'any' ? credential.token : '';
    const isOfNode = secret !== null && text.startsWith(secret);
    const found = finding.safeParse(isOfNode ? fromText(text.slice(secret.length)) : undefined);
    if (!found.success) throw new GatewayError('UNAUTHORIZED', 'this is no credential of this gateway');
    if ('identity' in found.data) return found.data.identity;
    const { code, message, ...details } = found.data.refusal;
    throw new GatewayError(code, message, details);
  };
}

const toText = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function fromText(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
}
