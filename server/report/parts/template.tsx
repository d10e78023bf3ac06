/** @jsxRuntime automatic */ /** @jsxImportSource hono/jsx */
import type { Endpoint } from '#shared/report.ts';

/** A path with its parameters tinted. */
export const Template = ({ template }: { template: string }) => (
  <span class="template">
    {template.split(/(\{[^{}]+\})/).map((part) => (part.startsWith('{') ? <span class="param">{part}</span> : part))}
  </span>
);

export const Route = ({ endpoint }: { endpoint: Pick<Endpoint, 'method' | 'template' | 'operation'> }) => (
  <span class="route">
    <span class="method">{endpoint.method}</span>
    <span>
      <Template template={endpoint.template} />
      {endpoint.operation === null ? null : <span class="soft"> {endpoint.operation}</span>}
    </span>
  </span>
);
