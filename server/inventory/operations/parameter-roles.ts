import type { Parameter } from '#shared/report.ts';

type Role = Parameter['role'];

const ROLES: readonly [RegExp, Role][] = [
  [/^(?:page|p|pg|page_?(?:no|num|number|index)|current_?page|pagina|seite)$/, 'page'],
  [/^(?:offset|skip|start(?:_?index|_?at)?|from_?index|first_?result|_start|begin)$/, 'offset'],
  [
    /^(?:cursor|(?:next|page|continuation|pagination|scroll|start|sync|next_?page)_?(?:cursor|token|key|id)|after|before|starting_?after|ending_?before|next|since_?id|max_?id|marker|bookmark|continuation|\$?skip_?token|after_?cursor|end_?cursor)$/,
    'cursor',
  ],
  [
    /^(?:limit|per_?page|page_?size|size|count|max_?results|results?_?per_?page|rows|take|top|\$top|hits_?per_?page|num|n|first|last|_limit|batch_?size|items_?per_?page|page_?length|page_?limit)$/,
    'limit',
  ],
  [
    /^(?:q|query|search|s|term|keywords?|kw|search_?(?:term|text|query|phrase)|text|name_?contains|phrase|st|wd)$/,
    'search',
  ],
  [
    /^(?:sort(?:_?(?:by|order|dir|direction|field|key))?|order(?:_?(?:by|dir))?|\$orderby|ordering|direction|_sort|_order)$/,
    'sort',
  ],
  [/^(?:lang|language|locale|hl|l10n|culture|country|region|market|currency|tz|time_?zone)$/, 'locale'],
  [
    /^(?:sig|signature|hmac|token|hash|nonce|x_amz_.*|x_goog_.*|expires|api_?key|access_?token|key|apikey|_?csrf.*|auth.*|crumb)$/,
    'signature',
  ],
  [/^(?:id|ids|uuid|guid|slug|sku|.+_id|.+_ids|.+_key|.+_uuid)$/, 'id'],
  [
    /^(?:filters?|where|status|state|type|category|tags?|min_.*|max_.*|from|to|since|until|start_?(?:date|time)|.+_(?:after|before|since|until|gte?|lte?|min|max)|end_?(?:date|time)|price.*|brand|color|size_?filter|facets?|\$filter)$/,
    'filter',
  ],
];

const INNER = /\[([^\]]+)\]$/;

/** What a parameter is for, by its name: `pageNumber`, `page[size]` and `page_number` read the same. */
export function roleOf(name: string): Role {
  const inner = INNER.exec(name)?.[1];
  const outer = name.replace(/\[[^\]]*\]/g, '');
  if (inner !== undefined && /^(?:page|paging|pagination)$/i.test(outer))
    return roleOf(/^(?:number|no)$/.test(inner) ? 'page' : inner);
  if (inner !== undefined && /^filters?$/i.test(outer)) return 'filter';
  const plain = outer
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[-. ]/g, '_')
    .toLowerCase();
  return ROLES.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
}
