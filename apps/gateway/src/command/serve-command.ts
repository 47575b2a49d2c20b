import { serve } from '../serve.ts';
import type { Command } from './command.ts';
import { openConfigOf } from './open-config.ts';

export const serveCommand: Command = {
  name: 'serve',
  usage: [['[serve] [--config FILE]', 'run the gateway']],
  async run(args) {
    await serve(openConfigOf(args));
    return undefined;
  },
};
