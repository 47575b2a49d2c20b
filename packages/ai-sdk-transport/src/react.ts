export { useForeignTurns } from './react/use-foreign-turns.ts';
export { useHotPlexSession } from './react/use-hotplex-session.ts';
