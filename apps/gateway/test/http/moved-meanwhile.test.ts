import { SessionsApi } from '@hotplex/client-sdk';
import { expect, test } from 'vitest';
import { apiKey, openTwoNodes } from '../cluster/two-nodes.ts';

test('[R4] what was read of a session that others had taken meanwhile is not answered', async () => {
  await using nodes = await openTwoNodes();
  const here = new SessionsApi({ url: nodes.url, auth: apiKey });
  const { id } = await new SessionsApi({ url: nodes.owner.url, auth: apiKey }).create({ workerType: 'demo' });
  expect(await here.get(id)).toMatchObject({ id });
  // As one that stood still between the two: what it has of the session is nothing at all.
  nodes.where.first = ['here', { life: 'owner' }];
  await expect(here.get(id)).rejects.toMatchObject({ code: 'RECONNECT_REQUIRED', retryable: true });
  expect(await here.get(id)).toMatchObject({ id });
});
