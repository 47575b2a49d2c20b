import { type HookTarget, hooksSettings } from '../../src/settings/hooks-settings.ts';

/** A target as the configuration gives it, with what it leaves out filled in. */
export function hookTarget(given: Partial<HookTarget> = {}): HookTarget {
  const where = given.command ? {} : { url: 'https://receiver.example/hook' };
  const [target] = hooksSettings.parse({ targets: [{ name: 'chat', ...where, ...given }] }).targets;
  if (!target) throw new Error('the configuration lost its target');
  return target;
}
