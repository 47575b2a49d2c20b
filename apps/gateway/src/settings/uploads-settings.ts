import { z } from 'zod';
import { count, duration, fromCommaList, size } from './values.ts';

/** What clients may give to their agents; the section `uploads` of the configuration. */
export const uploadsSettings = z
  .strictObject({
    max_file_size: size.default(20_971_520).describe('Largest file that is taken.'),
    max_session_size: size.default(209_715_200).describe('All files of one session together.'),
    max_session_files: count.default(100).describe('How many files one session may have.'),
    media_types: z
      .preprocess(fromCommaList, z.array(z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/)))
      .default(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'])
      .describe(
        'What files may be, by what is in them; application/zip, application/gzip and application/octet-stream (all else) are known as well.',
      ),
    fetch_timeout: duration
      .default(30_000)
      .describe('How long the gateway may take to fetch a file from an address.'),
    fetch_hosts: z
      .preprocess(fromCommaList, z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/)))
      .default([])
      .describe(
        'Hosts, as name or name:port, from which files may be fetched although they are in a private network.',
      ),
  })
  .prefault({});
