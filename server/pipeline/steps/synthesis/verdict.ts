import { tagEndpoint } from './name-endpoint.ts';
import type { Situation } from './situation.ts';
import { countNoun, listWords } from './words.ts';

const TOPIC_LIMIT = 4;

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

const withArticle = (name: string): string =>
  /^(a|an|the)\s/i.test(name) ? name : `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;

const topics = (endpoints: Situation['answering']): string => {
  const tags = [...new Set(endpoints.map(tagEndpoint))];
  const shown = tags.slice(0, TOPIC_LIMIT);
  return listWords(tags.length > shown.length ? [...shown, 'more'] : shown);
};

const answerWords = (single: boolean, asked: boolean): string =>
  asked ? `${single ? 'answers' : 'answer'} what you asked for` : `${single ? 'gives' : 'give'} data to read`;

/** Whether the reader can get it, and how, in one sentence. */
export function writeVerdict(situation: Situation): string {
  const { asked, answering, reached, client, tier, session, validation, inventory } = situation;
  if (inventory.endpoints.length === 0) return 'Not yet: this visit shows no request that carries data.';
  if (answering.length === 0) {
    return `Not yet: of ${countNoun(inventory.endpoints.length, 'endpoint')} seen, none ${asked ? 'answers what you asked for' : 'gives data to read'}.`;
  }
  const what = topics(answering);
  if (!validation.performed) {
    return `Probably: ${countNoun(answering.length, 'endpoint')} ${answerWords(answering.length === 1, asked)} (${what}), but no client was tried outside the browser.`;
  }
  if (client === null)
    return `Not with the clients tried: ${what} ${answering.length === 1 ? 'was' : 'were'} seen, but only the browser got the answers.`;
  const log = session === 'needed' ? ' with your session' : session === 'none' ? ' without logging in' : '';
  const network =
    tier === 'residential' ? ' from a residential address' : tier === 'datacenter' ? ' from a data-centre address' : '';
  const gets = `${withArticle(lowerFirst(client.name))} gets ${topics(reached)}${log}${network}`;
  if (reached.length === answering.length) return `Yes: ${gets}.`;
  return `Partly: ${gets}; ${countNoun(answering.length - reached.length, 'endpoint')} of ${answering.length} could not be confirmed.`;
}
