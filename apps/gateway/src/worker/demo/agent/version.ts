/** The version of the demo agent and its wire. */
export const demoVersion = '1.0.0';
