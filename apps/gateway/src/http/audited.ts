import type { MiddlewareHandler } from 'hono';
import type { Audit } from '../ground/audit.ts';
import { sha256 } from '../ground/sha256.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { routeOf } from './matched-route.ts';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A credential that was refused is taken down by those who check it; who has to wait is not, or guessing fills the disk. */
const takenDown: ReadonlySet<number> = new Set([401, 429]);

/** A request that changed nothing. */
export type AuditedRead = {
  route: string;
  path: string;
  node: string | null;
  actor: string | null;
  ok: boolean;
};

export type AuditedOptions = {
  audit: Audit;
  /** Which requests are taken down although they change nothing; default: none. */
  reads?(read: AuditedRead): boolean;
};

/**
 * Takes down every request that changes something, once, with who sent it and what came of it, before its answer leaves
 * (requirement L1). Stands behind `authenticated`, so that strangers are told no before. What an operator asks of another
 * node about itself is taken down where he came in.
 */
export function audited({ audit, reads = () => false }: AuditedOptions): MiddlewareHandler<ApiEnvironment> {
  return async (c, next) => {
    await next();
    if (c.env.caller?.sessionId === null) return;
    const { method, path } = c.req;
    const route = routeOf(c)?.path;
    const { status, ok } = c.res;
    if (route === undefined || takenDown.has(status)) return;
    const node = c.get('askedNode') ?? null;
    const actor = c.get('actor') ?? c.get('identity')?.subject ?? null;
    if (reading.has(method) && !reads({ route, path, node, actor, ok })) return;
    audit.record({
      actor,
      sessionId: c.get('sessionId') ?? c.req.param('id') ?? null,
      action: node === null ? `${method} ${route}` : `${method} ${route}?node=${node}`,
      decision: ok ? 'allow' : 'deny',
      reason: ok ? null : String(status),
      rules: [],
      inputHash:
        ok && !reading.has(method) ? (c.get('inputHash') ?? sha256(`${path}\n${await c.req.text()}`)) : null,
    });
  };
}
