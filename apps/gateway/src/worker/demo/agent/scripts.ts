import type { Script } from './script.ts';
import { agent } from './scripts/agent.ts';
import { attached } from './scripts/attached.ts';
import { background } from './scripts/background.ts';
import { crash } from './scripts/crash.ts';
import { diagram } from './scripts/diagram.ts';
import { edit } from './scripts/edit.ts';
import { error } from './scripts/error.ts';
import { flood } from './scripts/flood.ts';
import { form } from './scripts/form.ts';
import { huge } from './scripts/huge.ts';
import { markdown } from './scripts/markdown.ts';
import { permission } from './scripts/permission.ts';
import { pid } from './scripts/pid.ts';
import { plan } from './scripts/plan.ts';
import { question } from './scripts/question.ts';
import { quota } from './scripts/quota.ts';
import { raw } from './scripts/raw.ts';
import { recall } from './scripts/recall.ts';
import { remember } from './scripts/remember.ts';
import { retract } from './scripts/retract.ts';
import { retry } from './scripts/retry.ts';
import { slow } from './scripts/slow.ts';
import { think } from './scripts/think.ts';
import { tool } from './scripts/tool.ts';
import { wait } from './scripts/wait.ts';
import { watch } from './scripts/watch.ts';

/** Everything the demo agent can be asked for, in the order in which it is worth trying. */
export const scripts: readonly Script[] = [
  markdown,
  diagram,
  think,
  tool,
  edit,
  permission,
  question,
  plan,
  agent,
  form,
  attached,
  slow,
  wait,
  watch,
  background,
  remember,
  recall,
  retry,
  quota,
  retract,
  error,
  crash,
  flood,
  huge,
  raw,
  pid,
];
