import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';
import { findGateFile } from '../gate/gate-file.ts';
import type { GateSetup } from './gate.ts';

const gateFile = () => findGateFile('./opencode-gate.mjs', import.meta.url);

const configuration = z.looseObject({ plugin: z.array(z.unknown()).optional() });
/** One word is a rule for everything. */
const permissions = z.union([
  z.record(z.string(), z.unknown()),
  z.string().transform((action): Record<string, unknown> => ({ '*': action })),
]);

export type GatedOptions = Pick<GateSetup, 'answers'> & {
  /** The operator's OPENCODE_CONFIG_CONTENT. */
  content: string | undefined;
  permission: Readonly<Record<string, unknown>>;
};

/**
 * The variables that have OpenCode load our gate, beside whatever the operator has it load. Nothing is allowed until the
 * gate takes the last rule away: OpenCode goes on without a plugin that it cannot load. Throws CONFIG_INVALID.
 */
export function withGate({ content, permission, answers }: GatedOptions): Record<string, string> {
  const setup: GateSetup = { answers, rules: Object.keys(permission) };
  const config = parse('OPENCODE_CONFIG_CONTENT', { text: content, as: configuration });
  const plugin = [...(config.plugin ?? []), [pathToFileURL(gateFile()).href, setup]];
  return {
    OPENCODE_CONFIG_CONTENT: JSON.stringify({ ...config, plugin }),
    OPENCODE_PERMISSION: JSON.stringify({ ...permission, '**': 'deny' }),
    // Else no plugin would be loaded.
    OPENCODE_PURE: '0',
  };
}

/** What the gate reads within walls: itself, what it imports and its answers. */
export function toGateReadable(answers: string): string[] {
  const folder = dirname(gateFile());
  return [folder, join(folder, '..', 'gate'), answers];
}

/** The operator's OPENCODE_PERMISSION. Throws CONFIG_INVALID. */
export function parsePermission(text: string | undefined): Record<string, unknown> {
  return parse('OPENCODE_PERMISSION', { text, as: permissions });
}

function parse<T>(name: string, { text, as }: { text: string | undefined; as: z.ZodType<T> }): T {
  try {
    return as.parse(JSON.parse(text || '{}'));
  } catch {
    const message = `${name} in the environment of the gateway is not what OpenCode takes: correct it, as JSON without comments`;
    throw new GatewayError('CONFIG_INVALID', message);
  }
}
