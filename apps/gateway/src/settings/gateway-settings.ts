import { z } from 'zod';
import { address, count, duration, flag, live } from './values.ts';

/** How clients connect; the section `gateway` of the configuration. */
export const gatewaySettings = z
  .strictObject({
    addr: address.default('127.0.0.1:8888').describe('Where clients connect.'),
    public_url: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://chat.example.com' })
      .optional()
      .describe(
        'Where people reach this gateway, such as https://chat.example.com; approval links of hooks lead there.',
      ),
    tls: z
      .strictObject({
        cert: z
          .string()
          .optional()
          .describe(
            'File with the certificate and those that vouch for it, PEM; clients then connect by https and wss. A change is noticed.',
          ),
        key: z.string().optional().describe('File with its private key, PEM; not readable by everybody.'),
      })
      .prefault({}),
    max_frame_size: count.default(1_048_576).describe('Largest frame a client may send, bytes.'),
    init_timeout: duration.default(5_000).describe('How long a client may take to send init.').meta(live),
    ping_interval: duration
      .default(30_000)
      .describe('Time between pings; two missed ones end a connection.')
      .meta(live),
    client_buffer: count
      .default(1_048_576)
      .describe('A client for which more bytes than this wait in the log is told that it is slow.')
      .meta(live),
    slow_client_timeout: duration
      .default(30_000)
      .describe('How long a client may read nothing of what waits for it; it may then come back for it.')
      .meta(live),
    drain_timeout: duration
      .default(15_000)
      .describe('How long running turns may take to end when the gateway is stopped or drained.')
      .meta(live),
    watch_config: flag
      .default(true)
      .describe('Whether a change of the configuration file is noticed and taken up by itself.'),
  })
  .prefault({});
