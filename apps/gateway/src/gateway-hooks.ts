import type { ApprovalLinks } from './approvals/approval-links.ts';
import type { Config } from './config-schema.ts';
import type { Clock } from './ground/clock.ts';
import type { HookOutbox } from './ground/hook-delivery.ts';
import { type Logger, logOf } from './ground/logger.ts';
import { Hooks } from './hooks/hooks.ts';
import type { PushNotices } from './hooks/push/push-notices.ts';
import type { SendHook } from './hooks/send/send.ts';
import { createSendToAddress } from './hooks/send/send-to-address.ts';
import { createSendToProgram } from './hooks/send/send-to-program.ts';
import { ownAddresses } from './own-addresses.ts';
import { createGuardedPost } from './policy/url/guarded-post.ts';
import { resolveName } from './policy/url/resolve-name.ts';
import { childEnvironment } from './process/environment.ts';
import { createSpawnProcess } from './process/spawn-process.ts';

type SenderParts = {
  config: Config;
  /** Where programs are run. */
  dataDir: string;
  /** Grows when the listener is open. */
  gatewayPorts: readonly number[];
  /** Where people find the web chat. */
  webchatUrl(): string;
  /** Undefined: no hook has links to answer by. */
  approvals?: Pick<ApprovalLinks, 'make'> | undefined;
  clock: Clock;
};

/** How receivers are told: by a guarded request, or by a program with an environment of its own. */
export function createHookSender({
  config,
  dataDir,
  gatewayPorts,
  webchatUrl,
  approvals,
  clock,
}: SenderParts): SendHook {
  const { timeout: timeoutMs } = config.hooks;
  const post = createGuardedPost({ gatewayPorts, clock, resolve: resolveName, ownAddresses });
  const toAddress = createSendToAddress({
    ...{ clock, makeApproval: approvals?.make },
    post: (request) =>
      post({ ...request, timeoutMs, headers: { 'content-type': 'application/json', ...request.headers } }),
    linkTo(sessionId) {
      const link = new URL(webchatUrl());
      link.searchParams.set('s', sessionId);
      return link.href;
    },
  });
  const toProgram = createSendToProgram({
    ...{ spawn: createSpawnProcess({ clock }), cwd: dataDir, timeoutMs, clock },
    environment: childEnvironment({ inherited: process.env }),
  });
  return (target, delivery) => (target.command ? toProgram : toAddress)(target, delivery);
}

type HooksParts = SenderParts & {
  store: HookOutbox;
  push: PushNotices | undefined;
  random: () => number;
  logger: Logger;
};

/** Who outside is told of what happens in sessions; undefined if the configuration names nobody, and nobody is called. */
export function openHooks(parts: HooksParts): Hooks | undefined {
  const { config, store, push, clock, random, logger } = parts;
  const { targets, attempts } = config.hooks;
  if (targets.length === 0 && !push) return undefined;
  return new Hooks({
    ...{ targets, push, attempts, outbox: store, clock, random, logger: logOf('hooks', logger) },
    send: createHookSender(parts),
  });
}
