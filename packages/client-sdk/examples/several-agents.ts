// Several agents at work at once, each in a session of its own.
import { AepClient, SessionsApi } from '@hotplex/client-sdk';

const { HOTPLEX_URL: url = '', HOTPLEX_KEY: auth = '' } = process.env;

async function ask(workerType: string, prompt: string): Promise<string> {
  const client = new AepClient({ url, workerType, auth });
  await client.connect();
  const { text } = await client.prompt(prompt).done;
  client.close();
  return text;
}

const { agents } = await new SessionsApi({ url, auth }).agents();
for (const { type, title, available } of agents)
  console.log(`${type.padEnd(16)} ${title.padEnd(28)} available: ${available}`);

const jobs = [20, 30, 40];
const answers = await Promise.all(jobs.map((words) => ask('demo', `flood ${words}`)));
for (const [at, answer] of answers.entries()) {
  const words = answer.trim().split(/\s+/).length;
  console.log(`agent ${at + 1} answered with ${words} words`);
  if (words !== jobs[at]) throw new Error(`agent ${at + 1} was asked for ${jobs[at]} words`);
}
