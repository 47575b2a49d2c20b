import { z } from 'zod';
import { flag } from './values.ts';

/** The web chat; the section `webchat` of the configuration. */
export const webchatSettings = z
  .strictObject({
    enabled: flag.default(true).describe('Whether the web chat is served.'),
    dir: z.string().optional().describe('The web chat’s static export; default: the one that ships.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Where the web chat is served if not here: links lead there and its origin may connect.'),
  })
  .prefault({});
