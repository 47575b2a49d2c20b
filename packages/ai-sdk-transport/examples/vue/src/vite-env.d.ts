/// <reference types="vite/client" />

interface ImportMetaEnv {
  readonly VITE_HOTPLEX_URL?: string;
  readonly VITE_HOTPLEX_AGENT?: string;
}
