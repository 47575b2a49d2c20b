/**
 * Authors of prompts that are no user's: the gateway itself, which goes on after an overload, and whoever typed into a
 * terminal before a session went on with it.
 */
export const inputAuthor = { gateway: 'hotplex', terminal: 'terminal' } as const;
