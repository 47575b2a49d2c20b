import { createEngine } from '@hotplex/gateway';

await using engine = await createEngine();
const session = engine.session({
  agent: process.env.HOTPLEX_AGENT ?? 'demo',
  onPermission: ({ tool_name: tool }) => ({ allowed: false, reason: `nobody is here to look at ${tool}` }),
});
for await (const { event } of session.prompt('flood 3')) {
  if (event.type === 'message.delta') process.stdout.write(event.data.content);
}
