/** Minimal stand-in until a host asks for more. */
export const app = {};
