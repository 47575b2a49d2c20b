import { z } from 'zod';
import { commaList } from './comma-list.ts';

const count = z.coerce.number().int().positive();

/** What clients may give to their agents; the section `uploads` of the configuration. */
export const uploadsSchema = z
  .strictObject({
    max_file_size: count.default(20_971_520).describe('Largest file that is taken, bytes.'),
    max_session_size: count.default(209_715_200).describe('All files of one session together, bytes.'),
    max_session_files: count.default(100).describe('How many files one session may have.'),
    media_types: z
      .preprocess(commaList, z.array(z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/)))
      .default(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf', 'text/plain'])
      .describe(
        'What files may be, by what is in them; application/zip, application/gzip and application/octet-stream (anything) are known as well.',
      ),
    fetch_timeout: count
      .default(30_000)
      .describe('How long the gateway may take to fetch a file from an address, milliseconds.'),
    fetch_hosts: z
      .preprocess(commaList, z.array(z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/)))
      .default([])
      .describe(
        'Hosts, as name or name:port, from which files may be fetched although they are in a private network.',
      ),
  })
  .prefault({});
