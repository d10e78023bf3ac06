import type { TemplateSummary } from '#shared/api.ts';

/** Shown until the server has sent its own list. */
export const FALLBACK_TEMPLATES: readonly TemplateSummary[] = [
  {
    id: 'products',
    title: 'Products',
    intentHint: 'List the products with name, price, picture and availability.',
    fields: ['name', 'price', 'picture', 'availability'],
  },
  {
    id: 'search',
    title: 'Search',
    intentHint: 'Search by words and get the results, page by page.',
    fields: ['query', 'results', 'sorting', 'paging'],
  },
  {
    id: 'reviews',
    title: 'Reviews',
    intentHint: 'Get the reviews of a product with rating, text and date.',
    fields: ['rating', 'text', 'date', 'author'],
  },
  {
    id: 'listings',
    title: 'Listings',
    intentHint: 'Get the listings of a place with price, address and details.',
    fields: ['title', 'price', 'place', 'details'],
  },
  {
    id: 'jobs',
    title: 'Jobs',
    intentHint: 'Search open positions and get title, company, place and text.',
    fields: ['title', 'company', 'place', 'description'],
  },
  {
    id: 'feed',
    title: 'Feed',
    intentHint: 'Read the feed: posts with author, text, date and reactions.',
    fields: ['author', 'text', 'date', 'reactions'],
  },
  {
    id: 'custom',
    title: 'Something else',
    intentHint: 'Say which data you want, and how you would find it.',
    fields: [],
  },
];

/** The server's templates, or the built-in ones while it has sent none. */
export function offeredTemplates(fromServer: readonly TemplateSummary[]): readonly TemplateSummary[] {
  return fromServer.length > 0 ? fromServer : FALLBACK_TEMPLATES;
}
