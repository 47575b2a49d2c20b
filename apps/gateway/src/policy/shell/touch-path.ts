import { classifyPlace, type Place } from '../place/classify-place.ts';
import { isForeign, isOpen, readable } from '../place/wildcard.ts';
import type { Finding } from './findings.ts';
import type { Shell } from './shell.ts';

/** What a command does to a path. `list` reads names and dates only; `tree` reads everything below. */
export type Touch = 'list' | 'read' | 'tree' | 'write' | 'create' | 'delete' | 'bulk';

const deny = (rule: string, reason: string): Finding => ({ decision: 'deny', rule, reason });
const ask = (rule: string, reason: string): Finding => ({ decision: 'ask', rule, reason });

/** Judges one path, from everywhere that the shell may be and through the links it made. */
export function touchPath(touch: Touch, path: string, shell: Shell): void {
  if (path === '' || path === '-') return;
  shell.report.tick();
  for (const place of placesOf(path, shell)) {
    shell.report.touch(readable(place.path));
    const finding = judge({ touch, place, anywhere: beginsOpen.test(path) });
    if (finding) shell.report.add(finding);
  }
  if (isOpen(path)) touchIfEmpty(touch, path.replace(openMarks, ''), shell);
}

/** What an unset variable would leave of the path: `"$X"/*` is everything (C2). */
function touchIfEmpty(touch: Touch, path: string, shell: Shell): void {
  if (path === '') return;
  for (const place of placesOf(path, shell)) {
    const finding = judge({ touch, place, anywhere: false });
    if (finding?.decision !== 'deny') continue;
    // `"$X"/out` alone is more likely a build directory than one below the root.
    const unlikely = finding.rule === 'N1' && place.path.split('/').length === 2 && !isWellKnown(place);
    shell.report.add(unlikely ? ask('C5', 'what it destroys is not known') : finding, readable(place.path));
  }
}

const beginsOpen = /^[\uE002\uE003]/;
const openMarks = /[\uE002\uE003]/g;
const isWellKnown = (place: Place): boolean =>
  place.zone === 'system' || /^\/(?:[\uE000\uE001.]*|home|opt|var|srv|mnt|media)$/.test(place.path);

/** Where a path leads: one place for each directory that the shell may be in. */
export function placesOf(path: string, shell: Shell): readonly Place[] {
  const { state, context } = shell;
  const cwds = path.startsWith('/') ? state.cwds.slice(0, 1) : state.cwds;
  return cwds.map((cwd) => {
    const place = classifyPlace(path, cwd, context);
    const followed = followLinks(place.path, state.links);
    return followed === place.path ? place : classifyPlace(followed, cwd, context);
  });
}

function followLinks(path: string, links: ReadonlyMap<string, string>): string {
  let followed = path;
  for (let hops = 0; hops < 8; hops++) {
    const link = [...links.keys()].find((key) => followed === key || followed.startsWith(`${key}/`));
    if (link === undefined) return followed;
    followed = `${links.get(link)}${followed.slice(link.length)}`;
  }
  return followed;
}

type Question = {
  touch: Touch;
  place: Place;
  /** The path begins with something unknown: it may lead anywhere. */
  anywhere: boolean;
};

function judge({ touch, place, anywhere }: Question): Finding | undefined {
  if (touch === 'list') return place.secret ? ask('N6', 'it looks at where secrets are kept') : undefined;
  if (touch === 'read' || touch === 'tree') return judgeRead(touch, place);
  if (place.zone === 'stream' || place.zone === 'network') return undefined;
  if (place.zone === 'device') return deny('N3', 'it writes to a device');
  if (touch === 'delete' || touch === 'bulk') {
    if (place.protectedRoot) return deny('N1', 'it destroys a protected directory');
    if (place.holdsConfiguration) return deny('N2', 'it destroys the configuration of this account');
  }
  return judgeWrite({ touch, place, anywhere });
}

function judgeRead(touch: 'read' | 'tree', place: Place): Finding | undefined {
  if (place.secret) return deny('N6', 'it reads secrets');
  if (place.zone === 'device') return deny('N3', 'it reads a raw device');
  if (touch === 'tree' && place.holdsSecrets) return ask('N6', 'it reads a directory that holds secrets');
  return undefined;
}

const isRepository = /\/\.git$/;

function judgeWrite({ touch, place, anywhere }: Question): Finding | undefined {
  if (place.zone === 'gateway') return deny('N2', 'it changes the data of the gateway');
  if (place.zone === 'system') return deny('N2', 'it changes the operating system');
  if (place.zone === 'home-configuration') return deny('N2', 'it changes what this account starts or trusts');
  if (place.secret) return deny('N6', 'it changes secrets');
  if (place.zone === 'project-configuration')
    return ask('C5', 'it changes what tools and agents run by themselves');
  if (isRepository.test(place.path))
    return ask('C5', 'it changes the inside of a repository, where its hooks are');
  const destructive = touch === 'delete' || touch === 'bulk';
  if (destructive && place.wholeProject) return ask('C5', 'it destroys the whole project');
  if (isForeign(place.path)) return ask('C5', 'where it writes came from elsewhere');
  if (place.open && destructive) return ask('C5', 'what it destroys is not known');
  if (anywhere) return touch === 'create' ? undefined : ask('C5', 'where it writes is not known');
  if (place.zone === 'outside') return ask('C5', 'it changes files outside the work directory');
  return undefined;
}
