import { createNamer } from './identifiers.ts';
import { writeCommentText, writeJsLiteral, writeJsString } from './literals.ts';
import type { StarterCall, StarterPlan } from './plan-starter.ts';
import { writeType } from './typescript-types.ts';

const RUNTIME = `const TIMEOUT_MS = 30_000;
const MAX_TRIES = 3;
const MAX_WAIT_MS = 60_000;

let lastSentAt = 0;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function credential(name: string, hint: string): string {
  const value = env[name];
  if (!value) throw new Error("Set the environment variable " + name + " to " + hint + ".");
  return value;
}

type Value = string | number | boolean | undefined;

function segment(value: Value): string {
  const text = encodeURIComponent(String(value));
  if (value === undefined || text === "" || text === "." || text === "..") throw new Error("A part of the path is missing.");
  return text;
}

function buildUrl(base: string, path: string, query: Record<string, Value>): URL {
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function send(method: string, url: URL, headers: Record<string, string>, body: string | null = null): Promise<{ data: unknown; next: string | null }> {
  for (let attempt = 1; ; attempt++) {
    await sleep(Math.max(0, lastSentAt + PACE_MS - Date.now()));
    lastSentAt = Date.now();
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    if ((response.status === 429 || response.status === 503) && attempt < MAX_TRIES) {
      const seconds = Number(response.headers.get("retry-after"));
      await sleep(Math.min(MAX_WAIT_MS, seconds > 0 ? seconds * 1000 : 5000 * attempt));
      continue;
    }
    if (!response.ok) throw new Error(method + " " + url.pathname + " answered " + response.status + ": " + text.slice(0, 200));
    const link = /<([^>]*)>\\s*;[^,]*rel="?next"?/i.exec(response.headers.get("link") ?? "")?.[1];
    return { data: parse(text), next: link === undefined ? null : new URL(link, url).href };
  }
}

function readPath(value: unknown, path: readonly string[]): unknown {
  let current: unknown = value;
  for (const name of path) current = typeof current === "object" && current !== null ? (current as Record<string, unknown>)[name] : undefined;
  return current;
}

function countRecords(value: unknown, path: readonly string[]): number {
  const found = readPath(value, path);
  return Array.isArray(found) ? found.length : 0;
}
`;

const HELPERS =
  'BASE_URL PACE_MS TIMEOUT_MS MAX_TRIES MAX_WAIT_MS lastSentAt sleep credential Value segment buildUrl parse send readPath countRecords main runExample argv env realpathSync fileURLToPath'.split(
    ' ',
  );

interface NamedCall {
  call: StarterCall;
  name: string;
  type: string;
  base: string;
}

const get = (name: string): string => `params[${writeJsString(name)}]`;

function writeParamsType({ call, type }: NamedCall): string {
  const fields = call.parameters.map(
    ({ name, required, type: of }) => `  ${writeJsString(name)}${required ? '' : '?'}: ${of};`,
  );
  return `export type ${type}Params = {\n${fields.join('\n')}\n};\n`;
}

function writeHeaders(call: StarterCall): string {
  const lines = call.headers.map(([name, value]) => `    ${writeJsString(name)}: ${writeJsString(value)},`);
  for (const { send, env, name, prefix, hint } of call.credentials) {
    if (send !== 'header') continue;
    lines.push(
      `    ${writeJsString(name)}: ${prefix === '' ? '' : `${writeJsString(prefix)} + `}credential(${writeJsString(env)}, ${writeJsString(hint)}),`,
    );
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n  }`;
}

function writeUrl({ call, base }: NamedCall): string {
  const path = call.path.map((part) =>
    'literal' in part ? writeJsString(part.literal) : `segment(${get(part.parameter)})`,
  );
  const query = call.parameters
    .filter((item) => item.in === 'query')
    .map(({ name }) => `${writeJsString(name)}: ${get(name)}`);
  for (const { send, env, name, hint } of call.credentials) {
    if (send === 'query')
      query.push(`${writeJsString(name)}: credential(${writeJsString(env)}, ${writeJsString(hint)})`);
  }
  return `buildUrl(${base}, ${path.join(' + ')}, ${query.length === 0 ? '{}' : `{ ${query.join(', ')} }`})`;
}

function writeBody(call: StarterCall): string {
  if (!call.body) return '';
  return call.body.kind === 'json'
    ? ', JSON.stringify(body)'
    : ', new URLSearchParams(body as Record<string, string>).toString()';
}

function writeSignature({ call, type }: NamedCall): { typed: string; passed: string } {
  const typed: string[] = [];
  const passed: string[] = [];
  const optional = call.parameters.every(({ required }) => !required);
  if (call.parameters.length > 0) {
    typed.push(`params: ${type}Params${optional && !call.body ? ' = {}' : ''}`);
    passed.push('params');
  }
  if (call.body) {
    typed.push(`body: ${call.body.kind === 'form' ? 'Record<string, string>' : `${type}Body`}`);
    passed.push('body');
  }
  return { typed: typed.join(', '), passed: passed.join(', ') };
}

function writePages(named: NamedCall): string {
  const { call, name, type } = named;
  const { paging } = call;
  if (!paging) return '';
  const { typed } = writeSignature(named);
  const records = writeJsLiteral(call.records ?? []);
  const head = `\n/** The same, page after page. */\nexport async function* ${name}Pages(${typed}${typed === '' ? '' : ', '}maxPages = 3): AsyncGenerator<${type}Answer> {\n`;
  if (paging.style === 'link') {
    return (
      head +
      `  let url: URL | null = ${writeUrl(named)};\n  const origin = url.origin;\n` +
      `  for (let n = 0; n < maxPages && url !== null && url.origin === origin; n++) {\n` +
      `    const { data, next }: { data: unknown; next: string | null } = await send(${writeJsString(call.endpoint.method)}, url, ${writeHeaders(call)}${writeBody(call)});\n` +
      `    yield data as ${type}Answer;\n    url = next === null ? null : new URL(next);\n  }\n}\n`
    );
  }
  const field = writeJsString(paging.parameter);
  const args = `{ ...params, ${field}: at }${call.body ? ', body' : ''}`;
  const parameter = call.parameters.find((item) => item.name === paging.parameter);
  const asType = parameter?.type === 'number' ? 'at' : 'String(at)';
  if (paging.style === 'cursor') {
    return (
      head +
      `  let at = ${get(paging.parameter)};\n  for (let n = 0; n < maxPages; n++) {\n` +
      `    const answer: ${type}Answer = await ${name}(${`{ ...params, ...(at === undefined ? {} : { ${field}: at }) }${call.body ? ', body' : ''}`});\n    yield answer;\n` +
      `    const next = readPath(answer, ${writeJsLiteral(paging.next)});\n` +
      `    if ((typeof next !== "string" && typeof next !== "number") || next === "" || String(next) === String(at)) return;\n` +
      `    at = ${parameter?.type === 'number' ? 'Number(next)' : parameter?.type === 'boolean' ? 'Boolean(next)' : 'String(next)'};\n  }\n}\n`
    );
  }
  const first = paging.style === 'page' ? '1' : '0';
  return (
    head +
    `  let at = Number(${get(paging.parameter)} ?? ${first});\n  for (let n = 0; n < maxPages; n++) {\n` +
    `    const answer: ${type}Answer = await ${name}(${args.replace(`${field}: at`, () => `${field}: ${asType}`)});\n    yield answer;\n` +
    `    const count = countRecords(answer, ${records});\n    if (count === 0) return;\n    at += ${paging.style === 'page' ? '1' : 'count'};\n  }\n}\n`
  );
}

function writeCall(named: NamedCall): string {
  const { call, name, type } = named;
  const { typed } = writeSignature(named);
  const bodyType = call.body?.kind === 'json' ? `export type ${type}Body = ${writeType(call.body.schema)};\n` : '';
  return (
    (call.parameters.length > 0 ? writeParamsType(named) : '') +
    bodyType +
    `export type ${type}Answer = ${writeType(call.answer)};\n\n` +
    `// ${writeCommentText(`${call.endpoint.method} ${call.endpoint.template}`)}\n` +
    (call.endpoint.summary.text === '' ? '' : `// ${writeCommentText(call.endpoint.summary.text)}\n`) +
    `export async function ${name}(${typed}): Promise<${type}Answer> {\n` +
    `  const url = ${writeUrl(named)};\n` +
    `  const headers = ${writeHeaders(call)};\n` +
    `  const { data } = await send(${writeJsString(call.endpoint.method)}, url, headers${writeBody(call)});\n` +
    `  return data as ${type}Answer;\n}\n` +
    writePages(named)
  );
}

function writeExample(named: NamedCall | undefined): string {
  if (!named) {
    return `  console.log("This visit showed no request that can be tried without changing something. Call one of the functions above from your own code.");\n`;
  }
  const { call, name } = named;
  const values = call.parameters
    .filter(({ example }) => example !== undefined)
    .map(
      ({ name: key, example, type }) =>
        `${writeJsString(key)}: ${writeJsLiteral(type === 'string' ? String(example) : example)}`,
    );
  const args = [
    ...(call.parameters.length > 0 ? [`{ ${values.join(', ')} }`] : []),
    ...(call.body ? [`${writeJsLiteral(call.body.example)}${call.body.kind === 'form' ? '' : ' as never'}`] : []),
  ];
  if (!call.paging) return `  console.log(JSON.stringify(await ${name}(${args.join(', ')}), null, 2));\n`;
  return `  for await (const page of ${name}Pages(${[...args, '2'].join(', ')})) console.log(JSON.stringify(page, null, 2));\n`;
}

function writeHead(plan: StarterPlan): string {
  const { source } = plan;
  const lines = [
    `Starter code for ${source.target.site}, from a visit recorded on ${source.createdAt.slice(0, 10)}.`,
    ...(source.intent.text === '' ? [] : [`Wanted: ${source.intent.text}`]),
    'Run: node starter.ts (Node 22.18 or newer, no packages). PACE_MS sets the milliseconds between two requests.',
    ...plan.credentials.map(({ env, hint }) => `Needs the environment variable ${env}: ${hint}.`),
    ...plan.skipped.map(({ label, reason }) => `Not here: ${label}, because ${reason}.`),
  ];
  return lines.map((line) => `// ${writeCommentText(line)}\n`).join('');
}

/** One file that runs as it is with `node starter.ts`. */
export function writeTypescript(plan: StarterPlan): string {
  const nameCall = createNamer('camel', HELPERS);
  const nameType = createNamer('pascal', ['Value']);
  const bases = new Map(
    plan.origins.map((origin, index) => [origin, index === 0 ? 'BASE_URL' : `BASE_URL_${index + 1}`]),
  );
  const named = plan.calls.map((call): NamedCall => {
    const label = call.endpoint.name.text;
    return {
      call,
      name: nameCall(label, 'callEndpoint'),
      type: nameType(label, 'Endpoint'),
      base: bases.get(call.origin) ?? 'BASE_URL',
    };
  });
  const constants = [...bases].map(([origin, name]) => `const ${name} = ${writeJsString(origin)};\n`).join('');
  return (
    `${writeHead(plan)}import { realpathSync } from "node:fs";\nimport { argv, env } from "node:process";\nimport { fileURLToPath } from "node:url";\n\n` +
    `${constants}const PACE_MS = Number(env["PACE_MS"] ?? ${String(plan.paceMs)});\n${RUNTIME}\n` +
    named.map(writeCall).join('\n') +
    `\nasync function runExample(): Promise<void> {\n${writeExample(named.find(({ call }) => call === plan.example))}}\n\n` +
    `if (argv[1] && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) {\n` +
    `  runExample().catch((error: unknown) => {\n    console.error(error instanceof Error ? error.message : String(error));\n    process.exitCode = 1;\n  });\n}\n`
  );
}
