import { type ApprovalAnswer, ApprovalLinks } from './approvals/approval-links.ts';
import { FailureLimit } from './auth/failure-limit.ts';
import type { Router } from './cluster/router.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import { GatewayError } from './ground/gateway-error.ts';
import type { Ids } from './ground/ids.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { StartError } from './ground/start-error.ts';
import type { Api } from './http/answer-api.ts';
import { createApproveApp } from './http/approve/approve-app.ts';
import { createStrangerLog } from './http/approve/stranger-log.ts';
import { isLoopback } from './listen-address.ts';
import type { OperatorSessions } from './session/operator-sessions.ts';
import type { Store } from './store/store.ts';

/** The page of approval links; undefined if no hook has them. Throws StartError if they would lead nowhere. */
export function approvalPage({ gateway, hooks, security }: Config): URL | undefined {
  const target = hooks.targets.find(({ approval_links: links }) => links);
  if (!target) return undefined;
  const has = `the target ${target.name} of hooks.targets has approval_links`;
  if (gateway.public_url === undefined)
    throw new StartError(
      `${has}, which need gateway.public_url (HOTPLEX_GATEWAY_PUBLIC_URL): set it to where people reach this gateway, such as https://chat.example.com`,
    );
  const url = new URL('/approve', gateway.public_url);
  const isHere = isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (url.protocol === 'http:' && !isHere)
    throw new StartError(
      `${has}, which are credentials, and gateway.public_url ${gateway.public_url} begins with http: make it https`,
    );
  if (!isHere && !security.allowed_hosts.some((host) => host.toLowerCase() === url.host))
    throw new StartError(
      `${has}, and this gateway does not answer to the name in gateway.public_url: add ${url.host} to security.allowed_hosts`,
    );
  return url;
}

type ApprovalsParts = {
  config: Config;
  store: Store;
  /** Of everybody: who has a link answers as the owner of the session could. */
  sessions(): Pick<OperatorSessions, 'find'>;
  clock: Clock;
  ids: Ids;
};

/** The links that hooks send along; undefined if none does. Throws StartError. */
export function openApprovals({ config, sessions, ...parts }: ApprovalsParts): ApprovalLinks | undefined {
  const page = approvalPage(config);
  const respond = (sessionId: string, answer: ApprovalAnswer, by: string) => {
    const { session } = sessions().find(sessionId);
    if (!session)
      throw new GatewayError('SESSION_NOT_FOUND', 'the agent of this session is not known any more');
    session.respond(answer, by);
  };
  const settled = (sessionId: string) => sessions().find(sessionId).session?.settled();
  const { approval_lifetime: lifetimeMs } = config.hooks;
  return page && new ApprovalLinks({ ...parts, respond, settled, page, lifetimeMs });
}

type ApprovePageParts = { router: Router; clock: Clock; logger: Logger };

/** The page behind the links that hooks send along; undefined: none does. */
export function openApprovePage(
  approvals: ApprovalLinks | undefined,
  { router, clock, logger: parent }: ApprovePageParts,
): Api | undefined {
  const logger = logOf('http', parent);
  // Of its own: what another page has its visitor ask for shall not keep him out of the rest.
  const failures = new FailureLimit({ clock, onRefused: createStrangerLog({ clock, logger }) });
  return approvals && createApproveApp({ approvals, router, failures, logger });
}
