import type { CommandDescription } from '../command.ts';
import { configOption } from './shared-options.ts';

export const token = {
  name: 'token',
  group: 'access',
  purpose: 'access tokens of users; also while the gateway runs',
  actions: {
    create: { purpose: 'sign a token for the user that --user names, and print it' },
    inspect: {
      purpose: 'what a token says and whether it is good here, as JSON; reads it from its input',
    },
    revoke: {
      purpose:
        'end a token before its time, by --id or read from the input; with --user sign a user out everywhere',
    },
    rotate: { purpose: 'sign with a new key from now on; tokens of the old one live to their end' },
  },
  options: {
    user: { value: 'NAME', purpose: 'whose token, or whose sign-ins and tokens, all that he has by now' },
    id: { value: 'JTI', purpose: 'the token to revoke' },
    role: {
      value: 'ROLE',
      choices: ['driver', 'viewer'],
      purpose: 'what it is good for: driver (default) or viewer',
    },
    bot: { value: 'ID', purpose: 'the bot that may use it; it sees no sessions of other bots' },
    ttl: { value: 'TIME', purpose: 'how long it is good, at most 1h; default: 15m' },
    key: {
      value: 'FILE',
      completes: 'file',
      purpose:
        'a private P-256 key (JWK) whose public half is in security.jwt_jwks_file; default: the gateway’s own',
    },
    ...configOption,
  },
  examples: [
    ['token create --user ann --ttl 1h', 'to try something as ann'],
    ['token revoke --user ann', 'a lost laptop'],
  ],
  exitCodes: { 0: 'done; inspect: it is good', 1: 'inspect: it is not' },
} as const satisfies CommandDescription;
