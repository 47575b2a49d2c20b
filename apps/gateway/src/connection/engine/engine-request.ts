import { z } from 'zod';
import { GatewayError } from '../../ground/gateway-error.ts';

const text = z.string().optional();

/** The server reads a request flat; the SDKs of the time put the same into `config`. */
const shape = z
  .object({
    request_id: z.number().int().optional(),
    type: z.string(),
    session_id: text,
    prompt: text,
    instructions: text,
    system_prompt: text,
    work_dir: text,
    config: z
      .object({ session_id: text, work_dir: text, task_instructions: text, task_system_prompt: text })
      .optional(),
  })
  .transform(({ config = {}, ...flat }) => ({
    requestId: flat.request_id,
    type: flat.type,
    sessionId: flat.session_id ?? config.session_id ?? '',
    prompt: flat.prompt ?? '',
    instructions: flat.instructions ?? config.task_instructions,
    systemPrompt: flat.system_prompt ?? config.task_system_prompt,
    workDir: flat.work_dir ?? config.work_dir,
  }));

/** A frame of a client of the older engine, hotplexd. */
export type EngineRequest = z.infer<typeof shape>;

/** Throws INVALID_MESSAGE naming the field. */
export function readEngineRequest(value: unknown): EngineRequest {
  const checked = shape.safeParse(value);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw new GatewayError('INVALID_MESSAGE', `${field || 'the frame'}: ${issue?.message}`, {
    details: { fields: [field] },
  });
}
