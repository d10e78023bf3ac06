import type { Body, Exchange, Message } from '#shared/exchange.ts';
import type { JsonSchema } from '#shared/json-schema.ts';
import type { EndpointFacts, Payload } from '#shared/report.ts';
import { isJsonType, requestType, responseType, type BodyReader } from '../body-reading.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { shortenExample } from './examples.ts';
import { formToObject, readMultipart, readUrlencoded } from './forms.ts';

interface Sample {
  body: Body;
  type: string;
}

const TEXTUAL = /^text\/|[/+]xml$|javascript$|^application\/(?:graphql|sql|yaml|x-yaml|toml)$/;

/** Values read again from their bodies each time they are gone through, so that large captures are not held in memory. */
const lazily = (samples: readonly Sample[], read: BodyReader): Iterable<unknown> & object => ({
  *[Symbol.iterator]() {
    for (const { body } of samples) yield* read(body)?.values ?? [];
  },
});

function jsonPayload(mediaType: string, samples: readonly Sample[], read: BodyReader): Payload {
  const values = lazily(samples, read);
  const first = read(samples[0]?.body)?.values[0];
  return { mediaType, schema: inferSchema(values), samples: samples.length, example: shortenExample(first) };
}

function multipartPayload(mediaType: string, samples: readonly Sample[]): Payload {
  const files = new Map<string, JsonSchema>();
  const objects = samples.map(({ body }) => {
    const fields: [string, string][] = [];
    for (const part of readMultipart(body.text ?? '', body.mimeType)) {
      const textual = part.mediaType === null || TEXTUAL.test(part.mediaType) || isJsonType(part.mediaType);
      if (part.filename !== null || !textual) files.set(part.name, { type: 'string', format: 'binary' });
      fields.push([part.name, part.filename === null ? part.text : '']);
    }
    return formToObject(fields);
  });
  const schema = inferSchema(objects);
  for (const [name, file] of files) {
    const repeated = schema.properties?.[name]?.type === 'array';
    schema.properties = { ...schema.properties, [name]: repeated ? { type: 'array', items: file } : file };
  }
  return { mediaType, schema, samples: samples.length };
}

function describePayload(mediaType: string, samples: readonly Sample[], read: BodyReader): Payload {
  const json = samples.filter(({ body }) => read(body) !== undefined);
  if (json.length > 0 && (isJsonType(mediaType) || json.length === samples.length))
    return jsonPayload(mediaType, json, read);
  const count = samples.length;
  if (mediaType === 'application/x-www-form-urlencoded') {
    const objects = samples
      .filter(({ body }) => body.text !== undefined)
      .map(({ body }) => readUrlencoded(body.text ?? ''));
    return {
      mediaType,
      schema: objects.length > 0 ? inferSchema(objects) : { type: 'object' },
      samples: count,
      example: shortenExample(objects[0]),
    };
  }
  if (mediaType.startsWith('multipart/')) return multipartPayload(mediaType, samples);
  if (isJsonType(mediaType)) return { mediaType, schema: {}, samples: count };
  if (TEXTUAL.test(mediaType) || samples.some(({ body }) => body.text !== undefined))
    return { mediaType, schema: { type: 'string' }, samples: count };
  return { mediaType, schema: { type: 'string', format: 'binary' }, samples: count };
}

function groupByType(samples: readonly Sample[], read: BodyReader): Payload[] {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = groups.get(sample.type);
    if (group === undefined) groups.set(sample.type, [sample]);
    else group.push(sample);
  }
  return [...groups].map(([type, group]) => describePayload(type, group, read));
}

const hasContent = (body: Body): boolean => body.bytes > 0 || (body.text ?? body.base64 ?? '') !== '';

const guessType = (type: string, body: Body, read: BodyReader): string => {
  if (type !== '' && type !== 'x-unknown') return type;
  if (read(body) !== undefined) return 'application/json';
  return body.text === undefined ? 'application/octet-stream' : 'text/plain';
};

/** Request bodies by media type. */
export function describeRequests(exchanges: readonly Exchange[], read: BodyReader): Payload[] {
  const samples = exchanges.flatMap((exchange): Sample[] => {
    const { body } = exchange.request;
    return body === null || !hasContent(body) ? [] : [{ body, type: guessType(requestType(exchange), body, read) }];
  });
  return groupByType(samples, read);
}

/** Answers by status, then media type; a status without any body has no payloads. */
export function describeResponses(exchanges: readonly Exchange[], read: BodyReader): EndpointFacts['responses'] {
  const byStatus = new Map<number, Sample[]>();
  for (const exchange of exchanges) {
    const { response } = exchange;
    if (response === null || response.status <= 0) continue;
    const samples = byStatus.get(response.status) ?? [];
    if (response.body !== null && hasContent(response.body)) {
      samples.push({ body: response.body, type: guessType(responseType(exchange), response.body, read) });
    }
    byStatus.set(response.status, samples);
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, samples]) => ({ status, payloads: groupByType(samples, read) }));
}

/** Messages of a stream: JSON ones by their schema, else text. Null without any. */
export function describeMessages(messages: readonly Message[], mediaType: string, read: BodyReader): Payload | null {
  if (messages.length === 0) return null;
  const bodies = messages.map(({ data, base64 }): Sample => ({
    type: mediaType,
    body: { mimeType: '', bytes: data.length, ...(base64 === true ? { base64: data } : { text: data }) },
  }));
  const json = bodies.filter(({ body }) => read(body) !== undefined);
  if (json.length > 0 && json.length >= bodies.length / 2)
    return { ...jsonPayload(mediaType, json, read), samples: messages.length };
  return { mediaType, schema: { type: 'string' }, samples: messages.length };
}
