import type { ServerData } from '@hotplex/aep-protocol';

type Option = NonNullable<ServerData<'permission_request'>['options']>[number];

/** The answers a permission card offers. `session` is missing when the agent cannot remember an answer. */
export type PermissionChoices = {
  once: { optionId: string | undefined };
  session: { optionId: string } | undefined;
  deny: { optionId: string | undefined };
};

/** Sorts the options an agent offers into ours. */
export function permissionChoices(options: readonly Option[] = []): PermissionChoices {
  const idOf = (kind: Option['kind']) => options.find((option) => option.kind === kind)?.id;
  const session = idOf('allow_always');
  return {
    once: { optionId: idOf('allow_once') },
    session: session === undefined ? undefined : { optionId: session },
    deny: { optionId: idOf('reject_once') },
  };
}

/** The key that presses a button of a focused card. */
export function permissionKey(key: string): 'once' | 'session' | 'deny' | undefined {
  switch (key.toLowerCase()) {
    case 'y':
      return 'once';
    case 'a':
      return 'session';
    case 'n':
      return 'deny';
    default:
      return undefined;
  }
}
