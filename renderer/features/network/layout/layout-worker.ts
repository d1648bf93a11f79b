import { answerLayout, type LayoutReply, type LayoutRequest } from './layout-messages.ts';

/** Web worker: lays out one graph and ends with its page's patience (the page terminates it). */
const reply = (message: LayoutReply): void => postMessage(message);

addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  reply({ layout: answerLayout(event.data, (phase) => reply({ phase })) });
});
