export { canPlay, type GatewayUnderTest, playAgainstGateway } from './gateway-player.ts';
export { openReferenceServer, type ReferenceServer } from './reference-server.ts';
export {
  type ClientResult,
  canonicalJson,
  digestOf,
  eventText,
  noticeText,
  type ScenarioResult,
} from './result.ts';
export { type Runner, runRunner, type Verdict } from './run-runner.ts';
export { loadScenarios, type Scenario } from './scenario.ts';
