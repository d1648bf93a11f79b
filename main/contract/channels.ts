/** The only two channels between the desktop page and the main process: calls with their answers, and events. */
export const CALL_CHANNEL = 'interlock:call';
export const EVENT_CHANNEL = 'interlock:event';
