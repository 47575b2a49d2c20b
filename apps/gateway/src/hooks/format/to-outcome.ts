import * as z from 'zod';

/** What came of an attempt. A final one is not repeated. */
export type Outcome = { taken: true } | { taken: false; problem: string; final: boolean };

/** What Feishu (`code`) and DingTalk (`errcode`) answer with status 200; 0 is good. */
const botAnswer = z.object({
  code: z.number().optional(),
  errcode: z.number().optional(),
  msg: z.string().optional(),
  errmsg: z.string().optional(),
});

/** Reads a receiver's answer. `410 Gone` is final: whoever it was does not want to hear of us again. */
export function toOutcome(format: string, { status, body }: { status: number; body: string }): Outcome {
  if (status < 200 || status > 299)
    return { taken: false, problem: `it answers ${status}`, final: status === 410 };
  if (format !== 'feishu' && format !== 'dingtalk') return { taken: true };
  const said = botAnswer.safeParse(parsed(body));
  const code = said.success ? (said.data.errcode ?? said.data.code) : undefined;
  if (code === 0) return { taken: true };
  const words = said.success ? (said.data.errmsg ?? said.data.msg) : undefined;
  return {
    taken: false,
    problem: `the bot answers ${words ?? code ?? 'something else than JSON'}`,
    final: false,
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
