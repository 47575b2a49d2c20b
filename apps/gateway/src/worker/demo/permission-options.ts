/** The option that makes the demo agent remember an allowance for the rest of the session. */
export const allowSession = 'allow_session';

/** The option that refuses, whatever `allowed` says. */
export const deny = 'deny';

/** What a person can answer to the demo's permission request. */
export const permissionOptions = [
  { id: 'allow_once', label: 'Allow once', kind: 'allow_once' },
  { id: allowSession, label: 'Allow for this session', kind: 'allow_always' },
  { id: deny, label: 'Deny', kind: 'reject_once' },
] as const;
