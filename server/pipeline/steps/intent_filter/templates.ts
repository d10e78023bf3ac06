import type { TemplateSummary } from '#shared/api.ts';

/** Starter templates in the order the panel offers them; `fields` are what a caller of that kind usually wants. */
export const TEMPLATES: readonly TemplateSummary[] = [
  {
    id: 'products',
    title: 'Products and prices',
    intentHint: 'List products, get their prices and availability',
    fields: ['product', 'name', 'price', 'currency', 'availability', 'description', 'image', 'brand'],
  },
  {
    id: 'search',
    title: 'Search results',
    intentHint: 'Search by words and go through all pages of results',
    fields: ['search', 'results', 'title', 'url', 'total', 'filters', 'suggestions'],
  },
  {
    id: 'reviews',
    title: 'Reviews and ratings',
    intentHint: 'Get the reviews of a product with author, date and rating',
    fields: ['reviews', 'rating', 'author', 'date', 'text', 'helpful votes'],
  },
  {
    id: 'listings',
    title: 'Listings',
    intentHint: 'List offers by place, with price, location and pictures',
    fields: ['listings', 'title', 'price', 'location', 'images', 'description', 'contact'],
  },
  {
    id: 'jobs',
    title: 'Job postings',
    intentHint: 'Find jobs by keyword and place, with company, salary and description',
    fields: ['jobs', 'title', 'company', 'location', 'salary', 'description', 'posted date'],
  },
  {
    id: 'feed',
    title: 'Feed or timeline',
    intentHint: 'Read the newest posts with author, time and comments',
    fields: ['posts', 'author', 'date', 'text', 'likes', 'comments', 'media'],
  },
  { id: 'custom', title: 'Something else', intentHint: 'Say in one sentence what you want to get', fields: [] },
];
