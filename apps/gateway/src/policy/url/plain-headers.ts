/** What every request of the gateway says: no credential, no cookie, no referrer; and no compression, whose size nobody knows beforehand. */
export const plainHeaders = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'HotPlex' };
