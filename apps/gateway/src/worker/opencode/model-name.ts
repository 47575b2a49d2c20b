import { GatewayError } from '../../ground/gateway-error.ts';

/** A model as OpenCode's HTTP API names it. */
export type ModelName = { providerID: string; modelID: string };

/** `provider/model`, the model with or without further slashes. Throws CONFIG_INVALID. */
export function toModelName(name: string): ModelName {
  const slash = name.indexOf('/');
  const model = { providerID: name.slice(0, Math.max(slash, 0)), modelID: name.slice(slash + 1) };
  if (model.providerID !== '' && model.modelID !== '' && !name.startsWith('-') && !name.includes('\0')) {
    return model;
  }
  const message = `${JSON.stringify(name)} is no model of OpenCode: write provider/model, such as anthropic/claude-sonnet-4-5`;
  throw new GatewayError('CONFIG_INVALID', message, { details: { field: 'model' } });
}
