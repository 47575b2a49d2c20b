import { z } from 'zod';
import { adminScopes } from '../settings/admin-scope.ts';

/** An identity as nodes of a cluster tell it to each other. */
export const sentIdentity = z.object({
  subject: z.string(),
  botId: z.string().nullable(),
  role: z.enum(['viewer', 'driver', 'admin']),
  scopes: z.array(z.enum(adminScopes)).exactOptional(),
  method: z.enum(['api_key', 'token', 'ticket', 'admin_token', 'own_process']),
  expiresAt: z.number().nullable(),
  tokenId: z.string().nullable(),
  signedInAt: z.number().nullable(),
});
