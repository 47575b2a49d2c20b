import type { Command } from './command.ts';
import { agents } from './table/agents.ts';
import { audit } from './table/audit.ts';
import { backup } from './table/backup.ts';
import { chat } from './table/chat.ts';
import { completion } from './table/completion.ts';
import { config } from './table/config.ts';
import { db } from './table/db.ts';
import { doctor } from './table/doctor.ts';
import { gateway } from './table/gateway.ts';
import { hooks } from './table/hooks.ts';
import { keys } from './table/keys.ts';
import { policy } from './table/policy.ts';
import { run } from './table/run.ts';
import { serve } from './table/serve.ts';
import { service } from './table/service.ts';
import { sessions } from './table/sessions.ts';
import { token } from './table/token.ts';
import { up } from './table/up.ts';
import { version } from './table/version.ts';

/** Every command, in the order in which the help names them. What one does is loaded when it is called. */
export const commandTable: readonly Command[] = [
  { description: up, load: async () => (await import('./up-command.ts')).runUp },
  { description: chat, load: async () => (await import('./chat-command.ts')).runChat },
  { description: run, load: async () => (await import('./run-command.ts')).runRun },
  { description: sessions, load: async () => (await import('./sessions-command.ts')).runSessions },
  { description: serve, load: async () => (await import('./serve-command.ts')).runServe },
  { description: gateway, load: async () => (await import('./gateway-command.ts')).runGateway },
  { description: service, load: async () => (await import('./service-command.ts')).runService },
  { description: backup, load: async () => (await import('./backup-command.ts')).runBackup },
  { description: db, load: async () => (await import('./db-command.ts')).runDb },
  { description: agents, load: async () => (await import('./agents-command.ts')).runAgents },
  { description: config, load: async () => (await import('./config-command.ts')).runConfig },
  { description: doctor, load: async () => (await import('./doctor-command.ts')).runDoctor },
  { description: policy, load: async () => (await import('./policy-command.ts')).runPolicy },
  { description: keys, load: async () => (await import('./keys-command.ts')).runKeys },
  { description: token, load: async () => (await import('./token-command.ts')).runToken },
  { description: hooks, load: async () => (await import('./hooks-command.ts')).runHooks },
  { description: audit, load: async () => (await import('./audit-command.ts')).runAudit },
  { description: version, load: async () => (await import('./version-command.ts')).runVersion },
  { description: completion, load: async () => (await import('./completion-command.ts')).runCompletion },
];
