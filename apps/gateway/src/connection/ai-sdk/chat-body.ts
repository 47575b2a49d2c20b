import { delivery, sessionConfig } from '@hotplex/aep-protocol';
import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';

const shape = z.looseObject({
  worker_type: z.string().min(1).max(64).optional(),
  config: z
    .custom<z.infer<typeof sessionConfig>>((value) => sessionConfig.safeParse(value).success)
    .optional(),
  delivery: z.custom<z.infer<typeof delivery>>((value) => delivery.safeParse(value).success).optional(),
});

/** What an app says to us in the `body` of its transport: the agent of a new chat, and how to set it up. */
export type ChatBody = z.infer<typeof shape>;

/** Throws CONFIG_INVALID naming the field. */
export function chatBody(body: object): ChatBody {
  const checked = shape.safeParse(body);
  if (checked.success) return checked.data;
  const field = checked.error.issues[0]?.path.join('.') ?? '';
  throw new GatewayError('CONFIG_INVALID', `body.${field} is not valid`, { details: { field } });
}
