import { z } from 'zod';
import { adminSettings } from './settings/admin-settings.ts';
import { clusterSettings } from './settings/cluster-settings.ts';
import { dbSettings } from './settings/db-settings.ts';
import { doorsSettings } from './settings/doors-settings.ts';
import { gatewaySettings } from './settings/gateway-settings.ts';
import { hooksSettings } from './settings/hooks-settings.ts';
import { limitsSettings } from './settings/limits-settings.ts';
import { oidcSettings } from './settings/oidc-settings.ts';
import { policySettings } from './settings/policy-settings.ts';
import { pushSettings } from './settings/push-settings.ts';
import { securitySettings } from './settings/security-settings.ts';
import { sessionSettings } from './settings/session-settings.ts';
import { snapshotsSettings } from './settings/snapshots-settings.ts';
import { tracingSettings } from './settings/tracing-settings.ts';
import { uploadsSettings } from './settings/uploads-settings.ts';
import { live } from './settings/values.ts';
import { webchatSettings } from './settings/webchat-settings.ts';
import { workerSettings } from './settings/worker-settings.ts';

/** Every setting, its meaning, its default. The one source of file keys, environment names and error messages. */
export const configSchema = z.strictObject({
  gateway: gatewaySettings,
  limits: limitsSettings,
  uploads: uploadsSettings,
  snapshots: snapshotsSettings,
  admin: adminSettings,
  db: dbSettings,
  cluster: clusterSettings,
  worker: workerSettings,
  session: sessionSettings,
  security: securitySettings,
  oidc: oidcSettings,
  policy: policySettings,
  hooks: hooksSettings,
  push: pushSettings,
  webchat: webchatSettings,
  doors: doorsSettings,
  tracing: tracingSettings,
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info')
        .describe('How much is logged.')
        .meta(live),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;

/** The same as somebody writes it: every key may be left out. */
export type Settings = z.input<typeof configSchema>;
