import type { NextConfig } from 'next';
import { PHASE_DEVELOPMENT_SERVER } from 'next/constants.js';

const gateway = process.env.HOTPLEX_GATEWAY_URL ?? 'http://127.0.0.1:8888';

/**
 * The shipped page is a static export that the gateway serves. In development Next proxies the gateway's
 * paths, sockets included, so that the page sees one origin in both; files named `*.dev.tsx` exist there only.
 */
export default function config(phase: string): NextConfig {
  const settings: NextConfig = {
    transpilePackages: ['@hotplex/aep-protocol', '@hotplex/client-sdk', '@hotplex/ai-sdk-transport'],
    images: { unoptimized: true },
    devIndicators: false,
    poweredByHeader: false,
    reactStrictMode: true,
  };
  if (phase !== PHASE_DEVELOPMENT_SERVER) return { ...settings, output: 'export' };
  return {
    ...settings,
    pageExtensions: ['tsx', 'ts', 'dev.tsx'],
    // NOTE: without this Next refuses the hot-reload socket when the page is opened by its address.
    allowedDevOrigins: ['127.0.0.1', 'localhost'],
    rewrites: async () => [
      { source: '/ws', destination: `${gateway}/ws` },
      { source: '/api/:path*', destination: `${gateway}/api/:path*` },
    ],
  };
}
