import { expect, test } from 'vitest';
import { findOpener } from '../../src/command/up/open-browser.ts';

test.each([
  ['darwin', {}, 'open'],
  ['linux', { DISPLAY: ':0' }, 'xdg-open'],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ['linux', { DISPLAY: '' }, undefined],
  ['linux', {}, undefined],
  ['linux', { DISPLAY: 'localhost:10.0', SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, undefined],
  ['darwin', { SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' }, undefined],
] as const)('on %s with %j a browser is opened by %s', (platform, env, opener) => {
  expect(findOpener({ platform, env })).toBe(opener);
});
