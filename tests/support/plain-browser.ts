import { type Answer, ask } from './ask.ts';

type Visit = { url: string; answer: Answer };

/** What a browser does about addresses and cookies, and nothing else; a jar for each port, as ours are all on one host. */
export function openPlainBrowser() {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (port: string) => {
    const jar = jars.get(port) ?? new Map<string, string>();
    jars.set(port, jar);
    return jar;
  };
  const visit = async (url: string, init: { method?: string; headers?: Record<string, string> } = {}) => {
    const { port, pathname, search } = new URL(url);
    const jar = jarOf(port);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie === '' ? {} : { cookie }) };
    const body = init.method === 'POST' ? { body: '{}' } : {};
    const answer = await ask(Number(port), pathname + search, { ...init, headers, ...body });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/; *(max-age=0|expires=thu, 01 jan 1970)/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return {
    visit,
    cookies: (url: string) => jarOf(new URL(url).port),
    /** Goes where it is sent, until it arrives or comes to an address that it is to stop at. */
    async follow(start: string, stopAt: (url: string) => boolean = () => false): Promise<Visit> {
      let [url, answer] = [start, await visit(start)];
      for (let hops = 0; hops < 10 && answer.headers.location !== undefined; hops++) {
        url = new URL(String(answer.headers.location), url).href;
        if (stopAt(url)) break;
        answer = await visit(url);
      }
      return { url, answer };
    },
  };
}
