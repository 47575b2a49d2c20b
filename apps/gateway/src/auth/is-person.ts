import type { Identity } from './identity.ts';

/** Whether somebody signed in as himself: no key, no bot, nobody who only watches. */
export const isPerson = ({ method, botId, role }: Identity): boolean =>
  method === 'token' && botId === null && role === 'driver';
