import type { HttpBindings } from '@hono/node-server';
import type { ForwardedCaller } from '../auth/forwarded-caller.ts';
import type { Identity } from '../auth/identity.ts';

/** What every route can read: the connection, and behind `authenticated` who is asking. */
export type ApiEnvironment = {
  Bindings: HttpBindings & {
    /** Whom another node let in, and led here; nobody who came by a port. */
    caller?: ForwardedCaller;
  };
  Variables: {
    identity: Identity;
    /** Who it turned out to be, where one need not be known before. */
    actor?: string;
    /** The session, where its address calls it by another name. */
    sessionId?: string;
    /** The node of a cluster that answers in place of this one, by its name. */
    askedNode?: string;
    /** Of a body that was read as it came, for the audit log. */
    inputHash?: string;
  };
};
