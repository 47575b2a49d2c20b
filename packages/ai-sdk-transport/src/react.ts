/**
 * What React pages use beside `useChat`.
 * @module ai-sdk-transport/react
 */

export { useForeignTurns } from './react/use-foreign-turns.ts';
export { useHotPlexSession } from './react/use-hotplex-session.ts';
