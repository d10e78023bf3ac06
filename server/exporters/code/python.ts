import { createNamer } from './identifiers.ts';
import { writeCommentText, writePythonLiteral, writePythonString } from './literals.ts';
import type { StarterCall, StarterParameter, StarterPlan } from './plan-starter.ts';

const RUNTIME = `TIMEOUT_S = 30
MAX_TRIES = 3
MAX_WAIT_S = 60

_last_sent_at = 0.0


def credential(name, hint):
    value = os.environ.get(name)
    if not value:
        raise SystemExit("Set the environment variable " + name + " to " + hint + ".")
    return value


def segment(value):
    text = urllib.parse.quote(_text(value), safe="")
    if value is None or text in ("", ".", ".."):
        raise ValueError("A part of the path is missing.")
    return text


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def build_url(base, path, query):
    pairs = [(name, _text(value)) for name, value in query.items() if value is not None]
    return base + path + ("?" + urllib.parse.urlencode(pairs) if pairs else "")


def parse(text):
    try:
        return json.loads(text)
    except ValueError:
        return text


def send(method, url, headers, body=None):
    global _last_sent_at
    for attempt in range(1, MAX_TRIES + 1):
        time.sleep(max(0.0, _last_sent_at + PACE_S - time.monotonic()))
        _last_sent_at = time.monotonic()
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
                text = response.read().decode(response.headers.get_content_charset() or "utf-8", "replace")
                link = re.search(r'<([^>]*)>\\s*;[^,]*rel="?next"?', response.headers.get("Link", ""), re.IGNORECASE)
                return parse(text), (urllib.parse.urljoin(url, link.group(1)) if link else None)
        except urllib.error.HTTPError as error:
            if error.code in (429, 503) and attempt < MAX_TRIES:
                after = error.headers.get("Retry-After", "")
                time.sleep(min(MAX_WAIT_S, int(after) if after.isdigit() else 5 * attempt))
                continue
            raise SystemExit(method + " " + urllib.parse.urlsplit(url).path + " answered " + str(error.code) + ": " + error.read().decode("utf-8", "replace")[:200])
        except urllib.error.URLError as error:
            raise SystemExit(method + " " + urllib.parse.urlsplit(url).path + " failed: " + str(error.reason))


def read_path(value, path):
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def count_records(value, path):
    found = read_path(value, path)
    return len(found) if isinstance(found, list) else 0
`;

const HELPERS =
  'credential segment build_url parse send read_path count_records run_example json os re sys time urllib base body params max_pages answer url headers data next_url at count found value'.split(
    ' ',
  );

const TYPES = { string: 'str', number: 'int | float', boolean: 'bool' } as const;

interface NamedCall {
  call: StarterCall;
  name: string;
  base: string;
  /** Argument name of each parameter. */
  args: { parameter: StarterParameter; arg: string }[];
}

function nameArguments(call: StarterCall): NamedCall['args'] {
  const namer = createNamer('snake', HELPERS);
  return call.parameters.map((parameter) => ({ parameter, arg: namer(parameter.name, 'value') }));
}

function writeSignature({ call, args }: NamedCall): string {
  const ordered = [...args].sort((a, b) => Number(b.parameter.required) - Number(a.parameter.required));
  const parts = ordered.map(({ parameter, arg }) =>
    parameter.required ? `${arg}: "${TYPES[parameter.type]}"` : `${arg}: "${TYPES[parameter.type]} | None" = None`,
  );
  if (call.body) parts.unshift('body: dict');
  return parts.length === 0 ? '' : `*, ${parts.join(', ')}`;
}

function writeUrl({ call, base, args }: NamedCall): string {
  const argOf = (place: string, name: string): string =>
    args.find(({ parameter }) => parameter.in === place && parameter.name === name)?.arg ?? 'None';
  const path = call.path.map((part) =>
    'literal' in part ? writePythonString(part.literal) : `segment(${argOf('path', part.parameter)})`,
  );
  const query = args
    .filter(({ parameter }) => parameter.in === 'query')
    .map(({ parameter, arg }) => `${writePythonString(parameter.name)}: ${arg}`);
  for (const { send, env, name, hint } of call.credentials) {
    if (send === 'query')
      query.push(`${writePythonString(name)}: credential(${writePythonString(env)}, ${writePythonString(hint)})`);
  }
  return `build_url(${base}, ${path.join(' + ')}, {${query.join(', ')}})`;
}

function writeHeaders(call: StarterCall): string {
  const lines = call.headers.map(([name, value]) => `        ${writePythonString(name)}: ${writePythonString(value)},`);
  for (const { send, env, name, prefix, hint } of call.credentials) {
    if (send !== 'header') continue;
    lines.push(
      `        ${writePythonString(name)}: ${prefix === '' ? '' : `${writePythonString(prefix)} + `}credential(${writePythonString(env)}, ${writePythonString(hint)}),`,
    );
  }
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n    }`;
}

function writeBody(call: StarterCall): string {
  if (!call.body) return '';
  return call.body.kind === 'json'
    ? ', json.dumps(body).encode("utf-8")'
    : ', urllib.parse.urlencode(body).encode("ascii")';
}

function passArguments({ call, args }: NamedCall, replace?: { name: string; by: string }): string {
  const parts = args.map(
    ({ parameter, arg }) =>
      `${arg}=${replace && parameter.in === 'query' && parameter.name === replace.name ? replace.by : arg}`,
  );
  if (call.body) parts.unshift('body=body');
  return parts.join(', ');
}

function writePages(named: NamedCall): string {
  const { call, name, args } = named;
  const { paging } = call;
  if (!paging) return '';
  const signature = writeSignature(named);
  const head = `\n\ndef ${name}_pages(${signature === '' ? '*' : signature}, max_pages=3):\n    """The same, page after page."""\n`;
  if (paging.style === 'link') {
    return (
      head +
      `    url = ${writeUrl(named)}\n    base = urllib.parse.urlsplit(url)[:2]\n    for _ in range(max_pages):\n` +
      `        if url is None or urllib.parse.urlsplit(url)[:2] != base:\n            return\n` +
      `        answer, url = send(${writePythonString(call.endpoint.method)}, url, ${writeHeaders(call)}${writeBody(call)})\n        yield answer\n`
    );
  }
  const parameter = args.find((item) => item.parameter.in === 'query' && item.parameter.name === paging.parameter);
  const arg = parameter?.arg ?? 'None';
  const passed = passArguments(named, { name: paging.parameter, by: 'at' });
  if (paging.style === 'cursor') {
    return (
      head +
      `    at = ${arg}\n    for _ in range(max_pages):\n        answer = ${name}(${passed})\n        yield answer\n` +
      `        found = read_path(answer, ${writePythonLiteral(paging.next)})\n        if found is None or found == "" or found == at:\n            return\n        at = found\n`
    );
  }
  return (
    head +
    `    at = int(${paging.style === 'page' ? '1' : '0'} if ${arg} is None else ${arg})\n    for _ in range(max_pages):\n        answer = ${name}(${passed})\n        yield answer\n` +
    `        count = count_records(answer, ${writePythonLiteral(call.records ?? [])})\n        if count == 0:\n            return\n        at += ${paging.style === 'page' ? '1' : 'count'}\n`
  );
}

function writeCall(named: NamedCall): string {
  const { call, name } = named;
  const summary = call.endpoint.summary.text === '' ? '' : `    # ${writeCommentText(call.endpoint.summary.text)}\n`;
  return (
    `def ${name}(${writeSignature(named)}):\n` +
    `    # ${writeCommentText(`${call.endpoint.method} ${call.endpoint.template}`)}\n${summary}` +
    `    url = ${writeUrl(named)}\n    headers = ${writeHeaders(call)}\n` +
    `    data, _ = send(${writePythonString(call.endpoint.method)}, url, headers${writeBody(call)})\n    return data\n` +
    writePages(named)
  );
}

function writeExample(named: NamedCall | undefined): string {
  if (!named) {
    return `    print("This visit showed no request that can be tried without changing something. Call one of the functions above from your own code.")\n`;
  }
  const { call, name } = named;
  const values = named.args
    .filter(({ parameter }) => parameter.example !== undefined)
    .map(
      ({ parameter, arg }) =>
        `${arg}=${writePythonLiteral(parameter.type === 'string' ? String(parameter.example) : parameter.example)}`,
    );
  if (call.body) values.unshift(`body=${writePythonLiteral(call.body.example)}`);
  if (!call.paging) return `    print(json.dumps(${name}(${values.join(', ')}), indent=2, ensure_ascii=False))\n`;
  return `    for page in ${name}_pages(${[...values, 'max_pages=2'].join(', ')}):\n        print(json.dumps(page, indent=2, ensure_ascii=False))\n`;
}

function writeHead(plan: StarterPlan): string {
  const { source } = plan;
  const lines = [
    `Starter code for ${source.target.site}, from a visit recorded on ${source.createdAt.slice(0, 10)}.`,
    ...(source.intent.text === '' ? [] : [`Wanted: ${source.intent.text}`]),
    'Run: python3 starter.py (Python 3.9 or newer, no packages). PACE_MS sets the milliseconds between two requests.',
    ...plan.credentials.map(({ env, hint }) => `Needs the environment variable ${env}: ${hint}.`),
    ...plan.skipped.map(({ label, reason }) => `Not here: ${label}, because ${reason}.`),
  ];
  return lines.map((line) => `# ${writeCommentText(line)}\n`).join('');
}

/** One file of the standard library alone that runs as it is with `python3 starter.py`. */
export function writePython(plan: StarterPlan): string {
  const nameCall = createNamer('snake', HELPERS);
  const bases = new Map(
    plan.origins.map((origin, index) => [origin, index === 0 ? 'BASE_URL' : `BASE_URL_${index + 1}`]),
  );
  const named = plan.calls.map((call): NamedCall => ({
    call,
    name: nameCall(call.endpoint.name.text, 'call_endpoint'),
    base: bases.get(call.origin) ?? 'BASE_URL',
    args: nameArguments(call),
  }));
  const constants = [...bases].map(([origin, name]) => `${name} = ${writePythonString(origin)}\n`).join('');
  return (
    `${writeHead(plan)}import json\nimport os\nimport re\nimport time\nimport urllib.error\nimport urllib.parse\nimport urllib.request\n\n` +
    `${constants}PACE_S = float(os.environ.get("PACE_MS", "${String(plan.paceMs)}")) / 1000\n${RUNTIME}\n\n` +
    named.map((item) => `${writeCall(item)}\n\n`).join('') +
    `def run_example():\n${writeExample(named.find(({ call }) => call === plan.example))}\n\nif __name__ == "__main__":\n    run_example()\n`
  );
}
