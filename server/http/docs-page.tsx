/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import { z } from 'zod';
import { VERSION } from '#shared/version.ts';
import { renderPlainPage } from './plain-page.tsx';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const operationSchema = z.object({
  summary: z.string().optional(),
  description: z.string().optional(),
  tags: z.array(z.string()).optional(),
  security: z.array(z.unknown()).optional(),
  deprecated: z.boolean().optional(),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operationSchema)),
});

interface Row extends z.infer<typeof operationSchema> {
  method: string;
  path: string;
}

/** Our own routes, read from our own OpenAPI document. */
export function renderDocsPage(document: unknown): string {
  const { paths } = documentSchema.parse(document);
  const groups = new Map<string, Row[]>();
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const tag = operation.tags?.[0] ?? 'Other';
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method, path }]);
    }
  }
  return renderPlainPage(
    'browser-recon API',
    <main>
      <h1>browser-recon API {VERSION}</h1>
      <p>
        The whole description for machines is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1). Every answer that
        is not 2xx holds <code>{'{"error":{"code","message","details?","requestId"}}'}</code>.
      </p>
      <p>
        Send your key with each request: <code>Authorization: Bearer rec_live_…</code>, and say who you are:{' '}
        <code>X-Recon-Client: name/1.2.3</code>.
      </p>
      {[...groups].map(([tag, rows]) => (
        <section>
          <h2>{tag}</h2>
          <div class="scroll">
            <table>
              {rows.map((row) => (
                <tr>
                  <td>{row.method.toUpperCase()}</td>
                  <td>
                    <code>{row.path}</code>
                    <p>
                      {row.summary}
                      {row.deprecated === true ? ' (gone)' : ''}
                      {row.security === undefined ? '' : ' · needs a key'}
                    </p>
                    {row.description === undefined ? '' : <p class="soft">{row.description}</p>}
                  </td>
                </tr>
              ))}
            </table>
          </div>
        </section>
      ))}
      <h2 id="clients">Clients</h2>
      <p>
        Extension, command line and server carry the same version. A client older than the server’s minimum cannot begin
        a new scan; install the extension and the command line of version {VERSION} from the place where this server
        came from. A recording under way can still be finished.
      </p>
    </main>,
  );
}
