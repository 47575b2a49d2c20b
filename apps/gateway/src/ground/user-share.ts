/** What one user, or one program with an API key, has of what is limited; `agents` are those at work. */
export type UserShare = { connections: number; agents: number };

/** What a user has at the other gateways of a cluster, as far as is known here. */
export type ShareElsewhere = (user: string) => UserShare;

const nothing: UserShare = { connections: 0, agents: 0 };

/** Of a gateway that is alone. */
export const nowhereElse: ShareElsewhere = () => nothing;
