import type { PolicyContext } from '../policy.ts';
import { homeConfiguration, projectConfiguration, systemTrees } from './configuration-places.ts';
import { type Relation, relate } from './relate.ts';
import { type Names, resolveNames, spellPath } from './resolve-path.ts';
import { publicPlaces, secretPlaces } from './secret-places.ts';
import { isOpen, isPureWildcard } from './wildcard.ts';

/** Whose a place is. `stream` is a device without a memory, like /dev/null; `network` is bash's /dev/tcp. */
export type Zone =
  | 'work'
  | 'temporary'
  | 'outside'
  | 'project-configuration'
  | 'home-configuration'
  | 'system'
  | 'gateway'
  | 'device'
  | 'stream'
  | 'network';

/** What is known of a path from its text alone. */
export type Place = {
  /** Absolute and resolved; wildcards stay in. */
  path: string;
  zone: Zone;
  /** Its content lets somebody in (N6). */
  secret: boolean;
  /** A directory with secrets further down: reading all of it reads them. */
  holdsSecrets: boolean;
  /** A protected root: nobody deletes, moves or re-owns it as a whole (N1). */
  protectedRoot: boolean;
  /** Contains places that nobody may write (N2): to delete all of it is to write them. */
  holdsConfiguration: boolean;
  /** The whole of a project: its directory, everything in it, its repository (C5). */
  wholeProject: boolean;
  /** A part of it could be anything. */
  open: boolean;
};

const segments = (path: string): Names => path.split('/').filter(Boolean);
const system = systemTrees.map(segments);
const isOfHome = (place: string): boolean => place.startsWith('~/');
const secretsOfHome = secretPlaces.filter(isOfHome).map((place) => segments(place).slice(1));
const secretsOfMachine = secretPlaces.filter((place) => !isOfHome(place)).map(segments);
const publicsOfHome = publicPlaces.map((place) => segments(place).slice(1));
const configuration = homeConfiguration.map(segments);
const project = projectConfiguration.map(segments);
/** Where other people live. */
const homes: readonly Names[] = [['home', '*'], ['Users', '*'], ['root']];
const streams = /^(null|zero|full|random|urandom|tty|stdin|stdout|stderr|fd|ptmx|pts|console|log)$/;

/** Sorts a path by what it is to a session; reads nothing from the disk, so it knows no links (F1 looks at those). */
export function classifyPlace(path: string, cwd: string, context: PolicyContext): Place {
  const names = resolveNames(path, cwd);
  const home = segments(context.home);
  const work = segments(context.workDir);
  const gateway = context.gatewayDirs.map((directory) => relate(names, segments(directory)));
  const bases = [home, ...homes];
  const here = { names, work };
  const secretness = [look(here, [[]], secretsOfMachine), look(here, bases, secretsOfHome)];
  const isPublic = look({ names: names.map(sureName), work }, bases, publicsOfHome).within;
  const zone = zoneOf({ names, home, work, context });
  return {
    path: spellPath(names),
    zone,
    secret: (secretness.some(({ within }) => within) && !isPublic) || zone === 'gateway',
    holdsSecrets: secretness.some(({ above }) => above) || gateway.includes('above'),
    protectedRoot: isProtectedRoot({ names, home, work, zone, aboveGateway: gateway.includes('above') }),
    holdsConfiguration: look(here, [home], configuration).above,
    wholeProject: isWholeProject(names, work),
    open: names.some(isOpen),
  };
}

/** A name that only a rule for all names meets where a part of it is open. */
const sureName = (name: string): string => name.replace(/[\uE000-\uE004]+/g, '\uFFFF');
const isWithin = (relation: Relation): boolean => relation === 'at' || relation === 'inside';

/**
 * How a path stands to the places below some directories: in one of them, or above one. A place around the whole work dir
 * says nothing of what is in it.
 */
function look(
  { names, work }: { names: Names; work: Names },
  bases: readonly Names[],
  rules: readonly Names[],
): { within: boolean; above: boolean } {
  const isOfWork = isWithin(relate(names.map(sureName), work));
  let [within, above] = [false, false];
  for (const base of bases) {
    const relation = relate(names, base);
    if (relation === 'above') above = true;
    if (!isWithin(relation)) continue;
    const rest = names.slice(base.length);
    for (const rule of rules) {
      const end = relate(rest, rule);
      within ||= isWithin(end) && !(isOfWork && isWithin(relate(work, [...base, ...rule])));
      above ||= end === 'above';
    }
  }
  return { within, above };
}

type Where = { names: Names; home: Names; work: Names };

function zoneOf({ names, home, work, context }: Where & { context: PolicyContext }): Zone {
  const inside = (base: Names) => isWithin(relate(names, base));
  // The deepest wins, and of two that a wildcard may mean the gateway's: a work dir may lie in a directory of the
  // gateway, and the gateway's data in a work dir.
  const gatewayDepth = Math.max(
    -1,
    ...context.gatewayDirs
      .map(segments)
      .filter(inside)
      .map((base) => base.length),
  );
  const workDepth = inside(work) ? work.length : -1;
  if (gatewayDepth >= 0 && gatewayDepth >= workDepth) return 'gateway';
  if (look({ names, work }, [home, ...homes], configuration).within) return 'home-configuration';
  if (names[0] === 'dev' && workDepth < 0) return deviceZone(names);
  if (workDepth < 0 && !inside(home) && system.some(inside)) return 'system';
  if (isProjectConfiguration(names.slice(Math.max(0, workDepth)))) return 'project-configuration';
  if (workDepth >= 0) return 'work';
  return names[0] === 'tmp' ? 'temporary' : 'outside';
}

function deviceZone([, name, ...below]: Names): Zone {
  if (name === 'tcp' || name === 'udp') return below.length > 0 ? 'network' : 'system';
  if (name === 'shm' || name === 'mqueue') return 'outside';
  if (name === undefined) return 'system';
  return streams.test(name) ? 'stream' : 'device';
}

function isProjectConfiguration(names: Names): boolean {
  // `build/*` names no configuration in particular; what it deletes is judged as a whole.
  return names.some(
    (name, depth) =>
      !isPureWildcard(name) && project.some((rule) => isWithin(relate(names.slice(depth), rule))),
  );
}

function isProtectedRoot({
  names,
  home,
  work,
  zone,
  aboveGateway,
}: Where & { zone: Zone; aboveGateway: boolean }) {
  if (zone === 'gateway' || aboveGateway || zone === 'system') return true;
  if (zone === 'work' || zone === 'stream' || zone === 'network') return false;
  if (names.length <= 1) return true;
  const above = (base: Names) => ['at', 'above'].includes(relate(names, base));
  const childOfHome = relate(names.slice(0, -1), home) === 'at' && isPureWildcard(names.at(-1) ?? '');
  return (
    above(home) ||
    relate(names, work) === 'above' ||
    childOfHome ||
    homes.some(
      (base) => names.length === 2 && relate(names, base) === 'at' && isPureWildcard(names.at(-1) ?? ''),
    )
  );
}

function isWholeProject(names: Names, work: Names): boolean {
  if (relate(names, work) === 'at' || names.at(-1) === '.git') return true;
  const parent = names.slice(0, -1);
  const wide = isPureWildcard(names.at(-1) ?? '');
  const isTemporary = parent.length === 1 && parent[0] === 'tmp';
  return wide && (relate(parent, work) === 'at' || parent.at(-1) === '.git' || isTemporary);
}
