import type { ClientData, clientControlAction } from '@hotplex/aep-protocol';
import type gateway from '../../../../docs/openapi/gateway.json';

type Paths = (typeof gateway)['paths'];
type Changing = 'post' | 'put' | 'patch' | 'delete';
type ChangeOf<Path extends keyof Paths> = `${Uppercase<Changing & keyof Paths[Path]>} ${Path}`;
type Change = { [Path in keyof Paths]: ChangeOf<Path> }[keyof Paths];
/** What operators read is taken down, but for what probes ask. */
type ReadPath = Exclude<keyof Paths & `/api/admin/${string}`, `/api/admin/${'health' | 'metrics'}${string}`>;
type Read = { [Path in ReadPath]: Paths[Path] extends { get: unknown } ? `GET ${Path}` : never }[ReadPath];

type Frame =
  | `control ${(typeof clientControlAction)['options'][number]}`
  | `command ${ClientData<'worker_command'>['command']}`;
/** Of whoever may run commands on the gateway's machine. */
type OnMachine =
  | 'up: sign-in link'
  | 'chat'
  | 'run'
  | `keys ${'create' | 'revoke'}`
  | `token ${'create' | 'rotate' | 'revoke'}`
  | 'hooks retry'
  | `sessions ${'list' | 'show' | 'stop' | 'delete' | 'export' | 'rename'}`;
type Asked = 'permission' | 'question' | 'elicitation';

/** What the audit log says was done, up to whom or what it was done to. */
export type AuditAction =
  | Change
  | Read
  | 'GET /api/auth/oidc/callback'
  | Frame
  | OnMachine
  | Asked
  | 'authenticate'
  | 'share opened'
  | 'config';

export type ActionTexts = Readonly<Record<AuditAction, string>>;

/** What was done, in words; undefined for an action that this page does not know. */
export function auditWords(action: string, texts: ActionTexts): string | undefined {
  let known = toKnown(action);
  while (!Object.hasOwn(texts, known)) {
    const end = known.lastIndexOf(' ');
    if (end === -1) return undefined;
    // The last word names what it was done to.
    known = known.slice(0, end);
  }
  return texts[known as AuditAction];
}

/** A route as the API's description writes it: of the gateway's port, whatever node was asked, and for a HEAD its GET. */
const toKnown = (action: string): string =>
  action
    .replace(/^HEAD /, 'GET ')
    .replace(/\?node=.*$/, '')
    .replace(/(?<= )\/admin\//, '/api/admin/')
    .replaceAll(/:(\w+)/g, '{$1}');
